//! The errors of locking, in the shapes of `std`'s.
//!
//! They are not `std`'s own, because the guards are not: [`Mutex`](super::Mutex) would have no way to put one into a
//! `PoisonError` of a `std` that was built with `panic = "abort"`, whose constructor panics.

use std::error::Error;
use std::fmt;

/// A thread panicked while it held the mutex, as [`std::sync::PoisonError`].
pub struct PoisonError<T> {
    guard: T,
}

/// Why an attempt to lock failed, as [`std::sync::TryLockError`].
pub enum TryLockError<T> {
    /// The caller has the lock, but a panic may have left the data half changed.
    Poisoned(PoisonError<T>),
    /// Somebody has the lock already.
    WouldBlock,
}

/// What a lock gives.
pub type LockResult<T> = Result<T, PoisonError<T>>;

/// What an attempt to lock gives.
pub type TryLockResult<T> = Result<T, TryLockError<T>>;

impl<T> PoisonError<T> {
    /// The error for that guard.
    pub fn new(guard: T) -> PoisonError<T> {
        PoisonError { guard }
    }

    /// The guard, to go on despite the poison.
    pub fn into_inner(self) -> T {
        self.guard
    }

    /// The guard, borrowed.
    pub fn get_ref(&self) -> &T {
        &self.guard
    }

    /// The guard, borrowed for change.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl<T> fmt::Debug for PoisonError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoisonError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for PoisonError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a thread panicked while it held the lock")
    }
}

impl<T> Error for PoisonError<T> {}

impl<T> From<PoisonError<T>> for TryLockError<T> {
    fn from(error: PoisonError<T>) -> TryLockError<T> {
        TryLockError::Poisoned(error)
    }
}

impl<T> fmt::Debug for TryLockError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryLockError::Poisoned(_) => "Poisoned(..)",
            TryLockError::WouldBlock => "WouldBlock",
        })
    }
}

impl<T> fmt::Display for TryLockError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TryLockError::Poisoned(error) => error.fmt(f),
            TryLockError::WouldBlock => f.write_str("the lock is taken, and this call does not wait"),
        }
    }
}

impl<T> Error for TryLockError<T> {}
