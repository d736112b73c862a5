//! Where the threads of a deadlock were: each writes its backtrace after the outcome while it unwinds, and the report
//! reads them when all have stopped. There is room for a few dozen; later threads are reported without one.
//!
//! The notes come after the outcome's first word: a thread's id, a length in bytes, and that many bytes, padded to
//! words.

use alloc::{collections::BTreeMap, vec::Vec};

use super::kernel::Kernel;
use crate::{
    host::{Host, Words},
    outcome::{
        Frame,
        encoding::{decode_frames, encode_frames, is_deadlock},
    },
    words::OUTCOME_WORDS,
};

/// How many bytes a thread's backtrace may take.
const MAX_BACKTRACE: usize = 1024;

/// How many words a note may take.
const MAX_NOTE: u32 = 2 + MAX_BACKTRACE as u32 / 4;

impl<H: Host> Kernel<H> {
    /// Keeps the calling thread's backtrace if the process ended in a deadlock; otherwise it is not needed, and not
    /// made.
    pub(crate) fn note_backtrace(&self, id: u32, backtrace: impl FnOnce() -> Vec<Frame>) {
        if !self.has_ended() || !is_deadlock(self.words().load(self.layout.outcome)) {
            return;
        }
        // Looked at twice: a backtrace takes long to make, so not for nothing, and there may be thousands of threads.
        let header = self.header();
        let has_room = || header.notes_len().load() + MAX_NOTE < OUTCOME_WORDS;
        if !has_room() {
            return;
        }
        let bytes = encode_frames(&backtrace(), MAX_BACKTRACE);
        let _lock = self.lock(header.notes_lock());
        if !has_room() {
            return;
        }
        let used = header.notes_len().load();
        let len = 2 + bytes.len().div_ceil(4) as u32;
        let at = self.layout.outcome + 1 + used;
        self.words().store(at, id);
        self.words().store(at + 1, bytes.len() as u32);
        self.store_bytes(at + 2, &bytes);
        header.notes_len().store(used + len);
    }

    /// The backtraces that were kept, by thread. Call it only when every thread has stopped.
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

#[cfg(test)]
mod tests {
    use alloc::vec;
    use core::cell::Cell;

    use super::*;
    use crate::{
        Config,
        memory_host::{MemoryHost, Program},
    };

    #[test]
    fn no_backtrace_is_made_that_has_no_room() {
        let program = Program::new();
        let config = Config::new(&program.section, &program.limits).unwrap();
        let kernel = Kernel::create(MemoryHost::bare(&config), &config);
        kernel.end(&crate::Outcome::Deadlocked { threads: vec![] });
        let made = Cell::new(0);
        for id in 1..1000 {
            kernel.note_backtrace(id, || {
                made.set(made.get() + 1);
                let function = Some("f".repeat(100));
                vec![Frame { function, ..Frame::default() }; 20]
            });
        }
        let kept = kernel.noted_backtraces();
        assert_eq!(made.get(), kept.len());
        assert!(kept.len() >= 24 && kept.values().all(|frames| frames.len() >= 5), "{}", kept.len());
    }
}
