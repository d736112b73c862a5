//! Each type has the traits that `std`'s has: neither fewer, which a program would miss, nor more, which it could not build
//! natively with.

use std::cell::Cell;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::io::Write;
use std::marker::PhantomData;
use std::ops::DerefMut;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;
use std::sync::MutexGuard as StdGuard;

/// What a type has that does not have a trait.
trait Hasnt {
    const IT: bool = false;
}

impl<X: ?Sized> Hasnt for X {}

/// Whether a type has a trait: an inherent constant comes before that of the trait which everything has.
macro_rules! has {
    ([$($ty:tt)*], $bound:ident $(<$parameter:ident>)?) => {{
        #[allow(dead_code, reason = "it carries a type")]
        struct Has<X: ?Sized>(PhantomData<X>);
        #[allow(dead_code, reason = "for most types the other one is taken")]
        impl<X: ?Sized + $bound $(<$parameter>)?> Has<X> {
            const IT: bool = true;
        }
        <Has<$($ty)*>>::IT
    }};
}

/// Compares the types at those paths in all these traits.
macro_rules! compare {
    ($found:ident, $($path:tt),* $(,)?) => {
        $(compare!(@of $found, $path: [
            Send, Sync, Unpin, UnwindSafe, RefUnwindSafe, Clone, Copy, Debug, Display, Default, PartialEq, Eq, PartialOrd, Ord,
            Hash, Error, Write, DerefMut, From<T>
        ]);)*
    };
    (@of $found:ident, $path:tt: [$($bound:ident $(<$parameter:ident>)?),*]) => {
        $(compare!(@one $found, $path, $bound $(<$parameter>)?);)*
    };
    (@one $found:ident, [$($path:tt)*], $bound:ident $(<$parameter:ident>)?) => {
        let ours = has!([crate::$($path)*], $bound $(<$parameter>)?);
        let theirs = has!([std::$($path)*], $bound $(<$parameter>)?);
        if ours != theirs {
            let of = std::any::type_name::<T>();
            $found.push(format!("{}: {} with {of}: {theirs} in std", stringify!($($path)*), stringify!($bound)));
        }
    };
}

/// Compares the types that have a parameter, for this one.
macro_rules! compare_with {
    ($found:ident, $parameter:ty) => {{
        type T = $parameter;
        compare!(
            $found,
            [sync::Mutex<T>],
            [sync::MutexGuard<'static, T>],
            [sync::PoisonError<T>],
            [sync::TryLockError<T>],
            [thread::JoinHandle<T>],
            [thread::ScopedJoinHandle<'static, T>],
            [thread::LocalKey<T>],
        );
    }};
}

#[test]
fn types_have_the_traits_of_std_s() {
    let mut found = Vec::<String>::new();
    {
        type T = u8;
        compare!(
            found,
            [sync::Condvar],
            [sync::WaitTimeoutResult],
            [thread::Thread],
            [thread::ThreadId],
            [thread::Builder],
            [thread::AccessError],
            [thread::Scope<'static, 'static>],
            [time::Instant],
            [io::Stdout],
            [io::StdoutLock<'static>],
            [io::Stderr],
            [io::StderrLock<'static>],
        );
    }
    // Sendable and shareable or not, safe to look at after a panic or not, in each combination.
    compare_with!(found, u8);
    compare_with!(found, Cell<u8>);
    compare_with!(found, Rc<u8>);
    compare_with!(found, StdGuard<'static, u8>);
    compare_with!(found, *const u8);
    compare_with!(found, &'static mut u8);
    compare_with!(found, &'static Cell<u8>);
    compare_with!(found, Box<dyn Debug>);
    compare_with!(found, std::marker::PhantomPinned);
    assert!(found.is_empty(), "{found:#?}");
}
