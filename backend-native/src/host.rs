//! [`NativeHost`]: the primitives that the semantics stand on, put together for one process.

use std::{
    fmt,
    sync::{Arc, OnceLock, Weak, atomic::AtomicU32},
    time::{Duration, Instant},
};

use raddle_runtime_api::{
    AtomicWords, Capabilities, Config, Event, GuestBytes, Host, LaunchError, Process, StartJob, Stream, abi::Status,
};

use crate::{memory::Memory, os_threads, output::Output, park, runtime::Runtime, watchdog::Watch};

/// Runs one thread's job: it knows the module and the embedder's imports and data, whose type the host need not know.
pub(crate) type RunJob = Box<dyn Fn(&Process<NativeHost>, StartJob) + Send + Sync>;

/// Who is told what happens in a process.
pub(crate) type OnEvent = Box<dyn Fn(&Event) + Send + Sync>;

/// The host of one process. A clone is the same host.
#[derive(Clone)]
pub(crate) struct NativeHost(Arc<Shared>);

struct Shared {
    words: AtomicWords,
    memory: Memory,
    runtime: Runtime,
    run_job: RunJob,
    stdout: Output,
    stderr: Output,
    on_event: Option<OnEvent>,
    origin: Instant,
    /// The process's time limit, watched as long as anybody has the process.
    watch: OnceLock<Watch>,
}

/// What an embedder gives a process beside the module.
pub(crate) struct Sinks {
    pub(crate) stdout: Output,
    pub(crate) stderr: Output,
    pub(crate) on_event: Option<OnEvent>,
}

impl NativeHost {
    pub(crate) fn new(runtime: Runtime, config: &Config, memory: Memory, run_job: RunJob, sinks: Sinks) -> NativeHost {
        // Pages of zeros that the system has not touched yet: most of a process's records never are.
        let words: Box<[AtomicU32]> = bytemuck::allocation::zeroed_slice_box(config.words() as usize);
        NativeHost(Arc::new(Shared {
            words: AtomicWords::new(words),
            memory,
            runtime,
            run_job,
            stdout: sinks.stdout,
            stderr: sinks.stderr,
            on_event: sinks.on_event,
            origin: Instant::now(),
            watch: OnceLock::new(),
        }))
    }

    /// Keeps the watch on the process's time limit until the last handle on the process is gone.
    pub(crate) fn keep_watch(&self, watch: Watch) {
        // A process has one time limit at most.
        let _ = self.0.watch.set(watch);
    }

    /// A handle that does not keep the process.
    pub(crate) fn downgrade(&self) -> WeakHost {
        WeakHost(Arc::downgrade(&self.0))
    }
}

/// See [`NativeHost::downgrade`].
pub(crate) struct WeakHost(Weak<Shared>);

impl WeakHost {
    pub(crate) fn upgrade(&self) -> Option<NativeHost> {
        self.0.upgrade().map(NativeHost)
    }
}

impl fmt::Debug for NativeHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeHost").field("memory", &self.0.memory).finish_non_exhaustive()
    }
}

impl Host for NativeHost {
    type Words = AtomicWords;
    type Memory = Memory;

    fn words(&self) -> &AtomicWords {
        &self.0.words
    }

    fn memory(&self) -> &Memory {
        &self.0.memory
    }

    fn park(&self, word: u32, expected: u32, deadline: Option<u64>) {
        let timeout = deadline.map(|deadline| Duration::from_nanos(deadline.saturating_sub(self.now())));
        if timeout != Some(Duration::ZERO) {
            park::park(self.0.words.word(word), expected, timeout);
        }
    }

    fn unpark_one(&self, word: u32) {
        park::unpark_one(self.0.words.word(word));
    }

    fn unpark_all(&self, word: u32) {
        park::unpark_all(self.0.words.word(word));
    }

    fn launch(&self, job: StartJob) -> Result<(), LaunchError> {
        let raw = job.into_raw();
        let host = self.clone();
        let run = move || {
            // The words were laid out before anything was launched.
            if let Ok(process) = Process::attach(host.clone()) {
                (host.0.run_job)(&process, StartJob::from_raw(raw));
            }
        };
        self.0
            .runtime
            .os_threads()
            .run(Box::new(run))
            .map_err(|error| LaunchError { job: StartJob::from_raw(raw), reason: error.to_string() })
    }

    fn interrupt(&self) {
        // The epoch is the engine's: threads of other processes notice, too, see that they are not meant, and go on.
        self.0.runtime.engine().increment_epoch();
    }

    fn now(&self) -> u64 {
        u64::try_from(self.0.origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn parallelism(&self) -> u32 {
        self.0.runtime.parallelism()
    }

    fn yield_now(&self) {
        std::thread::yield_now();
    }

    fn write(&self, stream: Stream, bytes: &mut GuestBytes<'_, Memory>) -> Status {
        match stream {
            Stream::Stdout => self.0.stdout.write(bytes),
            Stream::Stderr => self.0.stderr.write(bytes),
        }
    }

    fn event(&self, event: &Event) {
        // Each of these is told on the thread that it is about.
        match event {
            Event::ThreadStarted { name, .. } | Event::ThreadNamed { name, .. } => os_threads::name_current(name),
            _ => {}
        }
        if let Some(on_event) = &self.0.on_event {
            on_event(event);
        }
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::all()
    }
}
