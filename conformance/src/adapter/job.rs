//! What an adapter is asked to do.

use std::time::Duration;

use raddle_runtime_api::{Limits, Value};

/// One run of one program.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Job {
    /// The case's id, for messages.
    pub id: String,
    /// The module, as the linker wrote it: the adapter threadifies it.
    pub wasm: Vec<u8>,
    /// The export to call. `None` is the backend's default: `_start`, or else `main`.
    pub entry: Option<String>,
    /// The entry's arguments.
    pub entry_args: Vec<Value>,
    /// What the process may use.
    pub limits: Limits,
    /// How the module is threadified.
    pub threadify: Threadify,
    /// What the embedder does while the process runs.
    pub embedder: Embedder,
    /// How long the process may run before it counts as hung.
    pub timeout: Duration,
}

/// How the module is threadified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Threadify {
    /// Every move of the stack pointer is checked.
    pub stack_check: bool,
}

/// What the embedder does while the process runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Embedder {
    /// It kills the process once standard output contains this.
    pub kill_on_output: Option<String>,
    /// It kills the process if it is still running after this time. A backend that cannot kill leaves it running.
    pub kill_after: Option<Duration>,
    /// Its standard error takes nothing, as a pipe that is full and that nobody reads. Asked only of backends that claim
    /// [`Outside`](raddle_runtime_api::Capability::Outside).
    pub stderr_full: bool,
}
