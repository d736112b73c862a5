//! [`Program`]: closures to run as a process.

use alloc::{boxed::Box, sync::Arc, vec::Vec};
use std::sync::Mutex;

use super::{MemoryHost, instance::Functions};
use crate::{
    Call, Capabilities, Config, ConfigError, Event, LaunchError, Limits, Outcome, Process, Thread, Value,
    abi::{
        PointerWidth,
        section::{MemoryImport, StackRange, ThreadsSection, TlsLayout},
    },
};

/// Closures to run as one process.
#[derive(Debug)]
pub struct Program {
    functions: Functions,
    capabilities: Capabilities,
    /// What `threadify` would say about the module. Change it to try other memories.
    pub section: ThreadsSection,
    /// The process's limits.
    pub limits: Limits,
}

/// Why a program did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The limits or the section are invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no thread to run it.
    #[error("no thread can be started: {}", .0.reason)]
    Launch(LaunchError),
}

impl Default for Program {
    fn default() -> Program {
        Program::new()
    }
}

impl Program {
    /// A program without functions, with a memory of 1 to 256 pages of which the threads' slots take small parts.
    #[must_use]
    pub fn new() -> Program {
        let memory = MemoryImport { module: "env".into(), name: "memory".into(), minimum: 1, maximum: 256 };
        let section = ThreadsSection {
            pointer_width: PointerWidth::Bits32,
            memory,
            tls: Some(TlsLayout { size: 16, align: 8 }),
            stack: Some(StackRange { top: 4096, limit: 0 }),
            stack_checked: false,
            init: false,
            table: true,
            hooks: false,
            growable: true,
            reusable: false,
            functions: 0,
            instance_size: 1000,
        };
        let limits = Limits { stack_size: Some(crate::MIN_STACK_SIZE), ..Limits::default() };
        Program { functions: Functions::default(), capabilities: Capabilities::all(), section, limits }
    }

    /// Adds a function; the number is what `thread_spawn` and `tls_create` take.
    pub fn function(&mut self, f: impl Fn(&Thread<MemoryHost>, u64) -> Call<u64> + Send + Sync + 'static) -> u64 {
        self.functions.table.push(Arc::new(f));
        self.functions.table.len() as u64
    }

    /// Sets what threads of wasi-threads do, with their argument.
    pub fn on_wasi_thread(&mut self, f: impl Fn(&Thread<MemoryHost>, u32) -> Call<()> + Send + Sync + 'static) {
        self.functions.wasi_thread = Some(Box::new(f));
    }

    /// Sets a callback for events.
    pub fn on_event(&mut self, f: impl Fn(&Event) + Send + Sync + 'static) {
        self.functions.on_event = Some(Box::new(f));
    }

    /// Claims less than this host can do, to test what happens without it.
    pub fn set_capabilities(&mut self, capabilities: Capabilities) {
        self.capabilities = capabilities;
    }

    /// Makes a process with this entry function, which is not started yet.
    ///
    /// # Errors
    /// [`StartError::Config`]
    pub fn create(
        mut self,
        main: impl FnOnce(&Thread<MemoryHost>) -> Call<Vec<Value>> + Send + 'static,
    ) -> Result<Process<MemoryHost>, StartError> {
        self.functions.main = Mutex::new(Some(Box::new(main)));
        let config = Config::new(&self.section, &self.limits)?;
        Ok(Process::create(MemoryHost::new(&config, self.functions, self.capabilities), &config))
    }

    /// Starts a process with this entry function.
    ///
    /// # Errors
    /// [`StartError`]
    pub fn start(
        self,
        main: impl FnOnce(&Thread<MemoryHost>) -> Call<Vec<Value>> + Send + 'static,
    ) -> Result<Process<MemoryHost>, StartError> {
        let process = self.create(main)?;
        process.start().map_err(StartError::Launch)?;
        Ok(process)
    }

    /// Runs a process with this entry function and returns how it ended.
    ///
    /// # Panics
    /// If it does not start; see [`start`](Program::start).
    ///
    /// # Blocking
    /// Until the process has ended.
    pub fn run(self, main: impl FnOnce(&Thread<MemoryHost>) -> Call<Vec<Value>> + Send + 'static) -> Outcome {
        let process = self.start(main).expect("a process that starts");
        process.wait(None).expect("an outcome, as there is no deadline")
    }
}
