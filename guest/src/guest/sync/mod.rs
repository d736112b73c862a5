//! Locks that the host knows, in the shapes of [`std::sync`].
//!
//! The locks of `std` work on this target, too, except for `Condvar::wait_timeout_while`, which panics because it reads a clock
//! that is not there. What these add is that the host can see who owns what: a lock that would wait for its own thread
//! fails at once, a deadlock of the whole process is reported with who waits for whom, and nobody waits for an owner that has
//! ended. A lock that nobody contends for costs one atomic instruction and no call of the host.
//!
//! Everything else of [`std::sync`] is taken from there: channels, except for `recv_timeout`, which reads the clock, `RwLock`,
//! `Barrier`, `OnceLock`, atomics.
//!
//! # Poisoning
//! A panic ends the process on this target, so nobody is left to see that it has poisoned a mutex, unless the program is
//! built to unwind and has a panic hook of its own. Then poisoning is that of `std`.
//!
//! # Guards that are not dropped
//! A guard can be leaked, and what it lent can go to another thread. So a mutex whose guard was leaked stays locked, also when
//! the thread has ended. `std` would let others wait for ever. Here [`Mutex::lock`] and the waits of [`Condvar`] panic, and
//! [`Mutex::try_lock`] answers [`TryLockError::WouldBlock`]. The same goes for a thread that C code ends by
//! `raddle_thread_exit` while it has a guard.

mod condvar;
mod mutex;
mod poison;
pub(crate) mod raw;

pub use condvar::{Condvar, WaitTimeoutResult};
pub use mutex::{Mutex, MutexGuard};
pub use poison::{LockResult, PoisonError, TryLockError, TryLockResult};
