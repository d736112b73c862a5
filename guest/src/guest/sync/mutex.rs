//! The mutex with its data.

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use raddle_runtime_api::abi::Status;

use super::raw::RawMutex;
use super::{LockResult, PoisonError, TryLockError, TryLockResult};
use crate::sdk::{host, install_panic_hook, thread};

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
///
/// A guard that is leaked keeps the mutex locked for ever, also when its thread has ended: another thread may have what the
/// guard lent. Then [`try_lock`](Self::try_lock) answers that somebody has the mutex, and [`lock`](Self::lock) panics
/// instead of waiting for ever.
pub struct Mutex<T: ?Sized> {
    raw: RawMutex,
    /// [`POISONED`] and [`ABANDONED`]. Its changes are made by owners alone, so the mutex orders them.
    flags: AtomicU8,
    data: UnsafeCell<T>,
}

/// A guard was dropped by a panic.
const POISONED: u8 = 1;
/// An owner ended without dropping its guard. Never cleared.
const ABANDONED: u8 = 2;

// SAFETY: the data is reached by one thread at a time, whichever that is, so it must be sendable and no more.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: as for `Send`; a shared mutex gives no shared access to the data.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

// What a panic leaves half changed is seen as poison.
impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}

/// Access to a mutex's data, until it is dropped, as [`std::sync::MutexGuard`].
#[must_use = "the mutex is unlocked at once when its guard is not kept"]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    /// Whether the thread was panicking when it locked. A panic after that poisons the mutex.
    was_panicking: bool,
    /// Only the owner may unlock, so the guard stays on its thread.
    not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the data and nothing else.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    /// A mutex that nobody holds.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex { raw: RawMutex::new(), flags: AtomicU8::new(0), data: UnsafeCell::new(value) }
    }

    /// The data.
    ///
    /// # Errors
    /// [`PoisonError`] with the data, when the mutex is poisoned.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.is_poisoned();
        poison(self.data.into_inner(), poisoned)
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Locks.
    ///
    /// # Errors
    /// [`PoisonError`] with the guard, when the mutex is poisoned.
    ///
    /// # Panics
    /// When waiting would never end: the calling thread holds the mutex already, or a thread ended while holding it.
    ///
    /// # Blocking
    /// Until the owner unlocks.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        match self.enter(self.raw.lock()) {
            Ok(locked) => locked,
            Err(status) => refused(status),
        }
    }

    /// Locks if nobody holds the mutex.
    ///
    /// # Errors
    /// [`TryLockError::WouldBlock`] when somebody holds it, or a thread ended while holding it;
    /// [`TryLockError::Poisoned`] when it is poisoned.
    #[inline]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        match self.enter(self.raw.try_lock()) {
            Ok(locked) => Ok(locked?),
            Err(Status::Busy | Status::Deadlock | Status::OwnerDied) => Err(TryLockError::WouldBlock),
            Err(status) => refused(status),
        }
    }

    /// Whether a guard was dropped by a panic. That takes a program that is built to unwind: elsewhere a panic ends the process.
    pub fn is_poisoned(&self) -> bool {
        // Relaxed: whoever holds the mutex sees the flag in order, for anybody else it is a hint.
        self.flags.load(Relaxed) & POISONED != 0
    }

    /// Declares the data sound again.
    pub fn clear_poison(&self) {
        self.flags.fetch_and(!POISONED, Relaxed);
    }

    /// The data. It needs no lock, because nobody else has the mutex.
    ///
    /// # Errors
    /// [`PoisonError`] with the data, when the mutex is poisoned.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = self.is_poisoned();
        poison(self.data.get_mut(), poisoned)
    }

    /// What a thread has that asked for the mutex: a guard if it owns the word and no guard is left of anybody else.
    #[inline]
    pub(super) fn enter(&self, locked: host::Result) -> Result<LockResult<MutexGuard<'_, T>>, Status> {
        match locked {
            Ok(()) if self.flags.load(Relaxed) & ABANDONED == 0 => {
                let guard = MutexGuard { mutex: self, was_panicking: is_panicking(), not_send: PhantomData };
                Ok(poison(guard, self.is_poisoned()))
            }
            Ok(()) | Err(Status::OwnerDied) => Err(self.abandon()),
            Err(status) => Err(status),
        }
    }

    /// Notes that a guard is left of a thread that has ended, and lets go of the word, so that all who wait come to know.
    #[cold]
    fn abandon(&self) -> Status {
        self.flags.fetch_or(ABANDONED, Relaxed);
        unlock(&self.raw);
        Status::OwnerDied
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

/// Whether a panic is unwinding the thread. Where panics abort, none ever is, and to ask costs nothing.
#[inline]
fn is_panicking() -> bool {
    cfg!(panic = "unwind") && thread::panicking()
}

#[inline]
fn unlock(raw: &RawMutex) {
    if let Err(status) = raw.unlock() {
        panic!("the host refused to unlock a mutex: {}", status.name());
    }
}

/// The panic of a lock that is not to be had.
#[cold]
#[track_caller]
pub(super) fn refused(status: Status) -> ! {
    // A program that has not spawned yet has no hook that would say it.
    install_panic_hook();
    match status {
        Status::Deadlock => panic!("this thread locks a mutex that it holds already; drop its first guard before"),
        Status::OwnerDied => {
            panic!("this mutex stays locked for ever: a thread ended while holding it, without dropping its guard")
        }
        status => panic!("the host refused to lock a mutex: {}", status.name()),
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if is_panicking() && !self.was_panicking {
            self.mutex.flags.fetch_or(POISONED, Relaxed);
        }
        unlock(&self.mutex.raw);
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: a mutex makes a guard only when nobody has another: its word is this thread's, and no thread that owned it
        // before has ended with a guard. A borrowed guard forbids a change through it meanwhile.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as for `deref`, and the one guard is mutably borrowed.
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

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::Arc;

    use raddle_runtime_api::abi::mutex::OWNER_DIED;

    use super::*;
    use crate::sdk::panic::caught;
    use crate::sdk::sync::Condvar;
    use crate::test_host;

    /// A mutex that a thread has taken with it, as the host leaves it.
    fn abandoned() -> Arc<Mutex<String>> {
        let mutex = Arc::new(Mutex::new(String::from("lent")));
        let owner = thread::spawn({
            let mutex = Arc::clone(&mutex);
            move || std::mem::forget(mutex.lock())
        });
        owner.join().unwrap();
        mutex.raw.word().store(OWNER_DIED, Relaxed);
        mutex
    }

    fn would_block<T>(tried: TryLockResult<T>) -> bool {
        matches!(tried, Err(TryLockError::WouldBlock))
    }

    #[test]
    fn what_a_thread_that_ended_has_lent_is_lent_to_nobody_else() {
        test_host::run(|| {
            let mutex = abandoned();
            assert!(would_block(mutex.try_lock()) && would_block(mutex.try_lock()));
            thread::scope(|scope| {
                scope.spawn(|| assert!(would_block(mutex.try_lock())));
            });
            assert!(!mutex.is_poisoned());
            assert_eq!(format!("{mutex:?}"), "Mutex { data: <locked>, poisoned: false, .. }");
            for _ in 0..2 {
                assert!(caught(|| drop(mutex.lock())).contains("stays locked for ever"));
            }
            // Whoever has the mutex itself knows that nobody borrows from it.
            let mutex = Arc::into_inner(mutex).expect("nobody else has it");
            assert_eq!(mutex.into_inner().unwrap(), "lent");
        });
    }

    #[test]
    fn the_first_lock_of_what_a_thread_took_with_it_panics_too() {
        test_host::run(|| {
            let mutex = abandoned();
            assert!(caught(|| drop(mutex.lock())).contains("stays locked for ever"));
            assert!(would_block(mutex.try_lock()));
        });
    }

    #[test]
    fn a_wait_does_not_return_with_what_another_thread_has_lent() {
        test_host::run(|| {
            for is_found_before in [true, false] {
                let shared = Arc::new((Mutex::new(()), Condvar::new()));
                let guard = shared.0.lock().unwrap();
                let owner = thread::spawn({
                    let shared = Arc::clone(&shared);
                    move || {
                        let (mutex, condvar) = &*shared;
                        // Got once the other waits.
                        std::mem::forget(mutex.lock());
                        mutex.raw.word().store(OWNER_DIED, Relaxed);
                        assert!(!is_found_before || would_block(mutex.try_lock()));
                        condvar.notify_one();
                    }
                });
                let message = caught(|| drop(shared.1.wait(guard)));
                assert!(message.contains("stays locked for ever"), "{message}");
                owner.join().unwrap();
            }
        });
    }

    #[test]
    fn locking_twice_says_so() {
        let mutex = Mutex::new(());
        let guard = mutex.lock().unwrap();
        assert!(would_block(mutex.try_lock()));
        assert!(caught(|| drop(mutex.lock())).contains("holds already"));
        drop(guard);
        drop(mutex.lock().unwrap());
    }

    #[test]
    fn a_panic_that_unwinds_poisons() {
        let mut mutex = Mutex::new(1);
        let unwound = catch_unwind(AssertUnwindSafe(|| {
            let _guard = mutex.lock().unwrap();
            // Calls no hook, so that the process goes on.
            resume_unwind(Box::new(()));
        }));
        assert!(unwound.is_err() && mutex.is_poisoned());
        assert_eq!(*mutex.lock().unwrap_err().into_inner(), 1);
        assert!(matches!(mutex.try_lock(), Err(TryLockError::Poisoned(_))) && mutex.get_mut().is_err());
        mutex.clear_poison();
        assert_eq!(*mutex.lock().unwrap(), 1);
    }

    #[test]
    fn a_guard_that_is_made_and_dropped_while_panicking_poisons_nothing() {
        struct Locks<'a>(&'a Mutex<i32>);

        impl Drop for Locks<'_> {
            fn drop(&mut self) {
                *self.0.lock().unwrap() += 1;
            }
        }

        let mutex = Mutex::new(1);
        let unwound = catch_unwind(AssertUnwindSafe(|| {
            let _locks = Locks(&mutex);
            resume_unwind(Box::new(()));
        }));
        assert!(unwound.is_err() && !mutex.is_poisoned());
        assert_eq!(mutex.into_inner().unwrap(), 2);
    }
}
