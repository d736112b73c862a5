//! What a process is created with.

use crate::{
    abi::{
        PointerWidth,
        section::{StackRange, ThreadsSection, TlsLayout},
    },
    words::{Layout, Sizes},
};

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
/// A wasm program keeps on it only what has an address; the engine keeps the rest. So a quarter of the 1 MiB that linkers give
/// the main thread is ample, and 2,000 such stacks fit in half of a 1 GiB memory.
pub const DEFAULT_STACK_SIZE: u64 = 256 * 1024;

/// The smallest stack a thread can have, in bytes. Less is raised to this.
pub const MIN_STACK_SIZE: u64 = 4096;

/// How many slots a growable memory starts with: enough for most programs without growing.
const FIRST_SLOTS: u64 = 16;

/// What an embedder may limit.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Limits {
    /// The most threads that live or were not joined, the main one included: 1 to [`MAX_THREADS`]. `None` is
    /// [`DEFAULT_MAX_THREADS`].
    pub max_threads: Option<u32>,
    /// The most guest memory in bytes. It can only lower what the module declares.
    pub max_memory: Option<u64>,
    /// The stack size of every thread in bytes, the main one too. `None` leaves the main thread the linker's own stack and
    /// gives the others [`DEFAULT_STACK_SIZE`].
    pub stack_size: Option<u64>,
}

/// Why a process cannot be created with these limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// No process can have this many threads.
    #[error("a process cannot have {found} threads: give a limit from 1 to {MAX_THREADS}")]
    Threads {
        /// The limit given.
        found: u32,
    },
    /// The module needs more memory than it may have.
    #[error("the module needs {needed} bytes of memory to start with and may have {limit}: raise the limit on memory to at least that")]
    Memory {
        /// What the module and one thread's slot need.
        needed: u64,
        /// The limit, from the embedder or from the module.
        limit: u64,
    },
    /// The module's own maximum leaves no room for its threads' stacks and TLS.
    #[error("the module's memory may have at most {limit} bytes, and {needed} are needed for it and one thread's stack and TLS: link it with --max-memory={suggested} or more, or make stacks smaller")]
    Maximum {
        /// What the module and one thread's slot need.
        needed: u64,
        /// What the module declares.
        limit: u64,
        /// A maximum that leaves room.
        suggested: u64,
    },
    /// A stack this large does not fit the pointers.
    #[error("a stack of {found} bytes is too large for this module's memory: give a smaller stack size")]
    Stack {
        /// The stack size.
        found: u64,
    },
}

/// Everything that the semantics must know of a process: made from the module's section and the embedder's limits, the same way for
/// every backend.
#[derive(Debug, Clone)]
pub struct Config {
    /// The memory to create.
    pub memory: MemoryPlan,
    pub(crate) pointer_width: PointerWidth,
    pub(crate) table: bool,
    pub(crate) growable: bool,
    pub(crate) stack_size: u64,
    pub(crate) tls: Option<TlsLayout>,
    /// The size of a slot unit, 0 when threads need no slots.
    pub(crate) unit_size: u64,
    /// Units that the memory has room for from the start.
    pub(crate) first_units: u32,
    /// The main thread's stack; `None` when it takes a slot's.
    pub(crate) main_stack: Option<StackRange>,
    pub(crate) sizes: Sizes,
}

/// The shared memory of a process: the host creates it with these sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryPlan {
    /// The initial size in pages. It may exceed the module's minimum: the first thread slots lie past it.
    pub initial: u64,
    /// The maximum in pages, never above what the module declares.
    pub maximum: u64,
    /// Where the thread slots start, in bytes.
    pub(crate) slots: u64,
}

impl Config {
    /// Lays a process out.
    ///
    /// # Errors
    /// [`ConfigError`] when the limits make no sense or leave the module no room.
    pub fn new(section: &ThreadsSection, limits: &Limits) -> Result<Config, ConfigError> {
        let max_threads = limits.max_threads.unwrap_or(DEFAULT_MAX_THREADS);
        if max_threads == 0 || max_threads > MAX_THREADS {
            return Err(ConfigError::Threads { found: max_threads });
        }
        let stack_size = limits.stack_size.unwrap_or(DEFAULT_STACK_SIZE).max(MIN_STACK_SIZE);
        let stack_size = if section.stack.is_some() { stack_size } else { 0 };
        let unit_size = crate::slots::unit_size(stack_size, section.tls)
            .ok_or(ConfigError::Stack { found: stack_size })?;
        let main_stack = if limits.stack_size.is_none() { section.stack } else { None };

        let declared = section.memory.maximum;
        let maximum = limits.max_memory.map_or(declared, |bytes| declared.min(bytes / PAGE));
        let minimum = section.memory.minimum;
        let first_units = first_units(section, unit_size, minimum, maximum, max_threads, limits.max_threads.is_some());
        // The main thread needs a slot for its TLS, and for its stack where the linker's is not used.
        let least_units = u64::from(unit_size > 0);
        let needed = minimum.saturating_add(pages(unit_size, first_units.max(least_units)));
        if needed > maximum {
            let (needed, limit) = (needed.saturating_mul(PAGE), maximum.saturating_mul(PAGE));
            return Err(if maximum < declared {
                ConfigError::Memory { needed, limit }
            } else {
                ConfigError::Maximum { needed, limit, suggested: needed.saturating_mul(2) }
            });
        }
        let slots = minimum.saturating_mul(PAGE);
        let memory = MemoryPlan { initial: needed, maximum, slots };
        let sizes = Sizes {
            max_threads,
            buckets: (max_threads / 4).next_power_of_two().clamp(16, 1024),
            max_keys: MAX_TLS_KEYS,
            max_units: max_threads * 4,
        };
        // Whole pages may hold more than was asked for.
        let first_units = (needed - minimum).saturating_mul(PAGE).checked_div(unit_size).unwrap_or(0);
        Ok(Config {
            memory,
            pointer_width: section.pointer_width,
            table: section.table,
            growable: section.growable,
            stack_size,
            tls: section.tls,
            unit_size,
            first_units: first_units.min(u64::from(sizes.max_units)) as u32,
            main_stack,
            sizes,
        })
    }

    /// How many control words the process needs.
    #[must_use]
    pub fn words(&self) -> u32 {
        Layout::new(self.sizes).len
    }
}

/// How many slots the memory has from the start.
///
/// A growable memory gets more as they are needed. Any other must have them all now: as many as there may be threads, within half
/// of the room that the module left above its minimum, or all of it where the embedder asked for so many threads.
fn first_units(
    section: &ThreadsSection,
    unit_size: u64,
    minimum: u64,
    maximum: u64,
    max_threads: u32,
    asked_for: bool,
) -> u64 {
    if unit_size == 0 {
        return 0;
    }
    let room = maximum.saturating_sub(minimum).saturating_mul(PAGE);
    let share = if asked_for && !section.growable { room } else { room / 2 };
    let wanted = if section.growable { FIRST_SLOTS } else { u64::MAX };
    (share / unit_size).min(u64::from(max_threads)).min(wanted).max(1)
}

/// How many whole pages so many units take.
fn pages(unit_size: u64, units: u64) -> u64 {
    unit_size.saturating_mul(units).div_ceil(PAGE)
}
