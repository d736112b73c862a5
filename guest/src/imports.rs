//! The calls of the ABI, declared once.
//!
//! One table gives the `extern` block that the linker turns into imports, and for the tests the list of names and types, which
//! must be that of [`raddle_runtime_api::abi::imports::IMPORTS`]. The tests run on a host of their own.

#[cfg(test)]
pub(crate) use crate::test_host::*;

/// A pointer or a size of the guest.
#[cfg(not(test))]
type P = usize;

macro_rules! imports {
    ($($safety:tt fn $name:ident($($param:ident: $ty:tt),*) $(-> $result:tt)?;)*) => {
        // `abi::MODULE` names the same module; an attribute takes a literal only, so a test compares the two.
        #[cfg(not(test))]
        #[cfg_attr(target_family = "wasm", link(wasm_import_module = "raddle_v1"))]
        #[allow(dead_code, reason = "the table is the whole ABI, also where this crate has no use for a call")]
        unsafe extern "C" {
            $(pub(crate) $safety fn $name($($param: $ty),*) $(-> $result)?;)*
        }

        #[cfg(test)]
        mod table {
            use raddle_runtime_api::abi::imports::Import;
            use raddle_runtime_api::abi::{Signature, Ty};

            pub(super) const IMPORTS: &[Import] = &[$(Import {
                name: stringify!($name),
                signature: Signature { params: &[$(ty!($ty)),*], results: results!($($result)?) },
            }),*];
        }
    };
}

/// The ABI's name of a type in the table.
#[cfg(test)]
macro_rules! ty {
    (P) => {
        Ty::P
    };
    (i32) => {
        Ty::I32
    };
    (i64) => {
        Ty::I64
    };
}

/// The results of a function in the table.
#[cfg(test)]
macro_rules! results {
    () => {
        &[]
    };
    (!) => {
        &[]
    };
    ($ty:tt) => {
        &[ty!($ty)]
    };
}

// The ABI never traps for a bad address and checks every one, so `unsafe` marks the calls that write where they are told to, or
// run code on what they are told.
imports! {
    unsafe fn thread_spawn(start: P, arg: P, attr: P, out: P) -> i32;
    unsafe fn thread_join(tid: i32, timeout: i64, out: P) -> i32;
    safe fn thread_detach(tid: i32) -> i32;
    unsafe fn thread_exit(value: P) -> !;
    safe fn thread_id() -> i32;
    unsafe fn thread_set_name(ptr: P, len: P) -> i32;
    safe fn thread_yield();
    safe fn thread_sleep(duration: i64) -> i32;
    safe fn thread_parallelism() -> i32;
    safe fn process_exit(code: i32) -> !;
    unsafe fn process_abort(message: P, len: P) -> !;
    unsafe fn write(fd: i32, ptr: P, len: P) -> i32;
    safe fn clock_now() -> i64;
    unsafe fn wait32(addr: P, expected: i32, timeout: i64) -> i32;
    unsafe fn wait64(addr: P, expected: i64, timeout: i64) -> i32;
    unsafe fn notify(addr: P, count: i32) -> i32;
    unsafe fn mutex_lock(mutex: P, timeout: i64) -> i32;
    unsafe fn mutex_unlock(mutex: P) -> i32;
    unsafe fn cond_wait(cond: P, mutex: P, timeout: i64) -> i32;
    unsafe fn cond_notify(cond: P, count: i32) -> i32;
    unsafe fn tls_create(destructor: P, out: P) -> i32;
    unsafe fn tls_delete(key: i32) -> i32;
    unsafe fn tls_set(key: i32, value: P) -> i32;
    safe fn tls_get(key: i32) -> P;
}

#[cfg(test)]
mod tests {
    use raddle_runtime_api::abi;

    use super::table::IMPORTS;

    #[test]
    fn the_declarations_are_those_of_the_abi() {
        for import in abi::imports::IMPORTS {
            let ours = IMPORTS.iter().find(|ours| ours.name == import.name);
            assert_eq!(ours, Some(import));
        }
        assert_eq!(IMPORTS.len(), abi::imports::IMPORTS.len());
    }

    #[test]
    fn the_import_module_is_the_abi_s() {
        let attribute = format!("link(wasm_import_module = \"{}\")", abi::MODULE);
        assert!(include_str!("imports.rs").contains(&attribute));
    }
}
