//! What a call that is not done waits for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use raddle_runtime_api::Tried;

use crate::abi::{Errno, Result};

/// One attempt at a part of a call: done with a value or an error number, or to be tried again.
pub type Attempt<T> = Tried<Result<T>, Interest>;

/// What one attempt at a whole call answers.
pub(crate) type Answer = Tried<Errno, Interests>;

/// What a call waits for: any of these sources, or a time. Then it is to be tried again; trying it earlier does no harm.
#[derive(Debug, Clone, Default)]
pub struct Interests {
    /// What may become ready.
    pub sources: Vec<Interest>,
    /// In how many nanoseconds from now the call is to be tried in any case. `None` if time does not matter.
    pub after: Option<u64>,
}

impl From<Interest> for Interests {
    fn from(interest: Interest) -> Interests {
        Interests { sources: vec![interest], after: None }
    }
}

/// A source and what it is to be ready for.
#[derive(Debug, Clone)]
pub struct Interest {
    /// What is waited for.
    pub source: Source,
    /// Whether it is to be readable or writable.
    pub direction: Direction,
}

/// In which direction data goes, as the guest sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The guest reads, or accepts a connection.
    Read,
    /// The guest writes.
    Write,
}

/// What can become ready.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Source {
    /// A descriptor of the host's, for `poll(2)`. It stays open for as long as anybody holds this.
    #[cfg(unix)]
    Descriptor(Arc<std::os::fd::OwnedFd>),
    /// Somebody [notifies](Signal::notify), and has not done so since [`Signal::count`] was this.
    Signal(Signal, u64),
}

/// What wakes those that wait for an object in memory: a buffer, an embedder's stream. A clone is the same signal.
#[derive(Debug, Clone, Default)]
pub struct Signal(Arc<Mutex<Watched>>);

#[derive(Debug, Default)]
struct Watched {
    count: u64,
    wakers: Vec<Waker>,
}

impl Signal {
    /// A signal that was never notified.
    #[must_use]
    pub fn new() -> Signal {
        Signal::default()
    }

    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often it was notified. Read it *before* looking at what the signal is about.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.lock().count
    }

    /// Wakes all that watch. Called *after* something has changed.
    pub fn notify(&self) {
        let wakers = {
            let mut watched = self.lock();
            watched.count += 1;
            std::mem::take(&mut watched.wakers)
        };
        for waker in wakers {
            waker.wake();
        }
    }

    /// Has the waker woken by the next notification. `false`, and nothing else, if there was one since the count was
    /// that.
    #[must_use]
    pub fn watch(&self, count: u64, waker: &Waker) -> bool {
        let mut watched = self.lock();
        let is_unchanged = watched.count == count;
        if is_unchanged && !watched.wakers.iter().any(|other| other.will_wake(waker)) {
            watched.wakers.push(waker.clone());
        }
        is_unchanged
    }

    /// No longer wakes the waker: who waits for several things says so when one of them has come about.
    pub fn unwatch(&self, waker: &Waker) {
        self.lock().wakers.retain(|other| !other.will_wake(waker));
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering::SeqCst},
        task::Wake,
    };

    use super::*;

    struct Counter(AtomicUsize);

    impl Wake for Counter {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, SeqCst);
        }
    }

    #[test]
    fn a_notification_is_seen_before_or_after_watching() {
        let counter = Arc::new(Counter(AtomicUsize::new(0)));
        let waker = Waker::from(counter.clone());
        let signal = Signal::new();
        let count = signal.count();
        signal.notify();
        assert!(!signal.watch(count, &waker), "it has come about already");
        assert!(signal.watch(signal.count(), &waker));
        assert!(signal.watch(signal.count(), &waker), "watching twice wakes once");
        signal.notify();
        signal.notify();
        assert_eq!(counter.0.load(SeqCst), 1);
        assert!(signal.watch(signal.count(), &waker));
        signal.unwatch(&waker);
        signal.notify();
        assert_eq!(counter.0.load(SeqCst), 1);
    }
}
