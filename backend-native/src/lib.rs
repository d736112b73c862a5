//! raddle's native backend: threads of a WebAssembly program as OS threads, each with an instance of its own, on
//! wasmtime.
//!
//! ```
//! use raddle_backend_native::{Outcome, Program, Runtime, Value};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let wasm = wat::parse_str(r#"(module (memory 1 4 shared) (func (export "main") (result i32) (i32.const 42)))"#)?;
//! let runtime = Runtime::new()?;
//! let program = Program::new(&runtime, &wasm)?;
//! assert_eq!(program.process().run()?, Outcome::Returned(vec![Value::I32(42)]));
//! # Ok(()) }
//! ```
//!
//! A [`Runtime`] is the engine and its OS threads; a [`Program`] is a module, compiled once; a [`Process`] is one run
//! of it, with a memory of its own; its [`Outcome`] says how that ended.
//!
//! # wasmtime in this API
//! Engines, linkers, callers, modules and the engine's errors are wasmtime's own types, of the one version that this
//! crate is built on. Use them as [`wasmtime`], which is that crate, or depend on the same major version yourself:
//! cargo then builds one wasmtime for both, with the features that either asks for, such as `cache` or
//! `pooling-allocator`.
//!
//! So wasmtime's major version is part of this crate's. Another major version comes only with a release of raddle that
//! may break things; wasmtime's minor and patch versions come with any, and cargo takes them by itself. That major
//! version is one that wasmtime supports for two years (24, 36, 48: every twelfth), so that its security fixes reach
//! you without a change of either. What a new one means for you: types of wasmtime's that you name may have changed,
//! and [saved](Program::save) programs are saved again. What raddle itself says, outcomes, trap kinds and error codes,
//! does not depend on it; a [`message`](Trap::message) that is the engine's may.
//!
//! # The code
//! What threads *mean* is in `raddle-runtime-api`. Only the primitives are here. From the ground up, each using only
//! those before it:
//!
//! * `trap`: what wasmtime says, in raddle's terms, with the names that `raddle-symbols` reads.
//! * `machine`: what is asked of the operating system: threads, parking, address space. Its `holders` knows when the
//!   last thread has let go of a process.
//! * `runtime`: the engine with what raddle asks of its settings, and those threads.
//! * `program`: a module, compiled or loaded.
//! * `host`: the primitives put together for one process, with the guest's memory.
//! * `instance`: one thread's instance and the two directions of the guest ABI.
//! * `process`: a run of a program, as embedders see it.
//!
//! `unsafe` is in `host::memory` (atomic access to a memory that the guest changes), `program::saved` (loading machine
//! code), `machine::mapping`, `machine::threads` and `machine::stack` (threads, and the stacks that they run on) and
//! `machine::park::lot` (a crate's calls), nowhere else.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

mod error;
mod host;
mod instance;
mod machine;
mod process;
mod program;
mod runtime;
mod trap;

pub use error::Error;
pub use host::{
    memory::Memory,
    output::{Standard, TryWrite},
};
pub use instance::state::{ThreadInfo, ThreadState};
pub use machine::outside::{Interests, WakeHandle};
pub use process::{Completion, Notifier, Process, ProcessBuilder};
pub use program::{Program, ProgramOptions};
pub use raddle_runtime_api::{
    BlockedThread, ConfigError, Entry, Event, Exports, Failure, Frame, FunctionType, GuestMemory, Hints, ImportName,
    Limit, Limits, MemoryFault, Outcome, StartError, Stats, ThreadLabel, Trap, TrapKind, Tried, Value, ValueType,
    Waiting, cycles,
};
// What `Program::section` returns, and its parts.
pub use raddle_runtime_api::abi::{
    PointerWidth,
    section::{MemoryImport, StackRange, ThreadsSection, TlsLayout},
};
pub use raddle_threadify as threadify;
#[cfg(feature = "wasi")]
pub use raddle_wasi as wasi;
pub use runtime::{Runtime, RuntimeBuilder};
pub use wasmtime;
