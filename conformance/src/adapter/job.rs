//! What an adapter is asked to do.

use std::time::Duration;

use raddle_runtime_api::Value;

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
    pub args: Vec<Value>,
    /// What the process may use.
    pub limits: Limits,
    /// How the module is threadified.
    pub threadify: Threadify,
    /// What the embedder does while the process runs.
    pub embedder: Embedder,
    /// How long the process may run before it counts as hung.
    pub timeout: Duration,
}

/// What a process may use; `None` is the backend's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Limits {
    /// Threads that are live or not yet joined, including the main one.
    pub threads: Option<u32>,
    /// Bytes of memory.
    pub memory: Option<u64>,
    /// Bytes of each thread's stack in memory.
    pub stack: Option<u64>,
    /// How long the process may run; then its outcome is `timed-out`.
    pub time: Option<Duration>,
    /// The longest single wait.
    pub wait: Option<Duration>,
    /// Bytes of output in total.
    pub output: Option<u64>,
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
}

impl Limits {
    /// The limits that are set, by their names in a case's header.
    pub fn set(&self) -> impl Iterator<Item = &'static str> + use<> {
        let all = [
            (self.threads.is_some(), "threads"),
            (self.memory.is_some(), "memory"),
            (self.stack.is_some(), "stack"),
            (self.time.is_some(), "time-ms"),
            (self.wait.is_some(), "wait-ms"),
            (self.output.is_some(), "output"),
        ];
        all.into_iter().filter(|(set, _)| *set).map(|(_, name)| name)
    }
}
