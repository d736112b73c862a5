//! The calls that a guest may import from [`MODULE`]: a constant for each name, and [`IMPORTS`]. They are declared in
//! [`for_each_wasi_call`](crate::for_each_wasi_call). `thread-spawn` is wasi-threads' own, from
//! [`THREADS_MODULE`].

use raddle_runtime_api::{
    abi::{Signature, Ty, imports::Import},
    define_imports,
};

crate::for_each_wasi_call!(define_imports);

/// The name that the import module had before it was settled. Some calls differ there (the layout of `filestat`, the
/// numbers of `whence`), so it is another ABI.
pub const OLD_MODULE: &str = "wasi_unstable";

/// The import of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Import> {
    IMPORTS.iter().find(|import| import.name == name)
}

/// The import module of [`THREAD_SPAWN`].
pub const THREADS_MODULE: &str = "wasi";

/// The call of wasi-threads, `(start_arg: i32) -> i32`: a new thread, in an instance of its own, calls
/// [`THREAD_START`]. The result is its id, 1 to [`MAX_THREAD_ID`](raddle_runtime_api::abi::MAX_THREAD_ID), or a negative
/// number when there is no room for it.
pub const THREAD_SPAWN: Import =
    Import::new("thread-spawn", Signature { params: &[Ty::I32], results: &[Ty::I32] }, true, false);

/// What [`THREAD_SPAWN`] was called at first.
pub const OLD_THREAD_SPAWN: &str = "thread_spawn";

/// What a module with threads exports, of type `(id: i32, start_arg: i32) -> ()`: a new thread's first call.
pub const THREAD_START: &str = "wasi_thread_start";

/// What a program exports: its first call.
pub const START: &str = "_start";

/// What a library exports, to be called once and before anything else.
pub const INITIALIZE: &str = "_initialize";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_46_are_there_and_one_does_not_return() {
        assert_eq!(IMPORTS.len(), 46);
        let silent: Vec<_> = IMPORTS.iter().filter(|import| !import.returns).map(|import| import.name).collect();
        assert_eq!(silent, [PROC_EXIT]);
        let blocking: Vec<_> = IMPORTS.iter().filter(|import| import.blocks).map(|import| import.name).collect();
        assert_eq!(blocking, [FD_READ, FD_WRITE, POLL_ONEOFF, SOCK_ACCEPT, SOCK_RECV, SOCK_SEND]);
    }

    /// As the official binaries have them.
    #[test]
    fn types_are_those_of_the_specification() {
        use Ty::{I32, I64, P};
        let of = |name| find(name).unwrap().signature;
        assert_eq!(of(FD_SEEK), Signature { params: &[I32, I64, I32, P], results: &[I32] });
        assert_eq!(of(PATH_OPEN), Signature { params: &[I32, I32, P, I32, I32, I64, I64, I32, P], results: &[I32] });
        assert_eq!(of(PROC_EXIT), Signature { params: &[I32], results: &[] });
        assert_eq!(of(SCHED_YIELD), Signature { params: &[], results: &[I32] });
        assert!(find("fd_dup").is_none());
    }
}
