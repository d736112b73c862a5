//! [`Limits`]: what an embedder may limit, and what holds where nothing is said.

use core::time::Duration;

/// The size of a page of guest memory in bytes.
pub const PAGE: u64 = 65536;

/// How many threads a process may have if nothing else is said, the main one included.
pub const DEFAULT_MAX_THREADS: u32 = 4096;

/// The most threads a process may have, the main one included.
pub const MAX_THREADS: u32 = 32768;

/// How many TLS keys there can be at once.
pub const MAX_TLS_KEYS: u32 = 1024;

/// The size of a thread's stack in guest memory if nothing else is said, in bytes.
///
/// A wasm program keeps on it only what has an address; the engine keeps the rest. So a quarter of the 1 MiB that
/// linkers give the main thread is ample, and 2,000 such stacks fit in half of a 1 GiB memory.
pub const DEFAULT_STACK_SIZE: u64 = 256 * 1024;

/// The smallest stack a thread can have, in bytes. Less is raised to this.
pub const MIN_STACK_SIZE: u64 = 4096;

/// What an embedder may limit.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Limits {
    /// The most threads that live or were not joined, the main one included: 1 to [`MAX_THREADS`]. `None` is
    /// [`DEFAULT_MAX_THREADS`].
    pub max_threads: Option<u32>,
    /// The most guest memory in bytes. It can only lower what the module declares.
    pub max_memory: Option<u64>,
    /// The stack size of every thread in bytes, the main one too. `None` leaves the main thread the linker's own stack
    /// and gives the others [`DEFAULT_STACK_SIZE`].
    pub stack_size: Option<u64>,
    /// The longest that one wait, join, lock or sleep may take, however often its thread is woken meanwhile. A thread
    /// that is blocked for longer traps, with the kind [`WaitLimit`](crate::TrapKind::WaitLimit). `None` is for ever. A
    /// deadlock is found at once, whatever this says.
    pub max_wait: Option<Duration>,
    /// The most bytes that the guest may write, to both streams together. A write that would exceed them is refused
    /// whole, with `AGAIN`. `None` is without a limit.
    pub max_output: Option<u64>,
}
