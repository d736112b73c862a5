//! Thread-local values whose destructors run.
//!
//! A value lies in the compiler's thread-local storage, so an access costs no call of the host. `slot` is that place, and
//! `list` is what a thread drops at its end. This file has what programs see.

mod list;
mod slot;

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;

pub use slot::Slot;

#[doc(hidden)]
pub use std::thread_local as std_thread_local;

/// Declares thread-local values, as [`std::thread_local!`] does; their destructors run when their thread ends.
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
///
/// What follows `const` has to be constant:
///
/// ```compile_fail,E0010
/// raddle_guest::thread_local! {
///     static NUMBERS: Vec<u8> = const { vec![1, 2, 3] };
/// }
/// ```
///
/// The values of a thread are dropped in the reverse order of their making. A destructor may use [`thread`](crate::thread) as
/// any code may, and other values that are not dropped yet; those that it makes are dropped, too. A global allocator may
/// have thread-local values.
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $ty:ty = const $init:block $(; $($rest:tt)*)?) => {
        $crate::thread_local! { @key [$(#[$attribute])* $visibility] $name: $ty, || const { $init } }
        $($crate::thread_local! { $($rest)* })?
    };
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $ty:ty = $init:expr $(; $($rest:tt)*)?) => {
        $crate::thread_local! { @key [$(#[$attribute])* $visibility] $name: $ty, || $init }
        $($crate::thread_local! { $($rest)* })?
    };
    (@key [$($head:tt)*] $name:ident: $ty:ty, $init:expr) => {
        $($head)* static $name: $crate::thread::LocalKey<$ty> = {
            // The program's own tokens see the items of a macro, so this name is one that no program has.
            $crate::__std_thread_local! { static __RADDLE_SLOT: $crate::__Slot<$ty> = const { $crate::__Slot::new() } }
            $crate::thread::LocalKey::__new(&__RADDLE_SLOT, $init)
        };
    };
}

/// The key of a thread-local value, as [`std::thread::LocalKey`]; [`thread_local!`](crate::thread_local) makes them.
pub struct LocalKey<T: 'static> {
    slot: &'static std::thread::LocalKey<Slot<T>>,
    init: fn() -> T,
}

/// A value was used after its destructor had run, as [`std::thread::AccessError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("a thread-local value is used after its destructor has run on this thread")
    }
}

impl Error for AccessError {}

#[cold]
#[track_caller]
fn refused(error: AccessError) -> ! {
    panic!("{error}")
}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn __new(slot: &'static std::thread::LocalKey<Slot<T>>, init: fn() -> T) -> LocalKey<T> {
        LocalKey { slot, init }
    }

    /// Lends the calling thread's value. The first access makes it.
    ///
    /// # Panics
    /// When the value's destructor has run.
    pub fn with<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.try_with(f).unwrap_or_else(|error| refused(error))
    }

    /// Lends the calling thread's value. The first access makes it.
    ///
    /// # Errors
    /// [`AccessError`] when the value's destructor has run.
    #[inline]
    pub fn try_with<F, R>(&'static self, f: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        self.slot.with(|slot| slot.get_or_init(self.init).map(f))
    }

    /// Lends the calling thread's value, which becomes `value` if there is none yet. Otherwise `f` is given `value` as well.
    pub(crate) fn with_first<R>(&'static self, value: T, f: impl FnOnce(Option<T>, &T) -> R) -> R {
        let mut value = Some(value);
        self.slot.with(|slot| match slot.get_or_init(|| value.take().expect("a slot asks once")) {
            Ok(current) => f(value, current),
            Err(error) => refused(error),
        })
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the value. If there is none yet, this is the first one, and the initialiser does not run.
    pub fn set(&'static self, value: T) {
        self.with_first(Cell::new(value), |value, cell| {
            if let Some(value) = value {
                cell.set(value.into_inner());
            }
        });
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
    ///
    /// # Panics
    /// When the value is lent for change.
    pub fn with_borrow<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| f(&cell.borrow()))
    }

    /// Lends the value for change.
    ///
    /// # Panics
    /// When the value is lent already.
    pub fn with_borrow_mut<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }

    /// Sets the value. If there is none yet, this is the first one, and the initialiser does not run.
    ///
    /// # Panics
    /// When the value is lent.
    pub fn set(&'static self, value: T) {
        self.with_first(RefCell::new(value), |value, cell| {
            if let Some(value) = value {
                *cell.borrow_mut() = value.into_inner();
            }
        });
    }

    /// Takes the value and leaves the default.
    ///
    /// # Panics
    /// When the value is lent.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// Takes the value and leaves another.
    ///
    /// # Panics
    /// When the value is lent.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
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
    fn what_is_set_first_takes_the_place_of_the_initialiser() {
        crate::thread_local! {
            static NUMBER: Cell<u32> = panic!("the initialiser of a number");
            static TEXT: RefCell<String> = panic!("the initialiser of a text");
        }
        NUMBER.set(1);
        TEXT.set("first".into());
        assert_eq!((NUMBER.get(), TEXT.take()), (1, "first".into()));
        NUMBER.set(2);
        TEXT.set("second".into());
        assert_eq!((NUMBER.replace(3), TEXT.replace("third".into())), (2, "second".into()));
        // Taken, as the thread that runs a test has no end at which its values are dropped.
        assert_eq!((NUMBER.get(), TEXT.take()), (3, "third".into()));
    }

    #[test]
    fn an_initialiser_that_uses_its_own_value_has_the_last_word() {
        crate::thread_local! {
            static NUMBER: Cell<u32> = {
                NUMBER.set(1);
                assert_eq!(NUMBER.get(), 1);
                Cell::new(2)
            };
        }
        assert_eq!(NUMBER.get(), 2);
    }

    #[test]
    fn the_macro_takes_no_names_from_the_program() {
        const SLOT: usize = 2;
        const INIT: u8 = 7;
        crate::thread_local! {
            static LAZY: Cell<[u8; SLOT]> = Cell::new([INIT; SLOT]);
            static CONSTANT: Cell<[u8; SLOT]> = const { Cell::new([INIT; SLOT]) }
        }
        assert_eq!((LAZY.get(), CONSTANT.get()), ([7, 7], [7, 7]));
    }

    #[test]
    fn the_newest_value_is_dropped_first() {
        static LOG: Mutex<Vec<u32>> = Mutex::new(Vec::new());

        struct Numbered(u32);

        impl Drop for Numbered {
            fn drop(&mut self) {
                LOG.lock().unwrap().push(self.0);
                if self.0 == 2 {
                    LATE.with(|late| assert_eq!(late.0, 9));
                }
            }
        }

        crate::thread_local! {
            static ONE: Numbered = const { Numbered(1) };
            static TWO: Numbered = const { Numbered(2) };
            static THREE: Numbered = const { Numbered(3) };
            static LATE: Numbered = const { Numbered(9) };
        }
        test_host::run(|| {
            thread::spawn(|| [&ONE, &TWO, &THREE].map(|key| key.with(|_| ()))).join().unwrap();
            assert_eq!(*LOG.lock().unwrap(), [3, 2, 9, 1]);
        });
    }

    #[test]
    fn destructors_use_threads_as_other_code_does() {
        static UNPARKED: Mutex<u32> = Mutex::new(0);

        struct Parks(thread::ThreadId);

        impl Drop for Parks {
            fn drop(&mut self) {
                let own = thread::current();
                assert_eq!((own.id(), own.name()), (self.0, Some("weft")));
                let before = *UNPARKED.lock().unwrap();
                let other = thread::spawn(move || {
                    *UNPARKED.lock().unwrap() += 1;
                    own.unpark();
                });
                while *UNPARKED.lock().unwrap() == before {
                    thread::park();
                }
                other.join().unwrap();
                thread::scope(|scope| {
                    scope.spawn(|| *UNPARKED.lock().unwrap() += 1);
                });
                LATE.try_with(|_| ()).ok();
            }
        }

        crate::thread_local! {
            static EARLY: Parks = Parks(thread::current().id());
            static LATE: Parks = Parks(thread::current().id());
        }
        test_host::run(|| {
            let thread = thread::Builder::new().name("weft".into()).spawn(|| EARLY.with(|_| ()));
            thread.unwrap().join().unwrap();
            assert_eq!(*UNPARKED.lock().unwrap(), 4);
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
