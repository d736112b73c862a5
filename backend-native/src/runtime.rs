//! [`Runtime`]: the engine and the threads of the operating system.

use std::{sync::Arc, thread};

use wasmtime::{Config, Engine, WasmBacktraceDetails};

use crate::{error::Error, os_threads::OsThreads, watchdog::Watchdog};

/// The wasm stack of a thread unless another size is asked for, in bytes.
const WASM_STACK: usize = 512 * 1024;

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
#[derive(Debug, Clone)]
pub struct RuntimeBuilder {
    wasm_stack: usize,
    host_stack: usize,
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
        RuntimeBuilder { wasm_stack: WASM_STACK, host_stack: HOST_STACK }
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
    /// How much stack the engine's own frames of a guest thread may take, in bytes; 512 KiB unless it is set. Deeper
    /// recursion is a trap of the kind [`StackOverflow`](crate::TrapKind::StackOverflow). This is not the stack in the
    /// guest's memory, which [`ProcessBuilder::stack_size`](crate::ProcessBuilder::stack_size) sets.
    #[must_use]
    pub fn wasm_stack(mut self, bytes: usize) -> RuntimeBuilder {
        self.wasm_stack = bytes;
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
    /// [`Error::Engine`] when wasmtime does not work on this machine, or with these settings.
    pub fn build(self) -> Result<Runtime, Error> {
        let mut config = Config::new();
        config
            .shared_memory(true)
            .wasm_threads(true)
            .wasm_memory64(true)
            .max_wasm_stack(self.wasm_stack)
            // Exceptions lie on a heap of the thread's store. It begins as nothing and is bounded, so it needs no
            // address space in advance, of which thousands of threads would take too much.
            .wasm_exceptions(true)
            .gc_heap_reservation(0)
            .gc_heap_reservation_for_growth(0)
            .gc_heap_guard_size(0)
            // A kill must reach threads that compute.
            .epoch_interruption(true)
            .wasm_backtrace_details(WasmBacktraceDetails::Enable);
        let engine = Engine::new(&config).map_err(Error::Engine)?;
        let parallelism =
            thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(u32::MAX));
        Ok(Runtime(Arc::new(Inner {
            engine,
            os_threads: OsThreads::new(self.wasm_stack.saturating_add(self.host_stack)),
            watchdog: Watchdog::default(),
            parallelism,
        })))
    }
}
