//! [`Waiting`]: which threads of a process wait for the outside, by the words that they would park on otherwise.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use super::parker::Parker;

/// A prime, so that words at regular distances spread.
const PLACES: usize = 13;

/// The threads of a process that wait for the outside.
#[derive(Debug, Default)]
pub(crate) struct Waiting([Place; PLACES]);

#[derive(Debug, Default)]
struct Place {
    /// How many there are, to be read without the lock.
    count: AtomicU32,
    threads: Mutex<Vec<(u32, Arc<Parker>)>>,
}

impl Place {
    fn lock(&self) -> MutexGuard<'_, Vec<(u32, Arc<Parker>)>> {
        // Nothing panics while it is held.
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn place(&self, word: u32) -> &Place {
        &self.0[word as usize % PLACES]
    }

    /// From here on, until the entry is dropped, whoever unparks the word finds the thread.
    pub(super) fn enter<'a>(&'a self, word: u32, parker: &'a Arc<Parker>) -> Entry<'a> {
        let place = self.place(word);
        place.lock().push((word, parker.clone()));
        place.count.fetch_add(1, SeqCst);
        Entry { place, parker }
    }

    /// Calls the threads that wait under a word, which has been changed before. A load, when nobody waits.
    pub(crate) fn call(&self, word: u32) {
        let place = self.place(word);
        // Pairs with the addition in `enter`: either the entry is seen here, or the thread, which looks at its word
        // after that, sees the change.
        if place.count.load(SeqCst) > 0 {
            place.lock().iter().filter(|(other, _)| *other == word).for_each(|(_, parker)| parker.call());
        }
    }
}

/// A thread that waits.
pub(super) struct Entry<'a> {
    place: &'a Place,
    parker: &'a Arc<Parker>,
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        let mut threads = self.place.lock();
        threads.retain(|(_, other)| !Arc::ptr_eq(other, self.parker));
        self.place.count.fetch_sub(1, SeqCst);
    }
}
