//! The condition variable.

use std::fmt;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use raddle_runtime_api::abi::Status;

use super::mutex::refused;
use super::{LockResult, MutexGuard, PoisonError};
use crate::sdk::host;
use crate::sdk::time::Instant;

/// A condition variable, as [`std::sync::Condvar`]. It may wake a thread for no reason: wait in a loop, or with
/// [`wait_while`](Self::wait_while).
#[derive(Default)]
pub struct Condvar {
    /// Zero at first; its use is the host's.
    word: AtomicU32,
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}

/// Whether a wait ended because its time had passed, as [`std::sync::WaitTimeoutResult`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether the time passed before anybody notified.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// A condition variable that nobody waits on.
    #[must_use]
    pub const fn new() -> Condvar {
        Condvar { word: AtomicU32::new(0) }
    }

    /// Unlocks the mutex, waits to be notified, and locks it again.
    ///
    /// # Errors
    /// [`PoisonError`] with the guard, as for [`Mutex::lock`](super::Mutex::lock).
    ///
    /// # Panics
    /// When a thread ended while holding the mutex, which therefore stays locked.
    ///
    /// # Blocking
    /// Until another thread notifies, and then until the mutex is free.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        match self.wait_for(guard, None) {
            Ok((guard, _)) => Ok(guard),
            Err(error) => Err(PoisonError::new(error.into_inner().0)),
        }
    }

    /// Waits while `condition` holds.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    ///
    /// # Panics
    /// As [`wait`](Self::wait).
    ///
    /// # Blocking
    /// Until the condition no longer holds after a notification.
    #[track_caller]
    pub fn wait_while<'a, T, F>(&self, mut guard: MutexGuard<'a, T>, mut condition: F) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Like [`wait`](Self::wait), but for that long at most.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    ///
    /// # Panics
    /// As [`wait`](Self::wait).
    ///
    /// # Blocking
    /// Until another thread notifies or the time has passed, and then until the mutex is free.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        self.wait_for(guard, Some(timeout))
    }

    /// Like [`wait_while`](Self::wait_while), but for that long at most.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    ///
    /// # Panics
    /// As [`wait`](Self::wait).
    ///
    /// # Blocking
    /// As [`wait_timeout`](Self::wait_timeout).
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        timeout: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let start = Instant::now();
        while condition(&mut guard) {
            let Some(left) = timeout.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) else {
                return Ok((guard, WaitTimeoutResult(true)));
            };
            guard = self.wait_for(guard, Some(left))?.0;
        }
        Ok((guard, WaitTimeoutResult(false)))
    }

    /// Wakes one waiter, if there is any.
    pub fn notify_one(&self) {
        host::cond_notify(&self.word, 1);
    }

    /// Wakes every waiter.
    pub fn notify_all(&self) {
        host::cond_notify(&self.word, -1);
    }

    #[track_caller]
    fn wait_for<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Option<Duration>,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let (mutex, raw) = guard.suspend();
        let (locked, timed_out) = match host::cond_wait(&self.word, raw.word(), timeout) {
            Err(Status::TimedOut) => (Ok(()), true),
            // Woken, or refused. The guard's thread owns the mutex and both words are good, so a refusal is the host's fault.
            locked => (locked, false),
        };
        let timed_out = WaitTimeoutResult(timed_out);
        match mutex.enter(locked) {
            Ok(Ok(guard)) => Ok((guard, timed_out)),
            Ok(Err(error)) => Err(PoisonError::new((error.into_inner(), timed_out))),
            Err(status) => refused(status),
        }
    }
}
