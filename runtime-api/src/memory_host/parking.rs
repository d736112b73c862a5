//! Park and unpark without a futex: a fixed number of locks and condition variables, shared by all words.

use core::time::Duration;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::{AtomicWords, Words};

/// A prime, so that words at regular distances spread.
const PLACES: usize = 61;

#[derive(Debug)]
pub(super) struct Parking {
    places: [(Mutex<()>, Condvar); PLACES],
}

impl Default for Parking {
    fn default() -> Parking {
        Parking { places: core::array::from_fn(|_| Default::default()) }
    }
}

impl Parking {
    fn place(&self, word: u32) -> &(Mutex<()>, Condvar) {
        &self.places[word as usize % PLACES]
    }

    /// Blocks while the word holds `expected` and nothing else is there to wake up for, for at most `left` nanoseconds.
    pub(super) fn park(
        &self,
        words: &AtomicWords,
        word: u32,
        expected: u32,
        is_called: impl Fn() -> bool,
        left: impl Fn() -> Option<u64>,
    ) {
        let (mutex, condvar) = self.place(word);
        let guard = mutex.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock that an unpark takes after the change: so either the change is seen here, or the wake-up there
        // finds this thread waiting.
        if words.load(word) != expected || is_called() {
            return;
        }
        match left() {
            None => drop(condvar.wait(guard)),
            Some(left) => drop(condvar.wait_timeout(guard, Duration::from_nanos(left))),
        }
    }

    /// Wakes every thread parked on the word, and perhaps others, which check their words again.
    pub(super) fn unpark(&self, word: u32) {
        Self::wake(self.place(word));
    }

    /// Wakes every thread, whatever its word.
    pub(super) fn unpark_everybody(&self) {
        self.places.iter().for_each(Self::wake);
    }

    fn wake((mutex, condvar): &(Mutex<()>, Condvar)) {
        drop(mutex.lock());
        condvar.notify_all();
    }
}
