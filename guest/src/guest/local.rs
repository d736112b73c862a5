//! Thread-local values whose destructors run.
//!
//! A value lies in the compiler's thread-local storage, so that an access costs no call of the host. What needs dropping is
//! put on a list of its thread, and that list is the thread's value of the one TLS key which this crate takes from the host:
//! the host gives it to the key's destructor when the thread ends. Values that are made while destructors run get onto a new
//! list, which is the host's next round.

use std::cell::{Cell, RefCell, UnsafeCell};
use std::error::Error;
use std::fmt;
use std::mem::{MaybeUninit, needs_drop};
use std::sync::OnceLock;

use super::host;

#[doc(hidden)]
pub use std::thread_local as std_thread_local;

/// Declares thread-local values, as [`std::thread_local!`]; their destructors run when their thread ends.
///
/// ```
/// use std::cell::RefCell;
///
/// raddle_guest::thread_local! {
///     static LOG: RefCell<Vec<String>> = RefCell::new(Vec::new());
///     pub static DEPTH: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
/// }
///
/// LOG.with_borrow_mut(|log| log.push("begun".into()));
/// assert_eq!(LOG.take(), ["begun"]);
/// DEPTH.set(DEPTH.get() + 1);
/// ```
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $ty:ty = const $init:block $(; $($rest:tt)*)?) => {
        $crate::thread_local! { $(#[$attribute])* $visibility static $name: $ty = $init; $($($rest)*)? }
    };
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $ty:ty = $init:expr $(; $($rest:tt)*)?) => {
        $(#[$attribute])*
        $visibility static $name: $crate::thread::LocalKey<$ty> = {
            $crate::__std_thread_local! { static SLOT: $crate::__Slot<$ty> = const { $crate::__Slot::new() } }
            $crate::thread::LocalKey::new(&SLOT, || $init)
        };
        $($crate::thread_local! { $($rest)* })?
    };
}

/// A thread-local value's key, as [`std::thread::LocalKey`]; [`thread_local!`](crate::thread_local) makes them.
pub struct LocalKey<T: 'static> {
    slot: &'static std::thread::LocalKey<Slot<T>>,
    init: fn() -> T,
}

/// The value is accessed after its destructor has run, as [`std::thread::AccessError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a thread-local value is used after its destructor has run on this thread")
    }
}

impl Error for AccessError {}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn new(slot: &'static std::thread::LocalKey<Slot<T>>, init: fn() -> T) -> LocalKey<T> {
        LocalKey { slot, init }
    }

    /// Lends the calling thread's value, which the first access makes.
    ///
    /// # Panics
    /// When the value's destructor has run.
    pub fn with<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
        self.try_with(f).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Lends the calling thread's value, which the first access makes.
    ///
    /// # Errors
    /// [`AccessError`] when the value's destructor has run.
    pub fn try_with<R>(&'static self, f: impl FnOnce(&T) -> R) -> Result<R, AccessError> {
        self.slot.with(|slot| slot.get_or_init(self.init).map(f))
    }

    /// Gives the calling thread its first value, in place of the one that the first access makes. Too late, it is dropped.
    pub(crate) fn set_first(&'static self, value: T) {
        self.slot.with(|slot| slot.fill(value));
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// A copy of the value.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Takes the value and leaves the default.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Takes the value and leaves another.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Lends the value.
    pub fn with_borrow<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
        self.with(|cell| f(&cell.borrow()))
    }

    /// Lends the value for change.
    pub fn with_borrow_mut<R>(&'static self, f: impl FnOnce(&mut T) -> R) -> R {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }

    /// Sets the value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| *cell.borrow_mut() = value);
    }

    /// Takes the value and leaves the default.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// Takes the value and leaves another.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unset,
    Alive,
    Destroyed,
}

/// One thread's place for a value. It has no destructor of its own: `std` would not run it.
pub struct Slot<T> {
    state: Cell<State>,
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").finish_non_exhaustive()
    }
}

impl<T> Slot<T> {
    #[doc(hidden)]
    pub const fn new() -> Slot<T> {
        Slot { state: Cell::new(State::Unset), value: UnsafeCell::new(MaybeUninit::uninit()) }
    }

    #[inline]
    fn get_or_init(&self, init: fn() -> T) -> Result<&T, AccessError> {
        match self.state.get() {
            State::Unset => self.fill(init()),
            State::Alive => {}
            State::Destroyed => return Err(AccessError),
        }
        // SAFETY: the value is alive. It stays so while it is lent, as only the thread's end drops it, when no code of the thread
        // runs but destructors, which find it `Destroyed`.
        Ok(unsafe { (*self.value.get()).assume_init_ref() })
    }

    #[cold]
    fn fill(&self, value: T) {
        // The initialiser may have used the key itself: the first value to arrive stays.
        if self.state.get() != State::Unset {
            return;
        }
        // SAFETY: nothing is alive in the slot, so nobody borrows from it.
        unsafe { (*self.value.get()).write(value) };
        self.state.set(State::Alive);
        if needs_drop::<T>() {
            drop_at_end(Destructor { slot: (&raw const *self).cast(), run: Slot::<T>::destroy });
        }
    }

    /// # Safety
    /// `slot` is a live slot of this type, on its own thread, and nobody borrows from it.
    unsafe fn destroy(slot: *const ()) {
        // SAFETY: by this function's contract.
        let slot = unsafe { &*slot.cast::<Slot<T>>() };
        if slot.state.replace(State::Destroyed) == State::Alive {
            // SAFETY: the value was alive, is dropped once by the change of state, and nobody borrows from it.
            unsafe { (*slot.value.get()).assume_init_drop() };
        }
    }
}

/// A slot that must be emptied, without its type.
struct Destructor {
    slot: *const (),
    run: unsafe fn(*const ()),
}

/// Notes that a slot of the calling thread needs dropping.
fn drop_at_end(destructor: Destructor) {
    static KEY: OnceLock<u32> = OnceLock::new();
    let key = *KEY.get_or_init(|| {
        // SAFETY: `drop_all` takes the lists that are set below and nothing else is set.
        unsafe { host::tls_create(drop_all) }
            .unwrap_or_else(|status| panic!("the host gives no TLS key: {}", status.name()))
    });
    let mut list = std::ptr::with_exposed_provenance_mut::<Vec<Destructor>>(host::tls_get(key));
    if list.is_null() {
        list = Box::into_raw(Box::default());
        // SAFETY: a list of slots of this thread, for `drop_all` on this thread.
        unsafe { host::tls_set(key, list.expose_provenance()) }
            .unwrap_or_else(|status| panic!("the host keeps no TLS value: {}", status.name()));
    }
    // SAFETY: the list is the thread's own, and nobody borrows it: `drop_all` takes it away before it runs anything.
    unsafe { (*list).push(destructor) };
}

/// The destructor of this crate's TLS key.
extern "C" fn drop_all(list: usize) {
    // SAFETY: the host calls this once with each value that `drop_at_end` set, on the thread that set it, and has set the
    // thread's value to 0 before.
    let list = unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Vec<Destructor>>(list)) };
    // The last made goes first, as it may use what was there when it was made.
    for destructor in list.into_iter().rev() {
        // SAFETY: the slot is in the thread's storage, which outlives the thread's destructors, and no code that could borrow from
        // it is under way.
        unsafe { (destructor.run)(destructor.slot) };
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use crate::sdk::sync::{Condvar, Mutex};
    use crate::sdk::thread;
    use crate::test_host;

    #[test]
    fn a_thread_s_values_are_its_own() {
        crate::thread_local! {
            static COUNT: Cell<usize> = const { Cell::new(7) };
            static TEXT: RefCell<String> = RefCell::new("thread".into());
        }
        test_host::run(|| {
            let threads = (0..3).map(|number| {
                thread::spawn(move || {
                    COUNT.set(COUNT.get() + number);
                    TEXT.with_borrow_mut(|text| text.push_str(&number.to_string()));
                    (COUNT.get(), TEXT.take())
                })
            });
            let threads = threads.collect::<Vec<_>>();
            for (number, thread) in threads.into_iter().enumerate() {
                assert_eq!(thread.join().unwrap(), (7 + number, format!("thread{number}")));
            }
            assert_eq!((COUNT.get(), TEXT.take()), (7, "thread".into()));
        });
    }

    #[test]
    fn destructors_run_at_the_thread_s_end_and_once() {
        static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

        struct Noted(String);

        impl Drop for Noted {
            fn drop(&mut self) {
                LOG.lock().unwrap().push(self.0.clone());
                if self.0 == "first" {
                    // Makes a value while destructors run: its own runs too.
                    LATE.with(|_| ());
                    assert!(FIRST.try_with(|_| ()).is_err());
                }
            }
        }

        crate::thread_local! {
            static FIRST: Noted = Noted(String::from("first"));
            static SECOND: Noted = Noted(String::from("second"));
            static LATE: Noted = Noted(String::from("late"));
        }
        test_host::run(|| {
            let thread = thread::spawn(|| {
                FIRST.with(|_| ());
                SECOND.with(|_| ());
            });
            thread.join().unwrap();
            let mut log = LOG.lock().unwrap().clone();
            log.sort_unstable();
            assert_eq!(log, ["first", "late", "second"]);
        });
    }

    #[test]
    fn statics_are_shared() {
        static TURN: Mutex<usize> = Mutex::new(0);
        static CHANGED: Condvar = Condvar::new();

        const THREADS: usize = 3;
        const ROUNDS: usize = 4;

        test_host::run(|| {
            let threads = (0..THREADS).map(|number| {
                thread::spawn(move || {
                    for round in 0..ROUNDS {
                        let mine = round * THREADS + number;
                        let turn = CHANGED.wait_while(TURN.lock().unwrap(), |turn| *turn != mine).unwrap();
                        *{ turn } += 1;
                        CHANGED.notify_all();
                    }
                })
            });
            threads.collect::<Vec<_>>().into_iter().for_each(|thread| thread.join().unwrap());
            assert_eq!(*TURN.lock().unwrap(), ROUNDS * THREADS);
        });
    }
}
