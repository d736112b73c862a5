//! [`Config`]: a process's layout, made from its module's section and the embedder's limits.

use super::{
    DEFAULT_MAX_INSTANCE_MEMORY, DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, Limits, MAX_THREADS, MAX_TLS_KEYS,
    MIN_STACK_SIZE, PAGE,
    unit::{lead, unit_size},
};
use crate::{
    abi::{
        PointerWidth,
        section::{StackRange, ThreadsSection, TlsLayout},
    },
    words::{MAX_COUNT, Sizes, WordLayout},
};

const _: () = assert!(MAX_THREADS <= MAX_COUNT, "so many threads can be counted");

/// How many slots a growable memory starts with: enough for most programs without growing.
const FIRST_SLOTS: u64 = 16;

/// Why a process cannot be created with these limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// No process can have that many threads.
    #[error("a process cannot have {found} threads: give a limit from 1 to {MAX_THREADS}")]
    Threads {
        /// The limit given.
        found: u32,
    },
    /// The module needs more memory than it may have.
    #[error(
        "the module needs {needed} bytes of memory to start with, but the limit on memory is {limit}: raise it to at \
        least {needed}"
    )]
    Memory {
        /// What the module and one thread's slot need.
        needed: u64,
        /// The limit, from the embedder or from the module.
        limit: u64,
    },
    /// The module's own maximum leaves no room for its threads' stacks and TLS.
    #[error(
        "the module declares at most {limit} bytes of memory, but it needs {needed} with one thread's stack and TLS: \
        link it with --max-memory={suggested} or more, or make stacks smaller"
    )]
    Maximum {
        /// What the module and one thread's slot need.
        needed: u64,
        /// What the module declares.
        limit: u64,
        /// A maximum that leaves room.
        suggested: u64,
    },
    /// The module takes all memory that its pointers can address, so that no maximum leaves room for its threads.
    #[error(
        "the module's memory begins with {minimum} bytes, and {needed} are needed for it and one thread's stack and TLS, but \
        its pointers address {reachable}: link it with an --initial-memory at least {excess} bytes smaller"
    )]
    Full {
        /// What the memory begins with.
        minimum: u64,
        /// What the module and one thread's slot need.
        needed: u64,
        /// What the pointers can address.
        reachable: u64,
        /// What is too much.
        excess: u64,
    },
    /// The module's instances are too large for even one.
    #[error(
        "the main thread's instance takes {needed} bytes in the host, but the limit on the memory of instances is {limit}: raise \
        it to at least {needed}, or build the module with fewer globals, imports, table elements and segments"
    )]
    Instance {
        /// What an instance takes.
        needed: u64,
        /// The limit.
        limit: u64,
    },
    /// A stack this large does not fit the pointers.
    #[error("a stack of {found} bytes is too large for this module's memory: give a smaller stack size")]
    Stack {
        /// The stack size.
        found: u64,
    },
    /// The module's TLS block does not fit the pointers, or its alignment is not a power of two.
    #[error(
        "the module's TLS block, {size} bytes aligned to {align}, cannot be laid out: threadify the original module again"
    )]
    Tls {
        /// The size of the block.
        size: u64,
        /// Its alignment.
        align: u32,
    },
}

/// Everything that the semantics must know about a process: made from the module's section and the embedder's limits,
/// in the same way for every backend.
#[derive(Debug, Clone)]
pub struct Config {
    /// The memory to create.
    pub memory: MemoryPlan,
    pub(crate) pointer_width: PointerWidth,
    pub(crate) table: bool,
    pub(crate) growable: bool,
    pub(crate) hooks: bool,
    pub(crate) init: bool,
    pub(crate) stack_size: u64,
    pub(crate) tls: Option<TlsLayout>,
    /// The size of a slot unit, 0 if threads need no slots.
    pub(crate) unit_size: u64,
    /// Units that the memory has room for from the start.
    pub(crate) first_units: u32,
    /// The main thread's stack; `None` if it uses a slot's.
    pub(crate) main_stack: Option<StackRange>,
    pub(crate) sizes: Sizes,
    /// In nanoseconds; `u64::MAX` for no limit.
    pub(crate) max_wait: u64,
    /// In bytes; `u64::MAX` for no limit.
    pub(crate) max_output: u64,
    /// What an instance takes in the host, in bytes.
    pub(crate) instance_size: u64,
    /// What the instances of all live threads may take, in bytes.
    pub(crate) max_instance_memory: u64,
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
    /// [`ConfigError`] if the limits are invalid or leave the module no room.
    pub fn new(section: &ThreadsSection, limits: &Limits) -> Result<Config, ConfigError> {
        let max_threads = limits.max_threads.unwrap_or(DEFAULT_MAX_THREADS);
        if max_threads == 0 || max_threads > MAX_THREADS {
            return Err(ConfigError::Threads { found: max_threads });
        }
        let max_instance_memory = limits.max_instance_memory.unwrap_or(DEFAULT_MAX_INSTANCE_MEMORY);
        let instance_size = section.instance_size;
        if instance_size > max_instance_memory {
            return Err(ConfigError::Instance { needed: instance_size, limit: max_instance_memory });
        }
        let stack_size = limits.stack_size.unwrap_or(DEFAULT_STACK_SIZE).max(MIN_STACK_SIZE);
        let stack_size = if section.stack.is_some() { stack_size } else { 0 };
        let reachable = reachable_pages(section.pointer_width);
        let fits = |unit_size: &u64| pages(*unit_size, 1) <= reachable;
        if let Some(tls) = section.tls
            && (!tls.align.is_power_of_two() || unit_size(0, section.tls).filter(fits).is_none())
        {
            return Err(ConfigError::Tls { size: tls.size, align: tls.align });
        }
        let unit_size =
            unit_size(stack_size, section.tls).filter(fits).ok_or(ConfigError::Stack { found: stack_size })?;
        let main_stack = if limits.stack_size.is_none() { section.stack } else { None };

        let declared = section.memory.maximum.min(reachable);
        let maximum = limits.max_memory.map_or(declared, |bytes| declared.min(bytes / PAGE));
        let minimum = section.memory.minimum;
        let first_units = first_units(section, unit_size, minimum, maximum, max_threads, limits.max_threads.is_some());
        // The main thread needs a slot for its TLS, and for its stack where the linker's is not used.
        let least_units = u64::from(unit_size > 0);
        let needed = minimum.saturating_add(pages(unit_size, first_units.max(least_units)));
        if needed > maximum {
            let bytes = |pages: u64| pages.saturating_mul(PAGE);
            return Err(if needed <= declared {
                ConfigError::Memory { needed: bytes(needed), limit: bytes(maximum) }
            } else if needed > reachable {
                let [minimum, needed, reachable] = [minimum, needed, reachable].map(bytes);
                ConfigError::Full { minimum, needed, reachable, excess: needed - reachable }
            } else {
                let suggested = bytes(needed.saturating_mul(2).min(reachable));
                ConfigError::Maximum { needed: bytes(needed), limit: bytes(declared), suggested }
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
        let room = (needed - minimum).saturating_mul(PAGE).saturating_sub(lead(unit_size));
        let first_units = room.checked_div(unit_size).unwrap_or(0);
        Ok(Config {
            memory,
            pointer_width: section.pointer_width,
            table: section.table,
            growable: section.growable,
            hooks: section.hooks,
            init: section.init,
            stack_size,
            tls: section.tls,
            unit_size,
            first_units: first_units.min(u64::from(sizes.max_units)) as u32,
            main_stack,
            sizes,
            max_wait: limits.max_wait.map_or(u64::MAX, |limit| u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX)),
            max_output: limits.max_output.unwrap_or(u64::MAX),
            instance_size,
            max_instance_memory,
        })
    }

    /// How many threads there may be at once, including the main one.
    #[must_use]
    pub fn max_threads(&self) -> u32 {
        self.sizes.max_threads
    }

    /// How many control words the process needs.
    #[must_use]
    pub fn words(&self) -> u32 {
        WordLayout::new(self.sizes).len
    }
}

/// How many slots the memory has from the start.
///
/// A growable memory gets more as they are needed. Any other must have them all now: one for each thread allowed,
/// within half of the room that the module left above its minimum, or within all of it if the embedder set the number
/// of threads.
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
    let room = maximum.saturating_sub(minimum).saturating_mul(PAGE).saturating_sub(lead(unit_size));
    let share = if asked_for && !section.growable { room } else { room / 2 };
    let wanted = if section.growable { FIRST_SLOTS } else { u64::MAX };
    (share / unit_size).min(u64::from(max_threads)).min(wanted).max(1)
}

/// How many whole pages a chunk of the given number of units takes.
fn pages(unit_size: u64, units: u64) -> u64 {
    if units == 0 {
        return 0;
    }
    let bytes = u128::from(unit_size) * u128::from(units) + u128::from(lead(unit_size));
    u64::try_from(bytes.div_ceil(u128::from(PAGE))).unwrap_or(u64::MAX)
}

/// The most pages that pointers of a given width can address.
fn reachable_pages(width: PointerWidth) -> u64 {
    match width {
        PointerWidth::Bits32 => 1 << 16,
        PointerWidth::Bits64 => 1 << 48,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::memory_host::Program;

    /// A module that needs one page and may have 256.
    fn section() -> ThreadsSection {
        Program::new().section
    }

    /// Limits with stacks so large that a slot takes a little more than a page.
    fn limits() -> Limits {
        Limits { stack_size: Some(PAGE), ..Limits::default() }
    }

    fn error(section: &ThreadsSection, limits: &Limits) -> ConfigError {
        Config::new(section, limits).expect_err("limits that make no sense")
    }

    #[test]
    fn a_growable_memory_starts_with_a_few_slots() {
        let config = Config::new(&section(), &limits()).unwrap();
        assert_eq!((config.first_units, config.memory.initial, config.memory.maximum), (16, 18, 256));
        assert_eq!(config.memory.slots, PAGE);
        // No more than there may be threads, whole pages filled.
        let config = Config::new(&section(), &Limits { max_threads: Some(2), ..limits() }).unwrap();
        assert_eq!((config.first_units, config.memory.initial), (2, 4));
        // No more than half of the room that there is.
        let mut small = section();
        small.memory.maximum = 9;
        let config = Config::new(&small, &limits()).unwrap();
        assert_eq!((config.first_units, config.memory.initial), (3, 5));
    }

    #[test]
    fn any_other_memory_has_all_its_slots_from_the_start() {
        let fixed = ThreadsSection { growable: false, ..section() };
        let config = Config::new(&fixed, &limits()).unwrap();
        assert_eq!((config.first_units, config.memory.initial), (127, 129), "half of the room");
        let config = Config::new(&fixed, &Limits { max_threads: Some(1000), ..limits() }).unwrap();
        assert_eq!((config.first_units, config.memory.initial), (254, 256), "all of it, as they were asked for");
        let config = Config::new(&fixed, &Limits { max_threads: Some(100), ..limits() }).unwrap();
        assert_eq!((config.first_units, config.memory.initial), (100, 102));
    }

    #[test]
    fn a_module_without_stack_and_tls_gets_no_slots() {
        let plain = ThreadsSection { stack: None, tls: None, ..section() };
        let config = Config::new(&plain, &limits()).unwrap();
        assert_eq!((config.unit_size, config.first_units, config.memory.initial), (0, 0, 1));
    }

    #[test]
    fn the_main_thread_keeps_the_linkers_stack_unless_another_size_was_asked_for() {
        assert_eq!(Config::new(&section(), &Limits::default()).unwrap().main_stack, section().stack);
        assert_eq!(Config::new(&section(), &limits()).unwrap().main_stack, None);
        let tiny = Limits { stack_size: Some(1), ..Limits::default() };
        assert_eq!(Config::new(&section(), &tiny).unwrap().stack_size, MIN_STACK_SIZE);
    }

    #[test]
    fn an_error_says_the_mend() {
        let threads = error(&section(), &Limits { max_threads: Some(40_000), ..limits() });
        assert_eq!(threads.to_string(), "a process cannot have 40000 threads: give a limit from 1 to 32768");
        assert_eq!(error(&section(), &Limits { max_threads: Some(0), ..limits() }), ConfigError::Threads { found: 0 });

        let memory = error(&section(), &Limits { max_memory: Some(2 * PAGE + 1), ..limits() });
        assert_eq!(
            memory.to_string(),
            "the module needs 196608 bytes of memory to start with, but the limit on memory is 131072: raise it to at least 196608"
        );
        let enough = Limits { max_memory: Some(196_608), ..limits() };
        assert!(Config::new(&section(), &enough).is_ok(), "the hint works");

        let mut full = section();
        full.memory.maximum = 2;
        let maximum = error(&full, &limits());
        assert_eq!(
            maximum.to_string(),
            "the module declares at most 131072 bytes of memory, but it needs 196608 with one thread's stack and TLS: \
             link it with --max-memory=393216 or more, or make stacks smaller"
        );
        assert_eq!(
            error(&full, &Limits { max_memory: Some(PAGE), ..limits() }),
            maximum,
            "no limit of the embedder's helps"
        );
        full.memory.maximum = 6;
        assert!(Config::new(&full, &limits()).is_ok(), "the hint works");

        let mut whole = section();
        (whole.memory.minimum, whole.memory.maximum) = (65536, 65536);
        let whole_error = error(&whole, &limits());
        assert_eq!(
            whole_error.to_string(),
            "the module's memory begins with 4294967296 bytes, and 4295098368 are needed for it and one thread's stack and TLS, \
             but its pointers address 4294967296: link it with an --initial-memory at least 131072 bytes smaller"
        );
        whole.memory.minimum -= 2;
        assert!(Config::new(&whole, &limits()).is_ok(), "the hint works");

        let stack = error(&section(), &Limits { stack_size: Some(1 << 33), ..limits() });
        assert_eq!(
            stack.to_string(),
            "a stack of 8589934592 bytes is too large for this module's memory: give a smaller stack size"
        );

        for (size, align) in [(1 << 40, 1), (u64::MAX, 1), (16, 3), (16, 0)] {
            let tls = error(&ThreadsSection { tls: Some(TlsLayout { size, align }), ..section() }, &limits());
            assert_eq!(tls, ConfigError::Tls { size, align });
            assert!(tls.to_string().ends_with("threadify the original module again"));
        }
    }

    #[test]
    fn whatever_a_section_says_the_plan_fits_or_is_refused() {
        let wide = [
            0,
            1,
            255,
            PAGE - 1,
            PAGE,
            1 << 31,
            u64::from(u32::MAX),
            1 << 47,
            (1 << 48) - 1,
            1 << 48,
            u64::MAX - 1,
            u64::MAX,
        ];
        // A limit and another one, from both ends of the list.
        let sizes = || [None].into_iter().chain(wide.map(Some));
        let pairs: alloc::vec::Vec<_> =
            sizes().zip(sizes().collect::<alloc::vec::Vec<_>>().into_iter().rev()).collect();
        let tlss = wide.iter().flat_map(|&size| [1, 8, 1 << 31].map(|align| Some(TlsLayout { size, align })));
        let mut planned = 0;
        for tls in tlss.chain([None]) {
            for (minimum, maximum) in wide.iter().flat_map(|&minimum| wide.map(|maximum| (minimum, maximum))) {
                for &(stack_size, max_memory) in &pairs {
                    for (pointer_width, growable) in
                        [(PointerWidth::Bits32, true), (PointerWidth::Bits64, false), (PointerWidth::Bits64, true)]
                    {
                        let mut section = ThreadsSection { pointer_width, growable, tls, ..section() };
                        (section.memory.minimum, section.memory.maximum) = (minimum, maximum);
                        let limits =
                            Limits { stack_size, max_memory, max_threads: Some(MAX_THREADS), ..Limits::default() };
                        let Ok(config) = Config::new(&section, &limits) else { continue };
                        planned += 1;
                        let plan = config.memory;
                        assert!(minimum <= plan.initial && plan.initial <= plan.maximum && plan.maximum <= maximum);
                        let room = u128::from(plan.initial - minimum) * u128::from(PAGE);
                        assert!(u128::from(config.unit_size) * u128::from(config.first_units) <= room);
                        assert!(config.first_units > 0, "main gets one");
                        assert!(config.words() > 0);
                    }
                }
            }
        }
        assert!(planned > 1000, "{planned}");
    }
}
