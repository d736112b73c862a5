//! The calls that a guest may import from [`MODULE`](super::MODULE).

use super::{
    Signature,
    Ty::{self, I32, I64, P},
};

/// One import of the ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import {
    /// The name of the field in [`MODULE`](super::MODULE).
    pub name: &'static str,
    /// Its type.
    pub signature: Signature,
}

const fn import(name: &'static str, params: &'static [Ty], results: &'static [Ty]) -> Import {
    Import { name, signature: Signature { params, results } }
}

/// A new thread runs a function of table 0: `(start, arg, attr, out) -> status`.
pub const THREAD_SPAWN: &str = "thread_spawn";
/// Waits for a thread's end and takes its value: `(tid, timeout, out) -> status`.
pub const THREAD_JOIN: &str = "thread_join";
/// Gives up the right to join: `(tid) -> status`.
pub const THREAD_DETACH: &str = "thread_detach";
/// Ends the calling thread: `(value)`, does not return.
pub const THREAD_EXIT: &str = "thread_exit";
/// The caller's id: `() -> i32`.
pub const THREAD_ID: &str = "thread_id";
/// Names the caller: `(ptr, len) -> status`.
pub const THREAD_SET_NAME: &str = "thread_set_name";
/// Lets other threads run: `()`.
pub const THREAD_YIELD: &str = "thread_yield";
/// Sleeps for some nanoseconds: `(duration) -> status`.
pub const THREAD_SLEEP: &str = "thread_sleep";
/// How many threads can really run at once: `() -> i32`.
pub const THREAD_PARALLELISM: &str = "thread_parallelism";
/// Ends the process with a code: `(code)`, does not return.
pub const PROCESS_EXIT: &str = "process_exit";
/// Ends the process with a message: `(message, len)`, does not return.
pub const PROCESS_ABORT: &str = "process_abort";
/// Writes bytes to standard output or standard error: `(fd, ptr, len) -> status`.
pub const WRITE: &str = "write";
/// Monotonic nanoseconds: `() -> i64`.
pub const CLOCK_NOW: &str = "clock_now";
/// What `memory.atomic.wait32` does: `(addr, expected, timeout) -> i32`.
pub const WAIT32: &str = "wait32";
/// What `memory.atomic.wait64` does: `(addr, expected, timeout) -> i32`.
pub const WAIT64: &str = "wait64";
/// What `memory.atomic.notify` does: `(addr, count) -> i32`.
pub const NOTIFY: &str = "notify";
/// Locks a mutex: `(mutex, timeout) -> status`.
pub const MUTEX_LOCK: &str = "mutex_lock";
/// Unlocks a mutex: `(mutex) -> status`.
pub const MUTEX_UNLOCK: &str = "mutex_unlock";
/// Waits on a condition variable: `(cond, mutex, timeout) -> status`.
pub const COND_WAIT: &str = "cond_wait";
/// Wakes waiters of a condition variable: `(cond, count) -> i32`.
pub const COND_NOTIFY: &str = "cond_notify";
/// Makes a TLS key: `(destructor, out) -> status`.
pub const TLS_CREATE: &str = "tls_create";
/// Deletes a TLS key: `(key) -> status`.
pub const TLS_DELETE: &str = "tls_delete";
/// Sets the caller's value of a key: `(key, value) -> status`.
pub const TLS_SET: &str = "tls_set";
/// The caller's value of a key: `(key) -> P`.
pub const TLS_GET: &str = "tls_get";

/// Every import of the ABI with its type.
pub const IMPORTS: &[Import] = &[
    import(THREAD_SPAWN, &[P, P, P, P], &[I32]),
    import(THREAD_JOIN, &[I32, I64, P], &[I32]),
    import(THREAD_DETACH, &[I32], &[I32]),
    import(THREAD_EXIT, &[P], &[]),
    import(THREAD_ID, &[], &[I32]),
    import(THREAD_SET_NAME, &[P, P], &[I32]),
    import(THREAD_YIELD, &[], &[]),
    import(THREAD_SLEEP, &[I64], &[I32]),
    import(THREAD_PARALLELISM, &[], &[I32]),
    import(PROCESS_EXIT, &[I32], &[]),
    import(PROCESS_ABORT, &[P, P], &[]),
    import(WRITE, &[I32, P, P], &[I32]),
    import(CLOCK_NOW, &[], &[I64]),
    import(WAIT32, &[P, I32, I64], &[I32]),
    import(WAIT64, &[P, I64, I64], &[I32]),
    import(NOTIFY, &[P, I32], &[I32]),
    import(MUTEX_LOCK, &[P, I64], &[I32]),
    import(MUTEX_UNLOCK, &[P], &[I32]),
    import(COND_WAIT, &[P, P, I64], &[I32]),
    import(COND_NOTIFY, &[P, I32], &[I32]),
    import(TLS_CREATE, &[P, P], &[I32]),
    import(TLS_DELETE, &[I32], &[I32]),
    import(TLS_SET, &[I32, P], &[I32]),
    import(TLS_GET, &[I32], &[P]),
];

/// The import of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Import> {
    IMPORTS.iter().find(|import| import.name == name)
}
