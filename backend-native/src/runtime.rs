//! [`Runtime`]: the engine and the threads of the operating system.

use std::{sync::Arc, thread};

use wasmtime::{Config, Engine};

use crate::{engine, error::Error, os_threads::OsThreads, watchdog::Watchdog};

/// What an OS thread's stack has beyond the wasm stack unless another size is asked for: the host's own frames, below
/// guest code and in imports. The engine does not know how large the OS stack is; a guest that uses up its wasm stack
/// must still find this much.
const HOST_STACK: usize = 512 * 1024;

/// The engine, and the OS threads that run guest threads. Cheap to clone; a clone is the same runtime. One for a whole
/// program is enough, and programs and processes keep theirs alive.
#[derive(Debug, Clone)]
pub struct Runtime(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    engine: Engine,
    os_threads: OsThreads,
    watchdog: Watchdog,
    parallelism: u32,
}

/// Settings of a [`Runtime`].
///
/// The engine is raddle's own unless you give a [`config`](RuntimeBuilder::config) or an
/// [`engine`](RuntimeBuilder::engine) of yours. Either comes from [`wasmtime`](crate::wasmtime) as this crate has it.
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
    /// A runtime with the usual settings.
    ///
    /// # Errors
    /// [`Error::Engine`] when wasmtime does not work on this machine.
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

    /// The usual settings of the engine, to be changed and given to [`RuntimeBuilder::config`]: 64-bit memories,
    /// exceptions, and source lines in backtraces; and for exceptions no address space in advance, of which each thread
    /// would take gigabytes.
    #[must_use]
    pub fn config() -> Config {
        engine::usual()
    }

    /// The engine, to make a [`Linker`](wasmtime::Linker) of.
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
}

impl RuntimeBuilder {
    /// The engine's settings, instead of the [usual ones](Runtime::config): a cache of compiled code, the pooling
    /// allocator, features of wasm that are on or off, how much is optimised.
    ///
    /// raddle makes these settings over yours, without which no process could run: `wasm_threads(true)` and
    /// `shared_memory(true)`, as all threads of a process share its memory; `epoch_interruption(true)`, as nothing else
    /// ends a thread that computes; `consume_fuel(false)`, as threads are given no fuel. Everything else is as you set
    /// it. Where that costs something:
    ///
    /// * Winch and Pulley have no threads: [`build`](RuntimeBuilder::build) refuses them.
    /// * The pooling allocator has so many instances, tables and heaps, for all processes together, and each thread has
    ///   an instance. A thread for which there is none left ends its process as a trap of the kind
    ///   [`Instantiation`](crate::TrapKind::Instantiation): have as many as all threads need, or limit threads. Begin
    ///   with `Config::new()`: the usual settings of heaps are not for it.
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

    /// An engine that is there already: for an application that compiles modules for it by other ways, or runs other
    /// stores on it. It must have the settings that raddle makes over a [`config`](RuntimeBuilder::config), or
    /// [`build`](RuntimeBuilder::build) says which it lacks.
    ///
    /// An engine has one epoch for all its stores. raddle moves it when a process ends while more of its threads live,
    /// and again after 5, 10, 20 milliseconds and so on until they have stopped. So a deadline of your own stores on
    /// this engine comes early: decide in an `epoch_deadline_callback`, by a clock. If you move the epoch yourself,
    /// each thread that computes looks once whether its process has ended, and goes on.
    #[must_use]
    pub fn engine(mut self, engine: Engine) -> RuntimeBuilder {
        self.engine = EngineSource::Engine(engine);
        self
    }

    /// How much stack the engine's own frames of a guest thread may take, in bytes. Unless it is set it is the engine's
    /// `max_wasm_stack`, which is 512 KiB if nobody sets that, too. Deeper recursion is a trap of the kind
    /// [`StackOverflow`](crate::TrapKind::StackOverflow). This is not the stack in the guest's memory, which
    /// [`ProcessBuilder::stack_size`](crate::ProcessBuilder::stack_size) sets. An [`engine`](RuntimeBuilder::engine)
    /// that is there already has its own, and this must not be set.
    #[must_use]
    pub fn wasm_stack(mut self, bytes: usize) -> RuntimeBuilder {
        self.wasm_stack = Some(bytes);
        self
    }

    /// How much stack a guest thread has for the embedder's code, in bytes, however deep the guest is in calls: for
    /// imports, writers and whoever is told of events; 512 KiB unless it is set. Some kilobytes of it are raddle's and
    /// wasmtime's, and the application's thread-local variables lie there, too. Code that uses more ends the
    /// application.
    #[must_use]
    pub fn host_stack(mut self, bytes: usize) -> RuntimeBuilder {
        self.host_stack = bytes;
        self
    }

    /// Makes the runtime.
    ///
    /// # Errors
    /// [`Error::Engine`] when wasmtime does not work on this machine or with these settings, or when an engine that was
    /// given lacks a setting.
    pub fn build(self) -> Result<Runtime, Error> {
        let engine = self.engine.build(self.wasm_stack).map_err(Error::Engine)?;
        let stack_size = engine.get_max_wasm_stack().saturating_add(self.host_stack);
        let parallelism =
            thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(u32::MAX));
        Ok(Runtime(Arc::new(Inner {
            engine,
            os_threads: OsThreads::new(stack_size),
            watchdog: Watchdog::default(),
            parallelism,
        })))
    }
}

impl EngineSource {
    fn build(self, wasm_stack: Option<usize>) -> wasmtime::Result<Engine> {
        match (self, wasm_stack) {
            (EngineSource::Config(mut config), Some(bytes)) => {
                config.max_wasm_stack(bytes);
                engine::create(*config)
            }
            (EngineSource::Config(config), None) => engine::create(*config),
            (EngineSource::Engine(engine), None) => engine::check(&engine).map(|()| engine),
            (EngineSource::Engine(engine), Some(_)) => wasmtime::bail!(
                "a wasm stack was set for an engine that has one of {} bytes; set max_wasm_stack in its Config",
                engine.get_max_wasm_stack()
            ),
        }
    }
}
