//! The mutex with its data.

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use raddle_runtime_api::abi::Status;

use super::raw::{Acquired, RawMutex};
use super::{LockResult, PoisonError, TryLockError, TryLockResult};

/// A mutual exclusion lock, as [`std::sync::Mutex`].
///
/// ```
/// use raddle_guest::{sync::Mutex, thread};
///
/// let total = Mutex::new(0);
/// thread::scope(|scope| {
///     for part in 1..=4 {
///         let total = &total;
///         scope.spawn(move || *total.lock().unwrap() += part);
///     }
/// });
/// assert_eq!(total.into_inner().unwrap(), 10);
/// ```
pub struct Mutex<T: ?Sized> {
    raw: RawMutex,
    /// Set when a dead owner was found and by nothing else; cleared on request.
    poisoned: AtomicBool,
    data: UnsafeCell<T>,
}

// SAFETY: the data is reached by one thread at a time, whichever that is, so it must be sendable and no more.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: as for `Send`; a shared mutex gives no shared access to the data.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

/// Access to a mutex's data, until it is dropped, as [`std::sync::MutexGuard`].
#[must_use = "the mutex is unlocked at once when its guard is not kept"]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    /// Only the owner may unlock, so the guard stays on its thread.
    not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the data and nothing else.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    /// A mutex that nobody holds.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex { raw: RawMutex::new(), poisoned: AtomicBool::new(false), data: UnsafeCell::new(value) }
    }

    /// The data.
    ///
    /// # Errors
    /// [`PoisonError`] with the data, when an owner ended while holding the mutex.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.is_poisoned();
        poison(self.data.into_inner(), poisoned)
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Locks.
    ///
    /// # Errors
    /// [`PoisonError`] with the guard, when an owner ended while holding the mutex, until [`clear_poison`](Self::clear_poison).
    ///
    /// # Panics
    /// When the calling thread holds the mutex already.
    ///
    /// # Blocking
    /// Until the owner unlocks.
    #[inline]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        match self.raw.lock() {
            Ok(acquired) => self.guard(acquired),
            Err(status) => refused(status),
        }
    }

    /// Locks if nobody holds the mutex.
    ///
    /// # Errors
    /// [`TryLockError::WouldBlock`] when somebody holds it, [`TryLockError::Poisoned`] as for [`lock`](Self::lock).
    #[inline]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        match self.raw.try_lock() {
            Ok(acquired) => Ok(self.guard(acquired)?),
            Err(Status::Busy | Status::Deadlock) => Err(TryLockError::WouldBlock),
            Err(status) => refused(status),
        }
    }

    /// Whether an owner ended while holding the mutex.
    pub fn is_poisoned(&self) -> bool {
        // Relaxed: whoever holds the mutex sees the flag in order, for anybody else it is a hint.
        self.poisoned.load(Relaxed)
    }

    /// Declares the data sound again.
    pub fn clear_poison(&self) {
        self.poisoned.store(false, Relaxed);
    }

    /// The data, which needs no lock as nobody else has the mutex.
    ///
    /// # Errors
    /// [`PoisonError`] with the data, as for [`lock`](Self::lock).
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = self.is_poisoned();
        poison(self.data.get_mut(), poisoned)
    }

    /// The guard of the thread that has just locked.
    #[inline]
    pub(super) fn guard(&self, acquired: Acquired) -> LockResult<MutexGuard<'_, T>> {
        if acquired == Acquired::OwnerDied {
            self.poisoned.store(true, Relaxed);
        }
        poison(MutexGuard { mutex: self, not_send: PhantomData }, self.is_poisoned())
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// The mutex and its word, for a condition variable, which unlocks it and locks it again.
    pub(super) fn suspend(self) -> (&'a Mutex<T>, &'a RawMutex) {
        let mutex = self.mutex;
        std::mem::forget(self);
        (mutex, &mutex.raw)
    }
}

fn poison<T>(value: T, poisoned: bool) -> LockResult<T> {
    if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
}

#[cold]
fn refused(status: Status) -> ! {
    match status {
        Status::Deadlock => panic!("this thread locks a mutex that it holds already; drop its first guard before"),
        status => panic!("the host refused to lock a mutex: {}", status.name()),
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Err(status) = self.mutex.raw.unlock() {
            panic!("the host refused to unlock a mutex: {}", status.name());
        }
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the guard's thread owns the mutex, and a borrowed guard forbids a change through it meanwhile.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard's thread owns the mutex, and there is one guard, mutably borrowed.
        unsafe { &mut *self.mutex.data.get() }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut mutex = f.debug_struct("Mutex");
        match self.try_lock() {
            Ok(guard) => mutex.field("data", &&*guard),
            Err(TryLockError::Poisoned(error)) => mutex.field("data", &&**error.get_ref()),
            Err(TryLockError::WouldBlock) => mutex.field("data", &format_args!("<locked>")),
        };
        mutex.field("poisoned", &self.is_poisoned()).finish_non_exhaustive()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Mutex<T> {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Mutex<T> {
        Mutex::new(value)
    }
}
