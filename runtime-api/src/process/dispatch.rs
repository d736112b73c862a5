//! A call of the ABI by its name, for hosts that learn at run time which one it is.

use super::Threads;
use crate::{
    abi::{PointerWidth, imports::Import},
    host::{Answer, Call},
};

macro_rules! arg {
    (P, $value:expr, $width:expr) => {
        $width.address($value)
    };
    (i32, $value:expr, $width:expr) => {
        $value as i32
    };
    (i64, $value:expr, $width:expr) => {
        $value
    };
}

macro_rules! answer {
    (P, $answer:expr) => {
        Answer::<u64>::answer($answer).map(u64::cast_signed)
    };
    (i64, $answer:expr) => {
        Answer::<i64>::answer($answer)
    };
    (status, $answer:expr) => {
        Answer::<i32>::answer($answer).map(i64::from)
    };
    (i32, $answer:expr) => {
        Answer::<i32>::answer($answer).map(i64::from)
    };
    // `()` and `!`.
    ($none:tt, $answer:expr) => {
        Answer::<()>::answer($answer).map(|()| 0)
    };
}

macro_rules! dispatch {
    ([$target:ident $import:ident $width:ident $args:ident] $module:literal; $(
        $(#[$meta:meta])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        match ($import.name, $args) {
            $((stringify!($name), &[$($param),*]) => answer!($result, $target.$name($(arg!($ty, $param, $width)),*)),)*
            (name, args) => panic!("{name} does not take {} arguments", args.len()),
        }
    };
}

/// Makes the call that an import stands for, on a module with pointers of that width. The arguments are the guest's, as
/// many as the import takes; of an `i32` or a 32-bit pointer the lower half counts. So it is with the answer, which is
/// 0 where the import has no result.
///
/// It finds the call by its name each time. Where the engine takes functions with types known to Rust, expand
/// [`for_each_call`](crate::for_each_call) instead.
///
/// # Errors
/// [`Unwind`](crate::Unwind): the call does not return to the guest.
///
/// # Panics
/// When the number of arguments is not that of the import's parameters.
///
/// # Blocking
/// Where the import [does](Import::blocks).
pub fn call_import(threads: &dyn Threads, import: &Import, width: PointerWidth, args: &[i64]) -> Call<i64> {
    crate::for_each_call!(dispatch, threads import width args)
}
