//! Where the threads of a deadlock stood: each writes its backtrace behind the outcome while it unwinds, and the report reads them when
//! all have stopped. There is room for a few dozen; threads that come later are reported without.
//!
//! Behind the outcome's first word lie the notes: a thread's id, a length in bytes, and so many bytes, padded to words.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::{
    host::{Host, Words},
    kernel::Kernel,
    outcome::{decode_frames, encode_frames, is_deadlock},
    trap::Frame,
    words::OUTCOME_WORDS,
};

/// How many bytes a thread's backtrace may take.
const MAX_BACKTRACE: usize = 1024;

impl<H: Host> Kernel<H> {
    /// Keeps the calling thread's backtrace if the process ended in a deadlock; otherwise nobody wants it, and it is not made.
    pub(crate) fn note_backtrace(&self, id: u32, backtrace: impl FnOnce() -> Vec<Frame>) {
        if !self.is_stopped() || !is_deadlock(self.words().load(self.layout.outcome)) {
            return;
        }
        let bytes = encode_frames(&backtrace(), MAX_BACKTRACE);
        let header = self.header();
        let _lock = self.lock(header.notes_lock());
        let used = header.notes_len().load();
        let len = 2 + bytes.len().div_ceil(4) as u32;
        if used + len >= OUTCOME_WORDS {
            return;
        }
        let at = self.layout.outcome + 1 + used;
        self.words().store(at, id);
        self.words().store(at + 1, bytes.len() as u32);
        self.store_bytes(at + 2, &bytes);
        header.notes_len().store(used + len);
    }

    /// The backtraces that were kept, by thread. Only when every thread has stopped.
    pub(crate) fn noted_backtraces(&self) -> BTreeMap<u32, Vec<Frame>> {
        let mut backtraces = BTreeMap::new();
        let mut at = self.layout.outcome + 1;
        let end = at + self.header().notes_len().load().min(OUTCOME_WORDS - 1);
        while at + 2 <= end {
            let len = self.words().load(at + 1);
            let bytes = self.load_bytes(at + 2, len.min((end - at - 2) * 4));
            backtraces.insert(self.words().load(at), decode_frames(&bytes));
            at += 2 + len.div_ceil(4);
        }
        backtraces
    }

    /// Writes bytes to control words.
    pub(crate) fn store_bytes(&self, at: u32, bytes: &[u8]) {
        for (at, word) in (at..).zip(bytes.chunks(4)) {
            let mut padded = [0; 4];
            padded[..word.len()].copy_from_slice(word);
            self.words().store(at, u32::from_le_bytes(padded));
        }
    }

    /// Reads bytes from control words.
    pub(crate) fn load_bytes(&self, at: u32, len: u32) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(len as usize + 3);
        for at in (at..).take(len.div_ceil(4) as usize) {
            bytes.extend_from_slice(&self.words().load(at).to_le_bytes());
        }
        bytes.truncate(len as usize);
        bytes
    }
}
