//! [`ProcessBuilder`] and [`Process`]: one run of a program. `completion` is its end as a future, `notifier` wakes its
//! threads from outside.

mod completion;
mod notifier;

use std::{
    fmt,
    io::{self, Write},
    sync::Arc,
    time::{Duration, Instant},
};

use raddle_runtime_api::{
    Config, Event, FunctionType, Host, Limits, Outcome, PAGE, Process as ApiProcess, Stats, Value, ValueType,
    abi::PointerWidth,
};
use wasmtime::{Linker, MemoryTypeBuilder, SharedMemory, Store};

pub use self::{completion::Completion, notifier::Notifier};
use crate::{
    error::{Error, MissingImport},
    host::{NativeHost, Sinks, events::OnEvent, memory::Memory, output::Output},
    instance::{
        MakeData, NativeInstance, Template, imports,
        state::{ThreadInfo, ThreadState},
    },
    machine::wakers::Wakers,
    program::Program,
};

/// A process before it is started. `T` is what each thread's store holds for the embedder's own imports.
#[must_use = "a process runs when it is started"]
pub struct ProcessBuilder<T: 'static = ()> {
    program: Program,
    linker: Linker<ThreadState<T>>,
    make_data: MakeData<T>,
    entry: Option<String>,
    args: Vec<Value>,
    limits: Limits,
    time_limit: Option<Duration>,
    stdout: Output,
    stderr: Output,
    on_event: Option<OnEvent>,
}

impl Program {
    /// A process of this program, to be given its limits and streams, and started.
    pub fn process(&self) -> ProcessBuilder {
        self.process_with(Linker::new(self.engine()), |_| ())
    }

    /// A process of this program with imports of the embedder's own. `data` makes what each thread's store holds, on
    /// that thread, before its instance is made; the imports get it from [`ThreadState::data`].
    ///
    /// The linker comes from [`linker`](Program::linker), with whatever was defined in it. An import may be called on
    /// any thread of the process, and on several at once. One that fails or panics ends the process with a trap of the
    /// kind [`Host`](crate::TrapKind::Host). It has the stack that
    /// [`RuntimeBuilder::host_stack`](crate::RuntimeBuilder::host_stack) sets.
    pub fn process_with<T: 'static>(
        &self,
        linker: Linker<ThreadState<T>>,
        data: impl Fn(&ThreadInfo) -> T + Send + Sync + 'static,
    ) -> ProcessBuilder<T> {
        ProcessBuilder::new(self.clone(), linker, Box::new(data))
    }

    /// An empty linker, for imports of the embedder's own.
    #[must_use]
    pub fn linker<T: 'static>(&self) -> Linker<ThreadState<T>> {
        Linker::new(self.engine())
    }
}

impl<T: 'static> ProcessBuilder<T> {
    pub(crate) fn new(program: Program, linker: Linker<ThreadState<T>>, make_data: MakeData<T>) -> ProcessBuilder<T> {
        ProcessBuilder {
            program,
            linker,
            make_data,
            entry: None,
            args: Vec::new(),
            limits: Limits::default(),
            time_limit: None,
            stdout: Output::new(io::stdout()),
            stderr: Output::new(io::stderr()),
            on_event: None,
        }
    }

    /// The exported function that the main thread calls; by default `_start`, or else `main`.
    pub fn entry(mut self, name: impl Into<String>) -> Self {
        self.entry = Some(name.into());
        self
    }

    /// The entry's arguments. A `main` that was not named and takes C's argument count and vector gets zeros.
    pub fn args(mut self, args: impl Into<Vec<Value>>) -> Self {
        self.args = args.into();
        self
    }

    /// The most threads that are live or not yet joined, including the main one: 1 to 32768; 4096 by default. A spawn
    /// beyond that gets `AGAIN`.
    pub fn max_threads(mut self, threads: u32) -> Self {
        self.limits.max_threads = Some(threads);
        self
    }

    /// The most guest memory in bytes, rounded down to pages of 64 KiB; by default what the module declares. Beyond it,
    /// the guest's `memory.grow` fails.
    pub fn max_memory(mut self, bytes: u64) -> Self {
        self.limits.max_memory = Some(bytes);
        self
    }

    /// The size in bytes of each thread's stack in guest memory, including the main thread's. By default the main
    /// thread has the linker's stack and the others have 256 KiB.
    pub fn stack_size(mut self, bytes: u64) -> Self {
        self.limits.stack_size = Some(bytes);
        self
    }

    /// How long the process may run before it ends as [`Outcome::TimedOut`]. There is no limit by default.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// The longest that one wait, join, lock or sleep of a guest thread may take; no limit by default. A thread that is
    /// blocked for longer ends the process with a trap of the kind
    /// [`WaitLimit`](raddle_runtime_api::TrapKind::WaitLimit), whose backtrace says where: this finds a thread that
    /// hangs while others go on. Deadlocks of all threads are found at once, whatever this is.
    pub fn max_wait(mut self, limit: Duration) -> Self {
        self.limits.max_wait = Some(limit);
        self
    }

    /// The most bytes that the guest may write, to both streams together; no limit by default. A write that would
    /// exceed this is refused as a whole, with `AGAIN`.
    pub fn max_output(mut self, bytes: u64) -> Self {
        self.limits.max_output = Some(bytes);
        self
    }

    /// Where the guest's standard output goes; by default to this program's. Each write by the guest is made under one
    /// lock and flushed.
    pub fn stdout(mut self, writer: impl Write + Send + 'static) -> Self {
        self.stdout = Output::new(writer);
        self
    }

    /// Where the guest's standard error goes; by default to this program's.
    pub fn stderr(mut self, writer: impl Write + Send + 'static) -> Self {
        self.stderr = Output::new(writer);
        self
    }

    /// A callback for what happens in the process. It is called on the thread where it happens, before that thread goes
    /// on, and possibly on several threads at once. If it panics, the process ends with a trap of the kind
    /// [`Host`](crate::TrapKind::Host).
    pub fn on_event(mut self, on_event: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.on_event = Some(Box::new(on_event));
        self
    }

    /// Starts the process.
    ///
    /// # Errors
    /// [`Error`]: an import is missing (all are listed), the entry does not exist or takes other arguments, the limits
    /// do not fit the module, or there is no memory or thread for it. Nothing has run then.
    ///
    /// # Blocking
    /// Does not wait for the process.
    pub fn start(self) -> Result<Process, Error> {
        let process = self.create()?;
        process.launch()?;
        Ok(process)
    }

    /// Starts the process with a [`Notifier`] that exists before any thread runs: for a guest that waits for the
    /// embedder.
    ///
    /// # Errors
    /// As [`start`](ProcessBuilder::start).
    ///
    /// # Blocking
    /// Does not wait for the process.
    pub fn start_with_notifier(self) -> Result<(Process, Notifier), Error> {
        let process = self.create()?;
        let notifier = process.notifier();
        process.launch()?;
        Ok((process, notifier))
    }

    /// The process with everything that it needs, but without a thread.
    fn create(mut self) -> Result<Process, Error> {
        let (entry, args) = self.resolve_entry()?;
        let program = self.program;
        let section = program.section();
        let config = Config::new(section, &self.limits)?;
        let memory = create_memory(&program, &config)?;

        imports::define(&mut self.linker, section.pointer_width).map_err(Error::Link)?;
        define_memory(&program, &mut self.linker, &memory)?;
        let instance_pre = self.linker.instantiate_pre(program.module());
        let instance_pre = instance_pre.map_err(|error| link_error(&program, &self.linker, error))?;
        let template = Arc::new(Template {
            program: program.clone(),
            instance_pre,
            linker: self.linker,
            entry,
            args,
            make_data: self.make_data,
        });

        let run_job = Box::new(move |host: NativeHost, job: raddle_runtime_api::StartJob| {
            job.run(host, |thread| NativeInstance::new(&template, thread));
        });
        let sinks = Sinks { stdout: self.stdout, stderr: self.stderr, on_event: self.on_event };
        let host = NativeHost::new(program.runtime().clone(), &config, Memory::new(memory), run_job, sinks);
        let process = ApiProcess::create(host, &config);
        if let Some(limit) = self.time_limit {
            watch(&program, process.host(), limit)?;
        }
        Ok(Process { process })
    }

    /// Starts the process and waits for its end. After that nothing is left of it: the closures and writers that it was
    /// given have been dropped.
    ///
    /// # Errors
    /// As [`start`](ProcessBuilder::start).
    ///
    /// # Blocking
    /// Until the process has ended.
    pub fn run(self) -> Result<Outcome, Error> {
        Ok(self.start()?.wait())
    }

    /// The entry and its arguments, checked against its type.
    fn resolve_entry(&self) -> Result<(String, Vec<Value>), Error> {
        let exports = || self.program.exports().map(|(name, _)| name.to_owned()).collect();
        let (name, args) = match &self.entry {
            Some(name) if self.program.has_function(name) => (name.as_str(), Vec::new()),
            Some(name) => return Err(Error::NoEntry { name: name.clone(), exports: exports() }),
            None => self.program.default_entry().ok_or_else(|| Error::NoDefaultEntry { exports: exports() })?,
        };
        let ty = self.program.export(name).ok_or_else(|| Error::EntryType { name: name.into() })?;
        let args = if self.args.is_empty() { args } else { self.args.clone() };
        let found: Vec<ValueType> = args.iter().map(|&value| value.into()).collect();
        if found != ty.params {
            let FunctionType { params, .. } = ty;
            return Err(Error::Arguments { name: name.into(), expected: join(&params), found: join(&found) });
        }
        Ok((name.into(), args))
    }
}

impl<T> fmt::Debug for ProcessBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessBuilder")
            .field("entry", &self.entry)
            .field("args", &self.args)
            .field("limits", &self.limits)
            .field("time_limit", &self.time_limit)
            .finish_non_exhaustive()
    }
}

/// A running process: all its threads, and its end. Cheap to clone; a clone is the same process. Dropping it does not
/// end the process.
#[derive(Debug, Clone)]
pub struct Process {
    process: ApiProcess<NativeHost>,
}

impl Process {
    fn launch(&self) -> Result<(), Error> {
        self.process.start().map_err(|error| Error::Thread { reason: error.reason })
    }

    /// Lets the embedder wake threads of the guest; while the notifier exists, a process whose threads all wait is not
    /// deadlocked. For a guest that may wait for the embedder from its first instruction on, see
    /// [`start_with_notifier`](ProcessBuilder::start_with_notifier).
    pub fn notifier(&self) -> Notifier {
        Notifier::new(self.process.notifier())
    }

    /// Waits for the end, and returns the outcome. Every thread has stopped then, and its OS thread is free for other
    /// work. The process's memory, and what the embedder gave it, are dropped with the last handle to it.
    ///
    /// # Blocking
    /// Until the process has ended.
    #[must_use]
    pub fn wait(&self) -> Outcome {
        loop {
            if let Some(outcome) = self.wait_until(None) {
                return outcome;
            }
        }
    }

    fn wait_until(&self, deadline: Option<Instant>) -> Option<Outcome> {
        if self.process.host().wait_over(deadline) { self.process.wait(None) } else { None }
    }

    /// Waits for the end, for at most `timeout`; `None` if the process has not ended by then. It goes on.
    ///
    /// # Blocking
    /// Until the process has ended, or for `timeout`.
    #[must_use]
    pub fn wait_timeout(&self, timeout: Duration) -> Option<Outcome> {
        // A time that the clock cannot tell is for ever.
        self.wait_until(Instant::now().checked_add(timeout))
    }

    /// How the process ended, if it is complete: then all is true that is true when [`wait`](Process::wait) returns.
    ///
    /// # Blocking
    /// Never.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        if self.process.host().is_over() { self.process.wait(None) } else { None }
    }

    pub(crate) fn wakers(&self) -> &Wakers {
        self.process.host().wakers()
    }

    /// Ends the process as [`Outcome::Killed`], unless it has already ended. Returns whether this was its end.
    ///
    /// # Blocking
    /// Does not wait until the threads have stopped; [`wait`](Process::wait) does.
    pub fn kill(&self) -> bool {
        self.process.host().end(&Outcome::Killed)
    }

    /// The guest's memory, which the threads may change at any time.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        self.process.host().memory()
    }

    /// Counts of threads, slots and memory, now or at the end.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.process.stats()
    }
}

/// Ends the process when its time limit passes.
fn watch(program: &Program, host: &NativeHost, limit: Duration) -> Result<(), Error> {
    // A time that the clock cannot tell is for ever.
    let Some(when) = Instant::now().checked_add(limit) else { return Ok(()) };
    let weak = host.downgrade();
    let bite = Box::new(move || {
        weak.with(|host| {
            host.end(&Outcome::TimedOut);
        });
    });
    let watch = program.runtime().watchdog().watch(when, bite);
    host.keep_watch(watch.map_err(|error| Error::Thread { reason: error.to_string() })?);
    Ok(())
}

fn create_memory(program: &Program, config: &Config) -> Result<SharedMemory, Error> {
    let plan = config.memory;
    let create = || {
        let ty = MemoryTypeBuilder::new()
            .memory64(program.section().pointer_width == PointerWidth::Bits64)
            .shared(true)
            .min(plan.initial)
            .max(Some(plan.maximum))
            .build()?;
        SharedMemory::new(program.engine(), ty)
    };
    create().map_err(|source| Error::Memory { maximum: plan.maximum.saturating_mul(PAGE), source })
}

fn define_memory<T: 'static>(
    program: &Program,
    linker: &mut Linker<ThreadState<T>>,
    memory: &SharedMemory,
) -> Result<(), Error> {
    let import = &program.section().memory;
    let store = Store::new(program.engine(), ThreadState::for_linking());
    linker.define(&store, &import.module, &import.name, memory.clone()).map_err(Error::Link).map(drop)
}

/// Why linking failed: every import that is missing, or else what the engine says.
fn link_error<T: 'static>(program: &Program, linker: &Linker<ThreadState<T>>, error: wasmtime::Error) -> Error {
    let mut store = Store::new(program.engine(), ThreadState::for_linking());
    let mut missing: Vec<MissingImport> = Vec::new();
    for import in program.module().imports() {
        let is_missing = linker.get_by_import(&mut store, &import).is_none();
        let import = MissingImport { module: import.module().into(), name: import.name().into() };
        if is_missing && !missing.contains(&import) {
            missing.push(import);
        }
    }
    if missing.is_empty() { Error::Link(error) } else { Error::Imports { imports: missing } }
}

fn join(types: &[ValueType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
