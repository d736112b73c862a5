//! [`Limits`]: what an embedder may limit, and the defaults.

use core::time::Duration;

/// The size of a page of guest memory in bytes.
pub const PAGE: u64 = 65536;

/// How many threads a process may have by default, including the main one.
pub const DEFAULT_MAX_THREADS: u32 = 4096;

/// The most threads a process may have, including the main one.
pub const MAX_THREADS: u32 = 32768;

/// How many TLS keys can exist at once.
pub const MAX_TLS_KEYS: u32 = 1024;

/// The default size of a thread's stack in guest memory, in bytes.
///
/// A wasm program keeps on it only what needs an address; the engine keeps the rest. So a quarter of the 1 MiB that
/// linkers give the main thread is ample, and 2,000 such stacks fit in half of a 1 GiB memory.
pub const DEFAULT_STACK_SIZE: u64 = 256 * 1024;

/// The smallest stack a thread can have, in bytes. Smaller sizes are raised to this.
pub const MIN_STACK_SIZE: u64 = 4096;

/// What an embedder may limit.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Limits {
    /// The most threads that are live or not yet joined, including the main one: 1 to [`MAX_THREADS`]. `None` is
    /// [`DEFAULT_MAX_THREADS`].
    pub max_threads: Option<u32>,
    /// The most guest memory, in bytes. It can only lower the maximum that the module declares.
    pub max_memory: Option<u64>,
    /// The stack size of every thread in bytes, including the main one. `None` leaves the main thread the linker's own
    /// stack and gives the others [`DEFAULT_STACK_SIZE`].
    pub stack_size: Option<u64>,
    /// The longest that one wait, join, lock or sleep may take, however often its thread is woken meanwhile. A thread
    /// that is blocked for longer traps, with the kind [`WaitLimit`](crate::TrapKind::WaitLimit). `None` is no limit. A
    /// deadlock is found at once, whatever this is.
    pub max_wait: Option<Duration>,
    /// The most bytes that the guest may write, to both streams together. A write that would exceed this is refused as
    /// a whole, with `AGAIN`. `None` is no limit.
    pub max_output: Option<u64>,
}
