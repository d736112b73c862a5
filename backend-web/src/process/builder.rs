//! [`ProcessBuilder`]: a process before it is started.

use std::fmt;

use raddle_runtime_api::{Event, Limits, Value, entry_setters, limit_setters};

use crate::{process::delivery::Sinks, program::Program};

/// A process before it is started.
///
/// A spawn for which the page has no worker ([`RuntimeOptions`](crate::RuntimeOptions) says how many there may be) is
/// refused with `AGAIN`, as is one beyond the limit on threads.
#[must_use = "a process runs when it is started"]
pub struct ProcessBuilder {
    pub(crate) program: Program,
    pub(crate) entry: Option<String>,
    pub(super) entry_args: Vec<Value>,
    pub(crate) limits: Limits,
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
            entry_args: Vec::new(),
            limits: Limits::default(),
            sinks: Sinks::default(),
            imports: None,
            pool_size: None,
        }
    }

    entry_setters!();

    limit_setters!();

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
            .field("entry_args", &self.entry_args)
            .field("limits", &self.limits)
            .field("imports", &self.imports)
            .finish_non_exhaustive()
    }
}
