//! One stream to the host, with a lock that its owner may take again.

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::marker::PhantomData;

use raddle_runtime_api::abi::Status;

use crate::sdk::host;
use crate::sdk::sync::raw::{Acquired, RawMutex};

/// What is gathered under a lock before it is given to the host, in bytes.
const CAPACITY: usize = 8 * 1024;

pub(super) struct Stream {
    fd: i32,
    mutex: RawMutex,
    /// How many locks the owner has taken. The owner's alone, as the buffer is.
    depth: Cell<u32>,
    buffer: RefCell<Vec<u8>>,
}

// SAFETY: the cells are used by the owner of the mutex alone, which `Locked` is the proof of, and what they hold may be used by
// any thread.
unsafe impl Sync for Stream {}

/// The lock of a stream, held.
pub(super) struct Locked<'a> {
    stream: &'a Stream,
    /// Only the owner may unlock, so the lock stays on its thread.
    not_send: PhantomData<*const ()>,
}

impl Stream {
    pub(super) const fn new(fd: i32) -> Stream {
        Stream { fd, mutex: RawMutex::new(), depth: Cell::new(0), buffer: RefCell::new(Vec::new()) }
    }

    pub(super) fn lock(&self) -> Locked<'_> {
        match self.mutex.lock() {
            Ok(Acquired::Clean) => self.depth.set(1),
            // The owner ended between two writes: what it had gathered is there, its locks are not.
            Ok(Acquired::OwnerDied) => self.depth.set(1),
            // The caller owns it.
            Err(Status::Deadlock) => self.depth.set(self.depth.get() + 1),
            Err(status) => panic!("the host refused to lock an output: {}", status.name()),
        }
        Locked { stream: self, not_send: PhantomData }
    }

    fn give(&self, bytes: &[u8]) -> io::Result<()> {
        host::write(self.fd, bytes).map_err(refused)
    }
}

/// Why the host does not take what is written.
fn refused(status: Status) -> io::Error {
    match status {
        Status::Unsupported => {
            io::Error::new(ErrorKind::BrokenPipe, "the stream takes no more: it is closed, or its disk is full")
        }
        Status::Again => io::Error::new(ErrorKind::QuotaExceeded, "the limit on output is reached"),
        status => io::Error::other(format!("the host answered {}", status.name())),
    }
}

impl Locked<'_> {
    /// Takes all the bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.stream.buffer.borrow().len() + bytes.len() > CAPACITY {
            self.flush()?;
        }
        if bytes.len() > CAPACITY {
            return self.stream.give(bytes);
        }
        self.stream.buffer.borrow_mut().extend_from_slice(bytes);
        Ok(())
    }

    /// Gives the host what is gathered. What it refuses is lost, not tried again.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        let mut buffer = self.stream.buffer.borrow_mut();
        let given = if buffer.is_empty() { Ok(()) } else { self.stream.give(&buffer) };
        buffer.clear();
        given
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        let depth = self.stream.depth.get() - 1;
        self.stream.depth.set(depth);
        if depth == 0 {
            // As with `std`, who wants to know flushes.
            let _ = self.flush();
            self.stream.mutex.unlock().expect("the owner of an output's lock unlocks it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_why() {
        let said = |status| (refused(status).kind(), refused(status).to_string());
        let (kind, words) = said(Status::Unsupported);
        assert!(kind == ErrorKind::BrokenPipe && words.contains("it is closed, or its disk is full"), "{words}");
        let (kind, words) = said(Status::Again);
        assert!(kind == ErrorKind::QuotaExceeded && words.contains("limit on output"), "{words}");
        assert!(said(Status::Fault).1.contains("FAULT"));
    }
}
