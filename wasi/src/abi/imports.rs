//! The calls that a guest may import from [`MODULE`]: a constant for each name, and [`IMPORTS`]. They are declared in
//! [`for_each_wasi_call`](crate::for_each_wasi_call). The call of wasi-threads is
//! [`raddle_runtime_api::abi::wasi_threads`].

use raddle_runtime_api::{abi::imports::Import, define_imports};

crate::for_each_wasi_call!(define_imports);

/// The import of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Import> {
    IMPORTS.iter().find(|import| import.name == name)
}

#[cfg(test)]
mod tests {
    use raddle_runtime_api::abi::{Signature, Ty};

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
