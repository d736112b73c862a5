//! How far a thread's life has come, and whether anybody joins it. `thread_table.md` says who may change it when.

use super::cell::Word;
use crate::host::Words;

/// Nobody will join the thread.
const DETACHED: u32 = 1;
/// Somebody is joining it.
const JOINED: u32 = 2;
/// It has run its last instruction: it owns no mutex any more.
const ENDING: u32 = 4;
/// It has ended, and its value is there.
const ENDED: u32 = 8;
/// It is the main thread. Set once in a process: neither the record nor the id says so, as other threads may get both.
const MAIN: u32 = 16;

/// The word itself. Everything but [`set_ending`](Life::set_ending) happens under the lock of the bucket that the
/// thread is joined in, or before anybody knows the thread.
pub(crate) struct Life<'a, W: ?Sized>(Word<'a, W>);

/// What the word says at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stage(u32);

impl Stage {
    /// The main thread's, when it begins.
    pub(crate) const MAIN: Stage = Stage(MAIN);
    /// That of a thread which can be joined, when it begins.
    pub(crate) const JOINABLE: Stage = Stage(0);
    /// That of a thread which nobody will join, when it begins.
    pub(crate) const DETACHED: Stage = Stage(DETACHED);

    pub(crate) fn is_main(self) -> bool {
        self.0 & MAIN != 0
    }

    pub(crate) fn is_detached(self) -> bool {
        self.0 & DETACHED != 0
    }

    /// Whether nobody has detached the thread or is joining it.
    pub(crate) fn is_joinable(self) -> bool {
        self.0 & (DETACHED | JOINED) == 0
    }

    /// Whether the thread has run its last instruction.
    pub(crate) fn is_ending(self) -> bool {
        self.0 & ENDING != 0
    }

    /// Whether the thread's value is there.
    pub(crate) fn has_ended(self) -> bool {
        self.0 & ENDED != 0
    }
}

impl<'a, W: Words + ?Sized> Life<'a, W> {
    pub(crate) fn new(words: &'a W, at: u32) -> Self {
        Life(Word::new(words, at))
    }

    /// Where the word is.
    #[cfg(test)]
    pub(crate) fn index(&self) -> u32 {
        self.0.index()
    }

    pub(crate) fn begin(&self, stage: Stage) {
        self.0.store(stage.0);
    }

    pub(crate) fn stage(&self) -> Stage {
        Stage(self.0.load())
    }

    pub(crate) fn set_joined(&self) {
        self.0.or(JOINED);
    }

    /// The thread that was joining it gave up. Nobody else takes the bit away, so it is set.
    pub(crate) fn clear_joined(&self) {
        self.0.sub(JOINED);
    }

    /// Returns the stage before.
    pub(crate) fn set_detached(&self) -> Stage {
        Stage(self.0.or(DETACHED))
    }

    pub(crate) fn set_ending(&self) {
        self.0.or(ENDING);
    }

    /// Returns the stage before.
    pub(crate) fn set_ended(&self) -> Stage {
        Stage(self.0.or(ENDED))
    }
}
