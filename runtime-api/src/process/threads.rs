//! [`Threads`]: what the guest's imports call.

use crate::{abi::Status, call_type, for_each_call, host::Call};

/// What a method returns, for a result of the table and what is noted about its call.
macro_rules! result {
    (status $($note:ident)?) => {
        Call<Status>
    };
    (P infallible) => {
        u64
    };
    ($ty:tt infallible) => {
        $ty
    };
    (! $($note:ident)?) => {
        Call<()>
    };
    ($ty:tt $($note:ident)?) => {
        Call<$ty>
    };
}

macro_rules! threads {
    ([] $module:literal; $(
        $(#[$meta:meta])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        /// The calls of the guest ABI, on behalf of one guest thread, whatever the embedder. They are those of
        /// [`for_each_call`], which makes a backend's imports of them.
        ///
        /// A backend's import functions call these and nothing else, and pass every argument on as the guest gave it:
        /// all checks are made behind this trait. Addresses and sizes are unsigned and widened to 64 bits, time-outs
        /// are nanoseconds (negative waits for ever, 0 tries once). A [`Status`] goes to the guest as a number.
        ///
        /// # Errors
        /// A call that gives an [`Unwind`](crate::Unwind) must not return to the guest: the backend unwinds the guest's
        /// frames.
        ///
        /// # Blocking
        /// Those that may block say so. All of them end when the process does.
        pub trait Threads {
            $(
                $(#[$meta])*
                fn $name(&self $(, $param: call_type!(u64, $ty))*) -> result!($result $($note)?);
            )*
        }
    };
}

for_each_call!(threads);
