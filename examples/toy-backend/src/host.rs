//! The primitives.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use raddle_backend_native::Memory;
use raddle_runtime_api::{AtomicWords, Capabilities, Capability, Config, GuestBytes, Host, LaunchError};
use raddle_runtime_api::{StartJob, Stream, Tried, Words, abi::Status};

/// Who is told what a process writes, a piece at a time, and says whether the stream takes it.
pub type Write = Box<dyn Fn(Stream, &[u8]) -> bool + Send + Sync>;

/// Runs one thread's job.
pub type Run = Box<dyn Fn(ToyHost, StartJob) + Send + Sync>;

/// The host of one process. Each thread has a clone.
#[derive(Clone)]
pub struct ToyHost(Arc<Shared>);

struct Shared {
    words: AtomicWords,
    memory: Memory,
    /// One lock and one condition variable for everybody: whoever is woken by chance looks again.
    parked: (Mutex<()>, Condvar),
    engine: wasmtime::Engine,
    run: Run,
    write: Mutex<Write>,
    origin: Instant,
}

impl ToyHost {
    /// A host whose threads run their jobs by `run`.
    pub fn new(config: &Config, memory: Memory, engine: wasmtime::Engine, write: Write, run: Run) -> ToyHost {
        let words = AtomicWords::zeroed(config.words());
        let (write, origin) = (Mutex::new(write), Instant::now());
        ToyHost(Arc::new(Shared { words, memory, parked: Default::default(), engine, run, write, origin }))
    }
}

// ANCHOR: host
impl Host for ToyHost {
    type Words = AtomicWords;
    type Memory = Memory;
    // What is not ready here never will be.
    type Interests = ();

    fn words(&self) -> &AtomicWords {
        &self.0.words
    }
    fn memory(&self) -> &Memory {
        &self.0.memory
    }
    fn park(&self, word: u32, expected: u32, deadline: Option<u64>) {
        let (mutex, condvar) = &self.0.parked;
        let guard = mutex.lock().unwrap();
        // Under the lock that an unpark takes after the word was changed.
        if self.0.words.load(word) == expected {
            let left = deadline.map_or(u64::MAX, |deadline| deadline.saturating_sub(self.now()));
            drop(condvar.wait_timeout(guard, Duration::from_nanos(left)));
        }
    }
    fn park_outside(&self, word: u32, expected: u32, deadline: Option<u64>, (): &()) {
        self.park(word, expected, deadline);
    }
    fn unpark_all(&self, _word: u32) {
        drop(self.0.parked.0.lock());
        self.0.parked.1.notify_all();
    }
    fn launch(&self, job: StartJob, _name: &str) -> Result<(), LaunchError> {
        let (host, raw) = (self.clone(), job.into_raw());
        let run = move || (host.0.run)(host.clone(), StartJob::from_raw(raw));
        // The engine wants 512 KiB for wasm, and does not know how much there is.
        let spawned = thread::Builder::new().stack_size(1024 * 1024).spawn(run);
        spawned.map(drop).map_err(|error| LaunchError { job: StartJob::from_raw(raw), reason: error.to_string() })
    }
    fn interrupt(&self, _live: u32) {
        self.0.engine.increment_epoch();
    }
    fn now(&self) -> u64 {
        self.0.origin.elapsed().as_nanos() as u64
    }
    fn parallelism(&self) -> u32 {
        thread::available_parallelism().map_or(1, |count| count.get() as u32)
    }
    fn yield_now(&self) {
        thread::yield_now();
    }
    fn write(&self, stream: Stream, bytes: &mut GuestBytes<'_, Memory>) -> Tried<Status, ()> {
        let write = self.0.write.lock().unwrap();
        while let Some(chunk) = bytes.peek() {
            if !write(stream, chunk) {
                return Tried::NotYet(());
            }
            let len = chunk.len();
            bytes.consume(len);
        }
        Tried::Done(Status::Ok)
    }
    fn capabilities(&self) -> Capabilities {
        Capabilities::all().without(Capability::Memory64).without(Capability::Backtrace)
    }
}
// ANCHOR_END: host
