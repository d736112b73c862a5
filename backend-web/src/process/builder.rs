//! [`ProcessBuilder`]: a process before it is started.

use std::{fmt, time::Duration};

use raddle_runtime_api::{Event, Limits, Value};

use crate::{process::delivery::Sinks, program::Program};

/// A process before it is started.
#[must_use = "a process runs when it is started"]
pub struct ProcessBuilder {
    pub(crate) program: Program,
    pub(super) entry: Option<String>,
    pub(super) args: Vec<Value>,
    pub(crate) limits: Limits,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) sinks: Sinks,
    pub(crate) imports: Option<String>,
    pub(crate) pool_size: Option<u32>,
}

impl Program {
    /// A process of this program, to be given its limits and streams, and started.
    pub fn process(&self) -> ProcessBuilder {
        ProcessBuilder::new(self.clone())
    }
}

impl ProcessBuilder {
    fn new(program: Program) -> ProcessBuilder {
        ProcessBuilder {
            program,
            entry: None,
            args: Vec::new(),
            limits: Limits::default(),
            time_limit: None,
            sinks: Sinks::default(),
            imports: None,
            pool_size: None,
        }
    }

    /// The exported function that the main thread calls. Without this it is `_start`, or else `main`.
    pub fn entry(mut self, name: impl Into<String>) -> Self {
        self.entry = Some(name.into());
        self
    }

    /// The entry's arguments. A `main` that was not named and takes C's argument count and vector is given zeros.
    pub fn args(mut self, args: impl Into<Vec<Value>>) -> Self {
        self.args = args.into();
        self
    }

    /// The most threads that live or were not joined, the main one included: 1 to 32768; 4096 unless it is set. One
    /// more is refused with `AGAIN`, as is one for which the page has no [worker](crate::RuntimeOptions::max_workers).
    pub fn max_threads(mut self, threads: u32) -> Self {
        self.limits.max_threads = Some(threads);
        self
    }

    /// The most guest memory in bytes, rounded down to pages of 64 KiB; what the module declares unless it is set.
    /// Growing beyond fails in the guest.
    pub fn max_memory(mut self, bytes: u64) -> Self {
        self.limits.max_memory = Some(bytes);
        self
    }

    /// The size in bytes of each thread's stack in guest memory, the main thread's too. Unless it is set, the main
    /// thread has the linker's stack and the others 256 KiB.
    pub fn stack_size(mut self, bytes: u64) -> Self {
        self.limits.stack_size = Some(bytes);
        self
    }

    /// How long the process may run. When that is over, it ends as [`Outcome::TimedOut`], whatever the page does
    /// meanwhile. Without this it may run for ever.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// The longest that one wait, join, lock or sleep of a guest's thread may take; for ever unless it is set. A thread
    /// that is blocked for longer ends the process as a trap of the kind [`WaitLimit`](TrapKind::WaitLimit).
    pub fn max_wait(mut self, limit: Duration) -> Self {
        self.limits.max_wait = Some(limit);
        self
    }

    /// The most bytes that the guest may write, to both streams together; as many as it likes unless it is set. A write
    /// that would exceed them is refused whole, with `AGAIN`.
    pub fn max_output(mut self, bytes: u64) -> Self {
        self.limits.max_output = Some(bytes);
        self
    }

    /// Who is given what the guest writes to standard output; the console unless it is set. Each call has one piece of
    /// one write.
    pub fn stdout(mut self, sink: impl Fn(&[u8]) + 'static) -> Self {
        self.sinks.stdout = Box::new(move |bytes| sink(&bytes.to_vec()));
        self
    }

    /// Who is given what the guest writes to standard error; the console unless it is set.
    pub fn stderr(mut self, sink: impl Fn(&[u8]) + 'static) -> Self {
        self.sinks.stderr = Box::new(move |bytes| sink(&bytes.to_vec()));
        self
    }

    /// Who is told what happens in the process, on the page and some time after it happened.
    pub fn on_event(mut self, on_event: impl Fn(&Event) + 'static) -> Self {
        self.sinks.on_event = Some(Box::new(on_event));
        self
    }

    /// The URL of a JavaScript module with the embedder's own imports, which every worker imports. Its default export
    /// is an object of modules of functions, or a function that makes one for a worker; it is given `memory`,
    /// `threadId()`, `hasEnded()`, `waitEnded(milliseconds)` and `notify(address, count)`.
    pub fn imports(mut self, url: impl Into<String>) -> Self {
        self.imports = Some(url.into());
        self
    }

    /// How many workers without a thread stay, to take the next ones; as many are started ahead of need where the
    /// module can spawn. Unless it is set, as many as can run at once, but at most 4.
    pub fn pool_size(mut self, workers: u32) -> Self {
        self.pool_size = Some(workers);
        self
    }
}

impl fmt::Debug for ProcessBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessBuilder")
            .field("entry", &self.entry)
            .field("args", &self.args)
            .field("limits", &self.limits)
            .field("time_limit", &self.time_limit)
            .field("imports", &self.imports)
            .finish_non_exhaustive()
    }
}
