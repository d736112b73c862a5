//! The calls of the ABI, as functions that the linker turns into imports. They are those of the ABI's own table,
//! [`for_each_call`](raddle_runtime_api::for_each_call). The crate's tests run on a host of their own.

#[cfg(not(test))]
use raddle_runtime_api::{call_type, for_each_call};

#[cfg(test)]
pub(crate) use crate::test_host::*;

/// Rust's type of a result in the table, as a guest has it.
#[cfg(not(test))]
macro_rules! result {
    (!) => {
        !
    };
    ($ty:tt) => {
        call_type!(usize, $ty)
    };
}

// The ABI never traps for a bad address and checks every one, so `unsafe` marks the calls that write where they are told
// to, or run code on what they are told.
#[cfg(not(test))]
macro_rules! imports {
    ([] $module:literal; $(
        $(#[$meta:meta])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        #[cfg_attr(target_family = "wasm", link(wasm_import_module = $module))]
        #[allow(dead_code, reason = "the table is the whole ABI, also where this crate has no use for a call")]
        unsafe extern "C" {
            $($(#[$meta])* pub(crate) $safety fn $name($($param: call_type!(usize, $ty)),*) -> result!($result);)*
        }
    };
}

#[cfg(not(test))]
for_each_call!(imports);
