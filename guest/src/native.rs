//! On targets other than raddle's: the same names, which are those of `std`.
//!
//! Everything that the guest's side of this crate offers is listed here, so that a program which builds for wasm builds
//! natively, too.

/// Output, from [`std::io`].
pub mod io {
    pub use std::io::{Stderr, StderrLock, Stdout, StdoutLock, stderr, stdout};
}

/// The end of the process, from [`std::process`].
pub mod process {
    pub use std::process::{abort, exit};
}

/// Locks, from [`std::sync`].
pub mod sync {
    pub use std::sync::{
        Condvar, LockResult, Mutex, MutexGuard, PoisonError, TryLockError, TryLockResult, WaitTimeoutResult,
    };
}

/// Threads, from [`std::thread`].
pub mod thread {
    pub use std::thread::{
        AccessError, Builder, JoinHandle, LocalKey, Result, Scope, ScopedJoinHandle, Thread, ThreadId,
        available_parallelism, current, panicking, park, park_timeout, scope, sleep, spawn, yield_now,
    };
}

/// A monotonic clock, from [`std::time`].
pub mod time {
    pub use std::time::{Duration, Instant};
}

pub use std::{dbg, eprint, eprintln, print, println, thread_local};

/// Does nothing on this target: `std`'s own hook prints the panic's message.
pub fn install_panic_hook() {}
