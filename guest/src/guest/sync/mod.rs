//! Locks that the host knows, in the shapes of [`std::sync`].
//!
//! The locks of `std` work as well on this target, but for `Condvar::wait_timeout_while`, which panics as it reads a clock
//! that is not there. These add that the host can see who owns what: a lock that would wait for
//! ever for its own thread fails at once, a deadlock of the whole process is reported with who waits for whom, and a mutex
//! whose owner has ended is handed on instead of staying locked. A lock that nobody contends costs one atomic instruction
//! and no call of the host.
//!
//! Everything else of [`std::sync`] (channels, `RwLock`, `Barrier`, `OnceLock`, atomics) is taken from there. Of a channel,
//! `recv_timeout` reads the clock, too.
//!
//! # Poisoning
//! A panic ends the process on this target, so it is never seen as poison. A mutex is poisoned when its owner ended without
//! unlocking it by other means, such as C code that calls `raddle_thread_exit` while Rust frames hold a guard.

mod condvar;
mod mutex;
mod poison;
pub(crate) mod raw;

pub use condvar::{Condvar, WaitTimeoutResult};
pub use mutex::{Mutex, MutexGuard};
pub use poison::{LockResult, PoisonError, TryLockError, TryLockResult};
