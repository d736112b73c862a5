//! The errors of locking, in the shapes of `std`.
//!
//! They are not `std`'s own, because a `std` built with `panic = "abort"` cannot make a `PoisonError`.

use std::error::Error;
use std::fmt;

/// The mutex's owner ended while holding it, as [`std::sync::PoisonError`].
pub struct PoisonError<T> {
    guard: T,
}

/// Why a try to lock failed, as [`std::sync::TryLockError`].
pub enum TryLockError<T> {
    /// The lock was got, but the data may be half changed.
    Poisoned(PoisonError<T>),
    /// Somebody else has it.
    WouldBlock,
}

/// What a lock gives.
pub type LockResult<T> = Result<T, PoisonError<T>>;

/// What a try to lock gives.
pub type TryLockResult<T> = Result<T, TryLockError<T>>;

impl<T> PoisonError<T> {
    /// The error for that guard.
    pub fn new(guard: T) -> PoisonError<T> {
        PoisonError { guard }
    }

    /// The guard, to go on in spite of the poison.
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
        f.write_str("the lock's owner ended while holding it")
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
