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
//! What threads *mean* is in `raddle-runtime-api`. Only the primitives are here: `host` puts them together, `memory`,
//! `park` and `os_threads` are the larger ones, `imports` and `instance` are the two directions of the guest ABI, and
//! `trap` turns what wasmtime says into raddle's terms, with the names that `raddle-symbols` reads. `engine` is what
//! raddle asks of wasmtime's settings. `holders` knows when the last thread has let go of a process, `completion` and
//! `wakers` tell those who await that. `unsafe` is in `memory` (atomic access to a memory that the guest changes),
//! `saved` (loading machine code), `stack` (giving back the part of its stack that a waiting thread does not use) and
//! `park::lot` (a crate's calls), nowhere else.
#![deny(unsafe_code)]

mod completion;
mod engine;
mod error;
mod events;
mod holders;
mod host;
mod imports;
mod instance;
mod limits;
mod memory;
mod notifier;
mod os_threads;
mod output;
mod park;
mod process;
mod program;
mod room;
mod runtime;
mod saved;
mod stack;
mod state;
mod trap;
mod wakers;
mod watchdog;

pub use completion::Completion;
pub use error::{Error, MissingImport};
pub use memory::Memory;
pub use notifier::Notifier;
pub use process::{Process, ProcessBuilder};
pub use program::{Program, ProgramOptions};
pub use raddle_runtime_api::{
    BlockedThread, ConfigError, Event, Failure, Frame, FunctionType, GuestMemory, Limit, MemoryFault, Outcome, Stats,
    ThreadLabel, Trap, TrapKind, Value, ValueType, Waiting, cycles,
};
// What `Program::section` returns, and its parts.
pub use raddle_runtime_api::abi::{
    PointerWidth,
    section::{MemoryImport, StackRange, ThreadsSection, TlsLayout},
};
pub use raddle_threadify as threadify;
pub use runtime::{Runtime, RuntimeBuilder};
pub use state::{ThreadInfo, ThreadState};
pub use wasmtime;
