//! On targets other than raddle's: the same names, those of `std`.
//!
//! Whatever the guest's side of this crate offers is listed here, so that a program which builds for wasm builds natively too.

/// Output, as of [`std::io`].
pub mod io {
    pub use std::io::{Stderr, StderrLock, Stdout, StdoutLock, stderr, stdout};
}

/// The end of the process, as of [`std::process`].
pub mod process {
    pub use std::process::{abort, exit};
}

/// Locks, as of [`std::sync`].
pub mod sync {
    pub use std::sync::{
        Condvar, LockResult, Mutex, MutexGuard, PoisonError, TryLockError, TryLockResult, WaitTimeoutResult,
    };
}

/// Threads, as of [`std::thread`].
pub mod thread {
    pub use std::thread::{
        AccessError, Builder, JoinHandle, LocalKey, Result, Scope, ScopedJoinHandle, Thread, ThreadId,
        available_parallelism, current, park, park_timeout, scope, sleep, spawn, yield_now,
    };
}

/// A monotonic clock, as of [`std::time`].
pub mod time {
    pub use std::time::{Duration, Instant};
}

pub use std::{eprint, eprintln, print, println, thread_local};

/// Does nothing on this target: `std`'s own hook prints the panic's message.
pub fn install_panic_hook() {}
