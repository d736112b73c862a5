//! A host without wasm: its guests are closures, its threads are the standard library's.
//!
//! It exists to test the semantics of threads apart from any engine, and as an example for authors of backends:
//! everything that a backend must supply is here, in its simplest form. [`Program`] is what an embedder would use,
//! [`MemoryHost`] implements [`Host`], `memory` and `parking` are its two larger primitives, `instance` is the thread's
//! instance.
//!
//! ```
//! use raddle_runtime_api::{Outcome, Threads, Value, abi, memory_host::Program};
//!
//! let mut program = Program::new();
//! let double = program.function(|_thread, arg| Ok(arg * 2));
//! let outcome = program.run(move |thread| {
//!     let (tid, value) = (16, 24);
//!     assert_eq!(thread.thread_spawn(double, 21, 0, tid)?, abi::Status::Ok);
//!     let tid = thread.load(tid) as i32;
//!     assert_eq!(thread.thread_join(tid, abi::FOREVER, value)?, abi::Status::Ok);
//!     Ok(vec![Value::I32(thread.load(value) as i32)])
//! });
//! assert_eq!(outcome, Outcome::Returned(vec![Value::I32(42)]));
//! ```

mod instance;
mod memory;
mod parking;
mod program;
mod signal;

use alloc::{string::ToString, sync::Arc, vec::Vec};
use std::{
    sync::{Mutex, PoisonError},
    thread,
    time::Instant,
};

pub use self::memory::PlainMemory;
pub use self::program::{Program, StartError};
pub use self::signal::Signal;
use self::{
    instance::{ClosureInstance, Functions},
    parking::Parking,
};
use crate::{
    AtomicWords, Capabilities, Config, Event, GuestBytes, GuestMemory, Host, LaunchError, StartJob, Stream, Thread,
    Tried, abi::Status,
};

/// The host of one process. A clone is the same host.
#[derive(Debug, Clone)]
pub struct MemoryHost(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    words: AtomicWords,
    memory: PlainMemory,
    parking: Parking,
    functions: Functions,
    capabilities: Capabilities,
    origin: Instant,
    output: Mutex<Vec<(Stream, Vec<u8>)>>,
    events: Mutex<Vec<Event>>,
}

impl MemoryHost {
    fn new(config: &Config, functions: Functions, capabilities: Capabilities) -> MemoryHost {
        MemoryHost(Arc::new(Shared {
            words: AtomicWords::zeroed(config.words()),
            memory: PlainMemory::new(config.memory.initial, config.memory.maximum),
            parking: Parking::default(),
            functions,
            capabilities,
            origin: Instant::now(),
            output: Mutex::default(),
            events: Mutex::default(),
        }))
    }

    /// A host without functions, for tests of the parts of a process.
    #[cfg(test)]
    pub(crate) fn bare(config: &Config) -> MemoryHost {
        MemoryHost::new(config, Functions::default(), Capabilities::all())
    }

    fn park_unless(&self, word: u32, expected: u32, deadline: Option<u64>, is_called: impl Fn() -> bool) {
        let left = || deadline.map(|deadline| deadline.saturating_sub(self.now()));
        self.0.parking.park(&self.0.words, word, expected, is_called, left);
    }

    /// What the guest has written to a stream so far.
    #[must_use]
    pub fn output(&self, stream: Stream) -> Vec<u8> {
        let output = self.0.output.lock().unwrap_or_else(PoisonError::into_inner);
        output.iter().filter(|(to, _)| *to == stream).map(|(_, bytes)| &bytes[..]).collect::<Vec<_>>().concat()
    }

    /// Every event so far.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.0.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Host for MemoryHost {
    type Words = AtomicWords;
    type Memory = PlainMemory;
    type Interests = Signal;

    fn words(&self) -> &AtomicWords {
        &self.0.words
    }

    fn memory(&self) -> &PlainMemory {
        &self.0.memory
    }

    fn park(&self, word: u32, expected: u32, deadline: Option<u64>) {
        self.park_unless(word, expected, deadline, || false);
    }

    fn park_outside(&self, word: u32, expected: u32, deadline: Option<u64>, signal: &Signal) {
        self.park_unless(word, expected, deadline, || signal.was_given());
    }

    fn unpark_one(&self, word: u32) {
        self.0.parking.unpark(word);
    }

    fn unpark_all(&self, word: u32) {
        self.0.parking.unpark(word);
    }

    fn launch(&self, job: StartJob, _name: &str) -> Result<(), LaunchError> {
        let host = self.clone();
        let raw = job.into_raw();
        let run = move || StartJob::from_raw(raw).run(host, |thread| Ok(ClosureInstance::new(thread)));
        match thread::Builder::new().spawn(run) {
            Ok(_detached) => Ok(()),
            Err(error) => Err(LaunchError { job: StartJob::from_raw(raw), reason: error.to_string() }),
        }
    }

    fn interrupt(&self, _live: u32) {
        // A closure cannot be interrupted: one that computes must call the host now and then.
    }

    fn now(&self) -> u64 {
        u64::try_from(self.0.origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn parallelism(&self) -> u32 {
        thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(u32::MAX))
    }

    fn yield_now(&self) {
        thread::yield_now();
    }

    fn write(&self, stream: Stream, bytes: &mut GuestBytes<'_, PlainMemory>) -> Tried<Status, Signal> {
        let mut whole = Vec::new();
        while let Some(chunk) = bytes.next_chunk() {
            whole.extend_from_slice(chunk);
        }
        self.0.output.lock().unwrap_or_else(PoisonError::into_inner).push((stream, whole));
        Tried::Done(Status::Ok)
    }

    fn event(&self, event: &Event) {
        self.0.events.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
        if let Some(on_event) = &self.0.functions.on_event {
            on_event(event);
        }
    }

    fn capabilities(&self) -> Capabilities {
        self.0.capabilities
    }
}

/// What closures use in place of loads and stores.
///
/// # Panics
/// All of them panic if the address is outside memory or not a multiple of 4: they are for tests.
impl Thread<MemoryHost> {
    /// An atomic load of a word of guest memory.
    #[must_use]
    pub fn load(&self, addr: u64) -> u32 {
        self.host().memory().load32(addr).expect("an aligned address inside memory")
    }

    /// An atomic store to a word of guest memory.
    pub fn store(&self, addr: u64, value: u32) {
        self.host().memory().store32(addr, value).expect("an aligned address inside memory");
    }

    /// Adds to a word of guest memory, wrapping, and returns what it held.
    pub fn fetch_add(&self, addr: u64, value: u32) -> u32 {
        let memory = self.host().memory();
        loop {
            let old = self.load(addr);
            if memory.compare_exchange32(addr, old, old.wrapping_add(value)) == Ok(Ok(old)) {
                return old;
            }
        }
    }
}
