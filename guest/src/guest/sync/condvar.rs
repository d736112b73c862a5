//! The condition variable.

use std::sync::atomic::AtomicU32;
use std::time::Duration;

use raddle_runtime_api::abi::Status;

use super::raw::Acquired;
use super::{LockResult, MutexGuard, PoisonError};
use crate::sdk::host;
use crate::sdk::time::Instant;

/// A condition variable, as [`std::sync::Condvar`]. It may wake a thread without reason: wait in a loop, or by
/// [`wait_while`](Self::wait_while).
#[derive(Debug, Default)]
pub struct Condvar {
    /// Zero at first; its use is the host's.
    word: AtomicU32,
}

/// Whether a wait ended because its time did, as [`std::sync::WaitTimeoutResult`].
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
    /// [`PoisonError`] with the guard, as [`Mutex::lock`](super::Mutex::lock).
    ///
    /// # Blocking
    /// Until another thread notifies.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.wait_for(guard, None).map(|(guard, _)| guard).map_err(|error| PoisonError::new(error.into_inner().0))
    }

    /// Waits while `condition` holds.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    ///
    /// # Blocking
    /// Until the condition no longer holds after a notification.
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// As [`wait`](Self::wait), for that long at most.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    ///
    /// # Blocking
    /// Until another thread notifies or the time has passed, and then until the mutex is free.
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        self.wait_for(guard, Some(timeout))
    }

    /// As [`wait_while`](Self::wait_while), for that long at most.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    ///
    /// # Blocking
    /// As [`wait_timeout`](Self::wait_timeout).
    pub fn wait_timeout_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        timeout: Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
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

    fn wait_for<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Option<Duration>,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let (mutex, raw) = guard.suspend();
        let (acquired, timed_out) = match host::cond_wait(&self.word, raw.word(), timeout) {
            Ok(()) => (Acquired::Clean, false),
            Err(Status::TimedOut) => (Acquired::Clean, true),
            Err(Status::OwnerDied) => (Acquired::OwnerDied, false),
            // Nothing was released: the guard's thread owns the mutex and both words are good, so the host is at fault.
            Err(status) => panic!("the host refused to wait on a condition variable: {}", status.name()),
        };
        let timed_out = WaitTimeoutResult(timed_out);
        match mutex.guard(acquired) {
            Ok(guard) => Ok((guard, timed_out)),
            Err(error) => Err(PoisonError::new((error.into_inner(), timed_out))),
        }
    }
}
