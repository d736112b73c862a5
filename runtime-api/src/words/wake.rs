//! What a blocked thread parks on: whether somebody has woken it, and whether the process has ended. `lot.md` says who
//! may change it when.

use super::cell::Word;
use crate::host::Words;

/// Somebody took the thread out of its bucket.
const WOKEN: u32 = 1;
/// The process has ended.
const STOPPED: u32 = 2;

/// The word itself.
pub(crate) struct Wake<'a, W: ?Sized>(Word<'a, W>);

/// What the word says at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WakeState {
    /// Nothing: the thread sleeps on.
    Asleep,
    /// Somebody took the thread out of its bucket. The process may have ended as well.
    Woken,
    /// The process has ended.
    Stopped,
}

impl<'a, W: Words + ?Sized> Wake<'a, W> {
    /// What the word holds while nothing was said, to park on.
    pub(crate) const ASLEEP: u32 = 0;

    pub(crate) fn new(words: &'a W, at: u32) -> Self {
        Wake(Word::new(words, at))
    }

    /// Where the word is, to park on.
    pub(crate) fn index(&self) -> u32 {
        self.0.index()
    }

    pub(crate) fn state(&self) -> WakeState {
        match self.0.load() {
            word if word & WOKEN != 0 => WakeState::Woken,
            word if word & STOPPED != 0 => WakeState::Stopped,
            _ => WakeState::Asleep,
        }
    }

    /// Forgets what was said, before the thread waits.
    pub(crate) fn clear(&self) {
        self.0.store(Self::ASLEEP);
    }

    pub(crate) fn set_woken(&self) {
        self.0.or(WOKEN);
    }

    pub(crate) fn set_stopped(&self) {
        self.0.or(STOPPED);
    }
}
