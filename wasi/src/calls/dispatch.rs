//! A call by its name, for hosts that learn at run time which one it is, and for tests that make every one.

use raddle_runtime_api::{GuestMemory, abi::imports::Import};

use super::Calls;
use crate::interests::Answer;

macro_rules! arg {
    (i64, $value:expr) => {
        $value
    };
    (u64, $value:expr) => {
        $value.cast_unsigned()
    };
    // `u32` and `P`.
    ($other:tt, $value:expr) => {
        $value as u32
    };
}

macro_rules! row {
    (! $calls:ident.$name:ident($($arg:expr),*)) => {{
        let _ = ($($arg),*);
        panic!("a host makes this call itself")
    }};
    (errno $calls:ident.$name:ident($($arg:expr),*)) => {
        $calls.$name($($arg),*)
    };
}

macro_rules! dispatch {
    ([$calls:ident $import:ident $args:ident] $module:literal; $(
        $(#[$meta:meta])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $blocks:ident)?;
    )*) => {
        match ($import.name, $args) {
            $((stringify!($name), &[$($param),*]) => row!($result $calls.$name($(arg!($ty, $param)),*)),)*
            (name, args) => panic!("{name} does not take {} arguments", args.len()),
        }
    };
}

impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    /// Makes the call that an import stands for. The arguments are the guest's, as many as the import takes; of an `i32`
    /// the lower half counts.
    ///
    /// It finds the call by its name each time. Where the engine takes functions with types known to Rust, expand
    /// [`for_each_wasi_call`](crate::for_each_wasi_call) instead.
    ///
    /// # Panics
    /// When the number of arguments is not that of the import's parameters, and for the call that does not return.
    pub fn call_import(&self, import: &Import, args: &[i64]) -> Answer {
        let calls = self;
        crate::for_each_wasi_call!(dispatch, calls import args)
    }
}
