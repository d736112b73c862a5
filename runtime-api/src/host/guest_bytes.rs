//! Bytes in guest memory that a call names by address and length.

use alloc::{string::String, vec, vec::Vec};
use core::fmt;

use crate::host::{GuestMemory, MemoryFault};

/// How many bytes are copied at a time.
const CHUNK: u64 = 64 * 1024;

/// A checked range of guest memory, to be copied out piece by piece, so that the host uses a bounded amount of its own
/// memory, however much the guest writes.
pub struct GuestBytes<'a, M: ?Sized> {
    memory: &'a M,
    /// What is left to be copied.
    at: u64,
    end: u64,
    /// What was copied last, of which some is consumed.
    buffer: Vec<u8>,
    consumed: usize,
    /// Whether the rest is no longer wanted.
    is_over: Option<&'a dyn Fn() -> bool>,
}

impl<M: ?Sized> fmt::Debug for GuestBytes<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuestBytes").field("at", &self.at).field("end", &self.end).finish_non_exhaustive()
    }
}

impl<'a, M: GuestMemory + ?Sized> GuestBytes<'a, M> {
    pub(crate) fn new(memory: &'a M, addr: u64, len: u64) -> Result<Self, MemoryFault> {
        let end = addr.checked_add(len).ok_or(MemoryFault::OutOfBounds)?;
        if end > memory.byte_len() {
            return Err(MemoryFault::OutOfBounds);
        }
        Ok(GuestBytes { memory, at: addr, end, buffer: Vec::new(), consumed: 0, is_over: None })
    }

    /// The same, ending as soon as that is the case.
    pub(crate) fn until(self, is_over: &'a dyn Fn() -> bool) -> Self {
        GuestBytes { is_over: Some(is_over), ..self }
    }

    /// How many bytes are left.
    #[must_use]
    pub fn remaining(&self) -> u64 {
        self.end - self.at + (self.buffer.len() - self.consumed) as u64
    }

    /// The next piece, at most 64 KiB, which stays the next one until it is [consumed](GuestBytes::consume). `None` at
    /// the end, or when the process has ended: a guest may write gigabytes to a slow stream, and its end should not wait
    /// for them.
    pub fn peek(&mut self) -> Option<&[u8]> {
        if self.is_over.is_some_and(|is_over| is_over()) {
            return None;
        }
        if self.consumed == self.buffer.len() {
            let len = (self.end - self.at).min(CHUNK);
            if len == 0 {
                return None;
            }
            self.buffer.resize(len as usize, 0);
            self.consumed = 0;
            // In bounds when the range was checked, and memory never shrinks.
            self.memory.read(self.at, &mut self.buffer).ok()?;
            self.at += len;
        }
        Some(&self.buffer[self.consumed..])
    }

    /// Takes so many bytes off the next piece, and at most all of them.
    pub fn consume(&mut self, len: usize) {
        self.consumed = self.consumed.saturating_add(len).min(self.buffer.len());
    }

    /// The next piece as from [`peek`](GuestBytes::peek), consumed.
    pub fn next_chunk(&mut self) -> Option<&[u8]> {
        let len = self.peek()?.len();
        self.consumed += len;
        Some(&self.buffer[self.buffer.len() - len..])
    }

    /// The first `limit` bytes as text; invalid UTF-8 is replaced.
    pub(crate) fn text_lossy(&self, limit: usize) -> String {
        String::from_utf8_lossy(&self.head(limit)).into_owned()
    }

    /// The text's longest prefix that has at most `limit` bytes. `None` if that is not UTF-8.
    pub(crate) fn text(&self, limit: usize) -> Option<String> {
        let bytes = self.head(limit);
        match core::str::from_utf8(&bytes) {
            Ok(text) => Some(text.into()),
            // A character that the limit has cut is not an error.
            Err(error) if error.error_len().is_none() && self.remaining() > limit as u64 => {
                Some(String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned())
            }
            Err(_) => None,
        }
    }

    fn head(&self, limit: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.remaining().min(limit as u64) as usize];
        if self.memory.read(self.at, &mut bytes).is_err() {
            bytes.clear();
        }
        bytes
    }
}
