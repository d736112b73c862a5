//! The mutex word and its inline fast path.
//!
//! Its layout is [`abi::mutex`](raddle_runtime_api::abi::mutex): free is 0, locked is the owner's id. The guest itself makes
//! two transitions, from 0 to its id and from its id to 0. Everything about waiters and dead owners is the host's.

use std::hint;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::time::Duration;

use crate::sdk::{host, thread};

/// How often a lock is looked at before the thread goes to sleep: somewhat less time than a sleep and a wake-up take, so that a
/// short critical section on another core is waited out and a long one costs little more than it must.
const SPINS: u32 = 100;

/// A mutex without data.
#[derive(Debug)]
pub(crate) struct RawMutex {
    word: AtomicU32,
}

impl RawMutex {
    pub(crate) const fn new() -> RawMutex {
        RawMutex { word: AtomicU32::new(0) }
    }

    /// The word that the host knows the mutex by.
    pub(crate) fn word(&self) -> &AtomicU32 {
        &self.word
    }

    /// Locks. `OWNER_DIED` when the last owner ended while holding the mutex: the caller owns it now, but so may whoever has
    /// what that owner left. `DEADLOCK` when the caller owns it already.
    #[inline]
    pub(crate) fn lock(&self) -> host::Result {
        let id = thread::id();
        if self.acquire(id) { Ok(()) } else { self.lock_contended(id) }
    }

    #[cold]
    fn lock_contended(&self, id: u32) -> host::Result {
        for _ in 0..SPINS {
            match self.word.load(Relaxed) {
                0 if self.acquire(id) => return Ok(()),
                // Whoever waits already has spun in vain, and the owner itself would spin for nothing.
                word if word == id || word & WAITED_FOR != 0 => break,
                _ => hint::spin_loop(),
            }
        }
        host::mutex_lock(&self.word, None)
    }

    /// Locks if nobody owns the mutex: `BUSY` or, for the owner itself, `DEADLOCK` say that somebody does. `OWNER_DIED` as for
    /// [`lock`](Self::lock).
    #[inline]
    pub(crate) fn try_lock(&self) -> host::Result {
        if self.acquire(thread::id()) {
            return Ok(());
        }
        // A word that is not zero may have no owner: it has died, or waiters are on their way.
        host::mutex_lock(&self.word, Some(Duration::ZERO))
    }

    /// Unlocks. `NOT_OWNER` when the caller does not own the mutex.
    #[inline]
    pub(crate) fn unlock(&self) -> host::Result {
        // Release: what the owner wrote is seen by whoever acquires the word next, here or in the host.
        match self.word.compare_exchange(thread::id(), 0, Release, Relaxed) {
            Ok(_) => Ok(()),
            Err(_) => host::mutex_unlock(&self.word),
        }
    }

    /// Whether the calling thread owns the mutex.
    pub(crate) fn is_own(&self) -> bool {
        // Relaxed: only the thread itself makes the word its own.
        self.word.load(Relaxed) & !WAITED_FOR == thread::id()
    }

    #[inline]
    fn acquire(&self, id: u32) -> bool {
        // Acquire pairs with the Release of the last unlock.
        self.word.compare_exchange(0, id, Acquire, Relaxed).is_ok()
    }
}

/// Bits that say that the word is the host's business.
const WAITED_FOR: u32 = !raddle_runtime_api::abi::mutex::OWNER_MASK;
