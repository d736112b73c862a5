//! The smallest backend: a guest's threads as threads of the standard library, on wasmtime. The book's guide for
//! authors of backends goes through it file by file.
//!
//! [`host`] has the primitives, [`instance`] one thread's instance, [`imports`] what that imports; access to a wasmtime
//! memory is taken from the native backend. [`adapter`] is how the conformance suite reaches it. It keeps no threads
//! for the next spawn, knows 32-bit memories only and tells no backtraces. What it claims passes the conformance suite.
#![forbid(unsafe_code)]

pub mod adapter;
pub mod host;
pub mod imports;
pub mod instance;

use std::{rc::Rc, sync::Arc};

use raddle_backend_native::Memory;
use raddle_runtime_api::abi::section::ThreadsSection;
use raddle_runtime_api::{Config, Instance, InstanceEnd, Limits, Process, StartError, StartJob, Thread, Value};

use crate::host::{ToyHost, Write};
use crate::instance::Template;

/// What went wrong before anything ran.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A process to be.
pub struct Settings<'a> {
    /// The module, as threadify made it.
    pub wasm: &'a [u8],
    /// What threadify says of it.
    pub section: &'a ThreadsSection,
    /// The export to call. `None` is `_start`, or else `main`.
    pub entry: Option<&'a str>,
    /// Its arguments.
    pub entry_args: &'a [Value],
    /// What the process may use.
    pub limits: Limits,
}

// ANCHOR: start
/// Starts a process whose instances are made by `instantiate`, as [`instance::ToyInstance::new`] does it, and tells
/// `write` what it writes.
///
/// # Errors
/// What the limits, the engine or the operating system have against it.
pub fn start<I: Instance>(
    settings: &Settings<'_>,
    write: Write,
    instantiate: impl Fn(&Arc<Template>, Rc<Thread<ToyHost>>) -> Result<I, InstanceEnd> + Send + Sync + 'static,
) -> Result<Process<ToyHost>, Error> {
    let config = Config::new(settings.section, &settings.limits).map_err(StartError::from)?;
    let template = Arc::new(Template::new(settings, &config)?);
    let (engine, memory) = (template.engine.clone(), Memory::new(template.memory.clone()));
    let run = Box::new(move |host: ToyHost, job: StartJob| job.run(host, |thread| instantiate(&template, thread)));
    let host = ToyHost::new(&config, memory, engine, write, run);
    let process = Process::create(host, &config);
    process.start().map_err(|error| StartError::thread(error.reason))?;
    Ok(process)
}
// ANCHOR_END: start
