//! [`ProcessBuilder`]: a process before it is started.

use std::{
    fmt,
    io::{self, Write},
    sync::Arc,
    time::{Duration, Instant},
};

use raddle_runtime_api::{
    Config, Event, Limits, Outcome, Process as ApiProcess, StartError, Value, entry_setters, limit_setters,
};
use wasmtime::Linker;

use super::{Notifier, Process, link};
#[cfg(feature = "wasi")]
use crate::instance::wasi;
use crate::{
    error::Error,
    host::{
        NativeHost, Sinks,
        events::OnEvent,
        memory::Memory,
        output::{Output, Standard, TryWrite},
    },
    instance::{
        MakeData, NativeInstance, Template,
        state::{ThreadInfo, ThreadState},
    },
    program::Program,
};

/// A process before it is started. `T` is what each thread's store holds for the embedder's own imports.
#[must_use = "a process runs when it is started"]
pub struct ProcessBuilder<T: 'static = ()> {
    program: Program,
    linker: Linker<ThreadState<T>>,
    make_data: MakeData<T>,
    entry: Option<String>,
    entry_args: Vec<Value>,
    limits: Limits,
    /// This program's own, if no other is given.
    stdout: Option<Output>,
    stderr: Option<Output>,
    on_event: Option<OnEvent>,
    #[cfg(feature = "wasi")]
    wasi: Option<raddle_wasi::State>,
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
            entry_args: Vec::new(),
            limits: Limits::default(),
            stdout: None,
            stderr: None,
            on_event: None,
            #[cfg(feature = "wasi")]
            wasi: None,
        }
    }

    entry_setters!();

    limit_setters!();

    /// Where the guest's standard output goes; by default to this program's own, as [`Standard`] does it. Each write by
    /// the guest is flushed, in pieces of 64 KiB at the most.
    ///
    /// The writer may block: one of the runtime's threads writes, from the first write to the process's end, and the
    /// guest's thread waits for that so that it can be stopped. If it is stopped, the writer may still be at its piece
    /// when the process is complete; that is waited for at most a second, and after that the writer is dropped when it
    /// comes back. If there is no thread to be had, the guest's own thread writes.
    pub fn stdout(mut self, writer: impl Write + Send + 'static) -> Self {
        self.stdout = Some(Output::pumped(writer, self.program.runtime().os_threads().clone()));
        self
    }

    /// Where the guest's standard error goes; by default to this program's own. See [`stdout`](ProcessBuilder::stdout).
    pub fn stderr(mut self, writer: impl Write + Send + 'static) -> Self {
        self.stderr = Some(Output::pumped(writer, self.program.runtime().os_threads().clone()));
        self
    }

    /// As [`stdout`](ProcessBuilder::stdout), with a stream that does not block. The guest's threads write to it
    /// themselves, one at a time.
    pub fn try_stdout(mut self, stream: impl TryWrite + 'static) -> Self {
        self.stdout = Some(Output::new(stream));
        self
    }

    /// As [`try_stdout`](ProcessBuilder::try_stdout), for standard error.
    pub fn try_stderr(mut self, stream: impl TryWrite + 'static) -> Self {
        self.stderr = Some(Output::new(stream));
        self
    }

    /// A callback for what happens in the process. It is called on the thread where it happens, before that thread goes
    /// on, and possibly on several threads at once. If it panics, the process ends with a trap of the kind
    /// [`Host`](crate::TrapKind::Host).
    pub fn on_event(mut self, on_event: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.on_event = Some(Box::new(on_event));
        self
    }

    /// Gives the process WASI preview 1 and wasi-threads: what the module imports from `wasi_snapshot_preview1` and
    /// `wasi`, unless the linker defines it already. The standard streams that it reads and writes are those of [`Wasi`](crate::wasi::Wasi);
    /// [`stdout`](ProcessBuilder::stdout) and [`stderr`](ProcessBuilder::stderr) are for the `write` of raddle's own
    /// ABI. All of it is closed before the outcome is given.
    ///
    /// # Errors
    /// [`wasi::Error`](crate::wasi::Error): an argument, a variable or a stream is not possible.
    #[cfg(feature = "wasi")]
    pub fn wasi(mut self, wasi: raddle_wasi::Wasi) -> Result<Self, raddle_wasi::Error> {
        self.wasi = Some(wasi.build()?);
        Ok(self)
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
        let program = self.program;
        program.runtime().check_here()?;
        let entry = program.exports().entry(self.entry.as_deref())?.with_args(&self.entry_args)?;
        let config = Config::new(program.section(), &self.limits)?;
        let (memory, room) = link::create_memory(&program, &config)?;
        #[cfg(feature = "wasi")]
        if self.wasi.is_some() {
            wasi::define(&mut self.linker).map_err(Error::Link)?;
            wasi::define_threads(&mut self.linker).map_err(Error::Link)?;
        }
        let instance_pre = link::link(&program, &mut self.linker, &memory)?;
        let template = Arc::new(Template {
            program: program.clone(),
            instance_pre,
            linker: self.linker,
            entry,
            make_data: self.make_data,
            #[cfg(feature = "wasi")]
            wasi: self.wasi.map(wasi::Wasi::new),
        });

        let run_job = Box::new(move |host: NativeHost, job: raddle_runtime_api::StartJob| {
            #[cfg(feature = "wasi")]
            let last = template.wasi.as_ref().map(|wasi| (wasi, host.clone()));
            job.run(host, |thread| NativeInstance::new(&template, thread));
            #[cfg(feature = "wasi")]
            if let Some((wasi, host)) = last
                && ApiProcess::attach(host).is_ok_and(|process| process.outcome().is_some())
            {
                wasi.close();
            }
        });
        let sinks = Sinks {
            stdout: self.stdout.unwrap_or_else(standard_output),
            stderr: self.stderr.unwrap_or_else(|| Output::new(Standard::stderr())),
            on_event: self.on_event,
        };
        let host = NativeHost::new(program.runtime().clone(), &config, Memory::new(memory), room, run_job, sinks);
        let process = ApiProcess::create(host, &config);
        if let Some(limit) = self.limits.time_limit {
            watch(&program, process.host(), limit)?;
        }
        Ok(Process::new(process))
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
}

impl<T> fmt::Debug for ProcessBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessBuilder")
            .field("entry", &self.entry)
            .field("entry_args", &self.entry_args)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// This program's standard output. What the program has printed and not flushed comes before all that the guest writes.
fn standard_output() -> Output {
    // If it fails, the guest's first write does, too.
    let _ = io::stdout().flush();
    Output::new(Standard::stdout())
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
    host.keep_watch(watch.map_err(StartError::thread)?);
    Ok(())
}
