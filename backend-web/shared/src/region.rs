//! Which control words a process has on the web: a header of the host's own, the queue of jobs, the places where
//! workers wait for one, and the words of `raddle-runtime-api`.
//!
//! All processes of a page lie in one shared memory, each in a region of its own. In front of them are a few words that
//! all of them share.

use raddle_runtime_api::Words;

/// How many words the page's own header has; the first region starts behind it.
pub const PAGE_HEADER: u32 = PAGE_SLABS + MAX_WORKERS;

/// The most workers that a page can have, whatever it is told.
pub const MAX_WORKERS: u32 = 2048;

/// How many worker agents of this page are alive or about to be: a word of the page's header.
pub const PAGE_WORKERS: u32 = 0;

/// How many there may be at most.
pub const PAGE_MAX_WORKERS: u32 = 1;

/// The first word of the table of slabs, in which workers have the host module's data: 0 for one that is free, or who
/// has it. A process's workers have its region's base there, and its nursery the bitwise complement of that.
pub const PAGE_SLABS: u32 = 64;

/// How many words the host's own header of a process has.
pub const HEADER: u32 = 64;

/// The words of that header. Those that different agents write often are in different cache lines.
pub mod header {
    /// Guards the queue and the counts of workers.
    pub const LOCK: u32 = 0;
    /// How many jobs were taken so far; wraps.
    pub const TAKEN: u32 = 1;
    /// How many jobs were put so far; wraps.
    pub const PUT: u32 = 2;
    /// Workers that will come for a job by themselves: parked, finishing, or about to park.
    pub const READY: u32 = 3;
    /// Workers of this process that are alive or about to be.
    pub const WORKERS: u32 = 4;
    /// How many workers stay without a job.
    pub const KEEP: u32 = 5;
    /// 1 when no job is taken on any more.
    pub const CLOSED: u32 = 6;
    /// The capacity of the queue: a power of two.
    pub const CAPACITY: u32 = 7;
    /// What parallelism the guest is told.
    pub const PARALLELISM: u32 = 8;
    /// 1 when the embedder wants events.
    pub const EVENTS: u32 = 9;
    /// How many workers are parked: each on its place, one above the other.
    pub const PARKED: u32 = 10;
    /// What the worker that parked last has in its place: never 0.
    pub const TICKET: u32 = 11;
    /// How many workers come for a job within some instructions, as theirs is over.
    pub const FINISHING: u32 = 12;
    /// Workers that were asked for and have not begun: ready from then on, unless the browser starts none.
    pub const EXPECTED: u32 = 13;
    /// Changes when an expected worker has begun or will not, or a job was taken that somebody waits for. Spawners park
    /// on it whose job has no worker yet.
    pub const SETTLED: u32 = 14;
    /// How many spawners do.
    pub const SETTLING: u32 = 15;

    /// Guards the order of output.
    pub const OUTPUT_LOCK: u32 = 32;
    /// Messages sent to the page so far; wraps.
    pub const SENT: u32 = 33;
    /// The weight of the messages sent so far; wraps.
    pub const SENT_BYTES: u32 = 34;
    /// The weight of those that the page has handed on; wraps. Whoever sends too many parks on it.
    pub const HANDED_ON: u32 = 35;

    /// The clock's origin in milliseconds since 1970, as the bits of a 64-bit float: the low half and the high one.
    pub const ORIGIN: u32 = 48;
    /// The latest time that anybody was told, in nanoseconds: two words that are written as one.
    pub const LATEST: u32 = 50;
}

/// Where in its region a process's words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The region's first word, in the memory of all.
    pub base: u32,
    /// How many jobs the queue holds, and how many workers may be parked: a power of two.
    pub capacity: u32,
}

impl Region {
    /// How many words a region has whose process has so many threads at most and needs so many words.
    #[must_use]
    pub fn words(max_threads: u32, runtime_words: u32) -> u32 {
        HEADER + 2 * capacity(max_threads) + runtime_words
    }

    /// A region that was laid out, by its own header.
    pub fn of(words: &(impl Words + ?Sized), base: u32) -> Region {
        Region { base, capacity: words.load(base + header::CAPACITY) }
    }

    /// A new one, for so many threads.
    #[must_use]
    pub fn new(base: u32, max_threads: u32) -> Region {
        Region { base, capacity: capacity(max_threads) }
    }

    /// A word of the host's header.
    #[must_use]
    pub fn word(self, word: u32) -> u32 {
        self.base + word
    }

    /// The word of the queue that a job's number picks.
    #[must_use]
    pub fn slot(self, number: u32) -> u32 {
        self.base + HEADER + (number & (self.capacity - 1))
    }

    /// The word that the worker at a place parks on, counted from the bottom.
    #[must_use]
    pub fn place(self, place: u32) -> u32 {
        self.base + HEADER + self.capacity + place
    }

    /// The first word of `raddle-runtime-api`'s.
    #[must_use]
    pub fn runtime(self) -> u32 {
        self.base + HEADER + 2 * self.capacity
    }
}

/// A job is a thread that was not run yet, so there are at most as many as threads.
fn capacity(max_threads: u32) -> u32 {
    max_threads.next_power_of_two()
}

/// A part of some words, as words that start at 0.
#[derive(Debug, Clone, Copy)]
pub struct Part<W> {
    words: W,
    base: u32,
}

impl<W> Part<W> {
    /// The words from `base` on.
    pub fn new(words: W, base: u32) -> Part<W> {
        Part { words, base }
    }

    /// Which of the whole's words one is.
    pub fn index(&self, at: u32) -> u32 {
        self.base + at
    }

    /// The whole.
    pub fn whole(&self) -> &W {
        &self.words
    }
}

impl<W: Words> Words for Part<W> {
    fn load(&self, at: u32) -> u32 {
        self.words.load(self.base + at)
    }

    fn store(&self, at: u32, value: u32) {
        self.words.store(self.base + at, value);
    }

    fn swap(&self, at: u32, value: u32) -> u32 {
        self.words.swap(self.base + at, value)
    }

    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32> {
        self.words.compare_exchange(self.base + at, current, new)
    }

    fn fetch_add(&self, at: u32, value: u32) -> u32 {
        self.words.fetch_add(self.base + at, value)
    }

    fn fetch_sub(&self, at: u32, value: u32) -> u32 {
        self.words.fetch_sub(self.base + at, value)
    }

    fn fetch_or(&self, at: u32, bits: u32) -> u32 {
        self.words.fetch_or(self.base + at, bits)
    }

    fn fence(&self) {
        self.words.fence();
    }
}
