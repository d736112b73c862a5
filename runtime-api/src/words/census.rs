//! How many threads are alive, and how many of those are blocked for ever. Both are in one word, so that nobody sees
//! one count without the other. When each is changed, `lot.md` and `thread_table.md` say.

use super::cell::Word;
use crate::host::Words;

/// How far up the word the live threads are counted; the blocked ones are counted from its lowest bit.
const LIVE_SHIFT: u32 = 16;
const LIVE: u32 = 1 << LIVE_SHIFT;
const BLOCKED: u32 = 1;

/// The most threads that can be counted.
pub(crate) const MAX_COUNT: u32 = LIVE - 1;

/// The word itself.
pub(crate) struct Census<'a, W: ?Sized>(Word<'a, W>);

/// What the word says at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts(u32);

impl Counts {
    /// How many threads are alive.
    pub(crate) fn live(self) -> u32 {
        self.0 >> LIVE_SHIFT
    }

    fn blocked(self) -> u32 {
        self.0 & MAX_COUNT
    }

    /// Whether there are live threads and every one of them is blocked for ever.
    pub(crate) fn are_all_blocked(self) -> bool {
        self.live() != 0 && self.live() == self.blocked()
    }
}

/// Each step answers what the word says after it.
impl<'a, W: Words + ?Sized> Census<'a, W> {
    pub(crate) fn new(words: &'a W, at: u32) -> Self {
        Census(Word::new(words, at))
    }

    /// Where the word is.
    #[cfg(test)]
    pub(crate) fn index(&self) -> u32 {
        self.0.index()
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts(self.0.load())
    }

    /// One more thread is alive.
    pub(crate) fn add_live(&self) -> Counts {
        Counts(self.0.add(LIVE).wrapping_add(LIVE))
    }

    /// One thread less is alive. It was not blocked.
    pub(crate) fn sub_live(&self) -> Counts {
        Counts(self.0.sub(LIVE).wrapping_sub(LIVE))
    }

    /// One more of the live threads is blocked for ever.
    pub(crate) fn add_blocked(&self) -> Counts {
        Counts(self.0.add(BLOCKED).wrapping_add(BLOCKED))
    }

    /// One of the blocked threads is not blocked any more.
    pub(crate) fn sub_blocked(&self) {
        self.0.sub(BLOCKED);
    }

    /// Nobody is alive any more.
    pub(crate) fn clear(&self) {
        self.0.store(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::AtomicWords;

    #[test]
    fn all_are_blocked_when_as_many_are_blocked_as_live() {
        let words = AtomicWords::zeroed(1);
        let census = Census::new(&words, 0);
        assert!(!census.counts().are_all_blocked(), "nobody lives");
        assert_eq!(census.add_live().live(), 1);
        assert!(!census.counts().are_all_blocked());
        assert!(census.add_blocked().are_all_blocked());
        assert!(!census.add_live().are_all_blocked());
        assert!(census.sub_live().are_all_blocked(), "the one that left was not blocked");
        census.sub_blocked();
        assert_eq!(census.sub_live().live(), 0);
        assert_eq!(census.counts(), Counts(0));
    }

    #[test]
    fn as_many_threads_as_there_can_be_are_counted() {
        let words = AtomicWords::zeroed(1);
        let census = Census::new(&words, 0);
        for _ in 0..MAX_COUNT {
            census.add_live();
            census.add_blocked();
        }
        assert_eq!((census.counts().live(), census.counts().are_all_blocked()), (MAX_COUNT, true));
    }
}
