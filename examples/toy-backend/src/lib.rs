//! The smallest backend: a guest's threads as threads of the standard library, on wasmtime. The book's guide for authors of backends
//! goes through it file by file.
//!
//! [`host`] has the primitives, [`guest`] one thread's instance, [`imports`] what that imports; access to a wasmtime memory is taken from
//! the native backend. It keeps no threads for the next spawn, knows 32-bit memories only and tells no backtraces. What it
//! claims passes the conformance suite.
#![forbid(unsafe_code)]

pub mod guest;
pub mod host;
pub mod imports;

use std::sync::Arc;

use raddle_backend_native::Memory;
use raddle_runtime_api::{Config, Limits, Process, Value};
use wasmtime::{MemoryType, SharedMemory};

use crate::guest::{Template, ToyGuest};
use crate::host::{ToyHost, Write};

/// What went wrong before anything ran.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Starts a process of a linked module that calls `entry`, and tells `write` what it writes.
///
/// # Errors
/// What threadify, the limits, the engine or the operating system have against it.
pub fn start(
    wasm: &[u8],
    entry: &str,
    args: &[Value],
    limits: &Limits,
    write: Write,
) -> Result<Process<ToyHost>, Error> {
    let template = Arc::new(Template::new(wasm, entry, args)?);
    let config = Config::new(&template.section, limits)?;
    let (initial, maximum) = (config.memory.initial.try_into()?, config.memory.maximum.try_into()?);
    let memory = SharedMemory::new(&template.engine, MemoryType::shared(initial, maximum))?;
    let (engine, instances) = (template.engine.clone(), memory.clone());
    let host = ToyHost::new(&config, Memory::new(memory), engine, write, move |process, job| {
        job.run(process, |thread| ToyGuest::new(&template, &instances, thread.process(), thread));
    });
    let process = Process::create(host, &config);
    process.start().map_err(|error| error.reason)?;
    Ok(process)
}
