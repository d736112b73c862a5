//! raddle's web backend: threads of a WebAssembly program as WebWorkers, each with an instance of its own, in a page
//! that is cross-origin isolated.
//!
//! ```no_run
//! use raddle_backend_web::{Outcome, Runtime, Value};
//!
//! # async fn run(wasm: &[u8]) -> Result<(), raddle_backend_web::Error> {
//! let runtime = Runtime::new().await?;
//! let program = runtime.compile(wasm).await?;
//! let process = program.process().entry_args([Value::I32(4)]).start().await?;
//! assert_eq!(process.wait().await, Outcome::Returned(vec![]));
//! # Ok(()) }
//! ```
//!
//! A [`Runtime`] holds what all programs of a page share; a [`Program`] is a module, compiled once; a [`Process`] is
//! one run of it, with a memory of its own; its [`Outcome`] says how that ended. The package `raddle-web` is the same
//! for JavaScript.
//!
//! # Agents
//! The *page* has the embedder's API and never blocks. Each process has a *nursery*, a worker that stays in its event
//! loop, adds other workers and ends those that do not stop. Only *thread workers* run guest code: so a guest may spawn
//! and block right after, whatever the page does. They get everything at their creation and then take jobs from the
//! process's control words, without a turn of any event loop.
//!
//! # Reading order
//! From the ground up: each uses only those before it. Each folder's `mod.rs` says in what order to read it.
//!
//! * `error`: why something could not be begun; `js`: JavaScript, as far as it is the same everywhere.
//! * `platform`: what is a browser's own: workers, locks, the page.
//! * `memory`: the memories that a page shares with its workers.
//! * `runtime`: what all programs of a page share.
//! * `program`: a module, compiled once.
//! * `process`: one run of it.
//! * `js_api`: the same for JavaScript.
//!
//! What the workers run is in the crates `raddle-web-worker` and `raddle-web-shared`, and their script in `js/`, where
//! `begin.js` is to be read first.
//!
//! # What does not belong here
//! What threads *mean*: that is in `raddle-runtime-api`.
#![cfg_attr(
    not(target_arch = "wasm32"),
    allow(unused, reason = "it is for browsers; elsewhere only its documentation is built")
)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
mod js;
#[cfg(feature = "js")]
mod js_api;
mod memory;
mod platform;
mod process;
mod program;
mod runtime;

pub use error::Error;
pub use memory::Memory;
pub use process::{Notifier, Process, ProcessBuilder, Stats};
pub use program::{Program, ProgramOptions};
pub use raddle_runtime_api::{
    BlockedThread, ConfigError, Entry, Event, Exports, Failure, Frame, FunctionType, GuestMemory, Hints, ImportName,
    Limit, Limits, MemoryFault, Outcome, StartError, Stream, ThreadLabel, Trap, TrapKind, Value, ValueType, Waiting,
    cycles,
};
// What `Program::section` returns, and its parts.
pub use raddle_runtime_api::abi::{
    PointerWidth,
    section::{MemoryImport, StackRange, ThreadsSection, TlsLayout},
};
pub use raddle_threadify as threadify;
pub use runtime::{Runtime, RuntimeOptions};
