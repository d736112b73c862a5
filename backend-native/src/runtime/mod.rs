//! [`Runtime`]: the engine and the OS threads. `engine` says what the engine must be able to do.

mod engine;

use std::{process, sync::Arc, thread};

use wasmtime::{Config, Engine};

use crate::{
    error::Error,
    machine::{os_threads::OsThreads, room, threads, watchdog::Watchdog},
};

/// The default size of what an OS thread's stack has beyond the wasm stack: for the host's own frames, below guest code
/// and in imports. The engine does not know how large the OS stack is; this much must be left when a guest has used up
/// its wasm stack.
const HOST_STACK: usize = 512 * 1024;

/// The engine, and the OS threads that run guest threads. Cheap to clone; a clone is the same runtime. One for a whole
/// application is enough; programs and processes keep theirs alive.
#[derive(Debug, Clone)]
pub struct Runtime(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    engine: Engine,
    os_threads: OsThreads,
    watchdog: Watchdog,
    parallelism: u32,
    /// The settings of the engine, if raddle has made it.
    config: Option<Box<Config>>,
    /// The application's process that it was made in.
    process: u32,
}

/// Settings of a [`Runtime`].
///
/// The engine is raddle's own unless you pass your own [`config`](RuntimeBuilder::config) or
/// [`engine`](RuntimeBuilder::engine). Either must come from the [`wasmtime`](crate::wasmtime) that this crate exports.
#[derive(Debug, Clone)]
pub struct RuntimeBuilder {
    engine: EngineSource,
    wasm_stack: Option<usize>,
    host_stack: usize,
}

/// What a runtime's engine is.
#[derive(Debug, Clone)]
enum EngineSource {
    Config(Box<Config>),
    Engine(Engine),
}

impl Runtime {
    /// A runtime with the default settings.
    ///
    /// # Errors
    /// [`Error::Engine`] if wasmtime does not work on this machine.
    pub fn new() -> Result<Runtime, Error> {
        Runtime::builder().build()
    }

    /// A runtime with other settings.
    #[must_use]
    pub fn builder() -> RuntimeBuilder {
        RuntimeBuilder {
            engine: EngineSource::Config(Box::new(Runtime::config())),
            wasm_stack: None,
            host_stack: HOST_STACK,
        }
    }

    /// The default settings of the engine, to be changed and passed to [`RuntimeBuilder::config`]: 64-bit memories,
    /// exceptions, and source lines in backtraces; and no address space reserved for exceptions, which would take
    /// gigabytes per thread.
    #[must_use]
    pub fn config() -> Config {
        engine::usual()
    }

    /// The engine, for making a [`Linker`](wasmtime::Linker).
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    pub(crate) fn os_threads(&self) -> &OsThreads {
        &self.0.os_threads
    }

    pub(crate) fn watchdog(&self) -> &Watchdog {
        &self.0.watchdog
    }

    pub(crate) fn parallelism(&self) -> u32 {
        self.0.parallelism
    }

    /// Whether the runtime's threads are in this process of the application's.
    ///
    /// # Errors
    /// [`Error::Forked`] if they are not.
    pub(crate) fn check_here(&self) -> Result<(), Error> {
        if self.0.process == process::id() { Ok(()) } else { Err(Error::Forked) }
    }

    /// An engine whose code runs on this runtime's, but that compiles on the caller's thread. `None` if the engine is the
    /// embedder's.
    pub(crate) fn serial_engine(&self) -> Option<wasmtime::Result<Engine>> {
        self.0.config.as_deref().map(engine::serial)
    }
}

impl RuntimeBuilder {
    /// The engine's settings, instead of the [default ones](Runtime::config): for instance a cache of compiled code,
    /// the pooling allocator, wasm features, the level of optimisation.
    ///
    /// raddle overrides these settings, without which no process could run: `wasm_threads(true)` and
    /// `shared_memory(true)`, because all threads of a process share its memory; `epoch_interruption(true)`, because
    /// nothing else stops a thread that computes; `consume_fuel(false)`, because threads get no fuel. Everything else
    /// is as you set it, with these consequences:
    ///
    /// * Winch and Pulley do not support threads: [`build`](RuntimeBuilder::build) refuses them.
    /// * The pooling allocator has a fixed number of instances, tables and heaps for all processes together, and each
    ///   thread needs an instance. A thread for which none is left ends its process with a trap of the kind
    ///   [`Instantiation`](crate::TrapKind::Instantiation): configure as many as all threads need, or limit threads.
    ///   Start from `Config::new()`: raddle's default settings for heaps do not suit it.
    /// * Without `gc_heap_reservation(0)`, each thread of a module with exceptions reserves address space for them.
    /// * Without `wasm_backtrace(true)`, traps and deadlocks have no backtraces.
    ///
    /// ```
    /// # use raddle_backend_native::{Runtime, wasmtime::OptLevel};
    /// let mut config = Runtime::config();
    /// config.cranelift_opt_level(OptLevel::None).wasm_simd(false).wasm_relaxed_simd(false);
    /// let runtime = Runtime::builder().config(config).build()?;
    /// # Ok::<(), raddle_backend_native::Error>(())
    /// ```
    #[must_use]
    pub fn config(mut self, config: Config) -> RuntimeBuilder {
        self.engine = EngineSource::Config(Box::new(config));
        self
    }

    /// An existing engine: for an application that compiles modules for it in other ways, or runs other stores on it.
    /// It must have the settings that raddle makes over a [`config`](RuntimeBuilder::config); otherwise
    /// [`build`](RuntimeBuilder::build) says which it lacks.
    ///
    /// An engine has one epoch for all its stores. raddle increments it when a process ends while more of its threads
    /// live, and again after 5, 10, 20 milliseconds and so on until they have stopped. So epoch deadlines of your own
    /// stores on this engine come early: decide in an `epoch_deadline_callback`, by a clock. If you increment the epoch
    /// yourself, each thread that computes checks once whether its process has ended, and goes on.
    #[must_use]
    pub fn engine(mut self, engine: Engine) -> RuntimeBuilder {
        self.engine = EngineSource::Engine(engine);
        self
    }

    /// How much stack the engine's frames of a guest thread may take, in bytes; by default the engine's
    /// `max_wasm_stack`, which is 512 KiB unless you set it. Deeper recursion is a trap of the kind
    /// [`StackOverflow`](crate::TrapKind::StackOverflow). This is not the stack in the guest's memory, which
    /// [`ProcessBuilder::stack_size`](crate::ProcessBuilder::stack_size) sets. An existing
    /// [`engine`](RuntimeBuilder::engine) has its own, and then this must not be set.
    #[must_use]
    pub fn wasm_stack(mut self, bytes: usize) -> RuntimeBuilder {
        self.wasm_stack = Some(bytes);
        self
    }

    /// How much stack a guest thread has for the embedder's code, in bytes, however deep the guest is in calls: for
    /// imports, writers and the event callback; 512 KiB by default. Some kilobytes of it are used by raddle and
    /// wasmtime. Code that uses more aborts the application, and on Linux standard error says why.
    ///
    /// # Portability
    /// Elsewhere than on Linux the application's thread-local variables are on it, too.
    #[must_use]
    pub fn host_stack(mut self, bytes: usize) -> RuntimeBuilder {
        self.host_stack = bytes;
        self
    }

    /// Makes the runtime.
    ///
    /// # Errors
    /// [`Error::Engine`] if wasmtime does not work on this machine or with these settings, or if the given engine lacks
    /// a setting.
    pub fn build(self) -> Result<Runtime, Error> {
        // Before the engine takes the same signals.
        threads::tell_of_overflows();
        room::check_spare().map_err(|full| Error::Engine(full.into()))?;
        let (engine, config) = self.engine.build(self.wasm_stack).map_err(Error::Engine)?;
        let stack_size = engine.get_max_wasm_stack().saturating_add(self.host_stack);
        let parallelism =
            thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(u32::MAX));
        Ok(Runtime(Arc::new(Inner {
            engine,
            os_threads: OsThreads::new(stack_size),
            watchdog: Watchdog::default(),
            parallelism,
            config,
            process: process::id(),
        })))
    }
}

impl EngineSource {
    /// The engine, and its settings if they are known.
    fn build(self, wasm_stack: Option<usize>) -> wasmtime::Result<(Engine, Option<Box<Config>>)> {
        match (self, wasm_stack) {
            (EngineSource::Config(mut config), wasm_stack) => {
                if let Some(bytes) = wasm_stack {
                    config.max_wasm_stack(bytes);
                }
                let engine = engine::create(&mut config)?;
                Ok((engine, Some(config)))
            }
            (EngineSource::Engine(engine), None) => engine::check(&engine).map(|()| (engine, None)),
            (EngineSource::Engine(engine), Some(_)) => wasmtime::bail!(
                "a wasm stack was set for an engine that has one of {} bytes; set max_wasm_stack in its Config",
                engine.get_max_wasm_stack()
            ),
        }
    }
}
