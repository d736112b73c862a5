//! How a case has to end.

use std::time::Duration;

use raddle_runtime_api::{Capability, TrapKind, Value};

/// Everything that a case expects.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Expectation {
    /// How the process has to end, or to be refused.
    pub result: Expected,
    /// Its standard output, exactly.
    pub stdout: Option<String>,
    /// Its standard error, exactly.
    pub stderr: Option<String>,
    /// A part of its standard output.
    pub stdout_contains: Option<String>,
    /// Its threads.
    pub threads: ThreadCounts,
}

/// How a process has to end, or to be refused.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Expected {
    /// The entry returned these values.
    Return(Vec<Value>),
    /// A thread called `process_exit` with this code.
    Exit(i32),
    /// A thread called `process_abort`.
    Abort {
        /// The message.
        message: Option<String>,
        /// The thread's id.
        thread: Option<u32>,
    },
    /// A thread trapped.
    Trap(TrapPattern),
    /// Every thread waited for ever.
    Deadlock {
        /// All blocked threads, if it matters which they are.
        threads: Option<Vec<Blocked>>,
        /// The cycles, each from its lowest id on.
        cycles: Option<Vec<Vec<u32>>>,
    },
    /// The embedder killed it.
    Killed,
    /// Its time limit passed.
    TimedOut,
    /// It is still running after this time; then the embedder kills it.
    Hang(Duration),
    /// The backend refuses the module, because it lacks the capability.
    Refused(Capability),
    /// The module cannot be loaded, or its process not be started.
    LoadError {
        /// The code, checked only if the backend has codes of this kind (with the same letters).
        code: Option<String>,
    },
    /// threadify refuses the module.
    ThreadifyError {
        /// threadify's code.
        code: Option<String>,
    },
    /// A litmus test: the program prints one result per line.
    Histogram {
        /// Every result has to be one of these; if the list is empty, every result that is not forbidden is allowed.
        allowed: Vec<String>,
        /// No result may be one of these.
        forbidden: Vec<String>,
    },
    /// Any of several.
    OneOf(Vec<Expected>),
}

/// What a trap has to be like. What is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrapPattern {
    /// The kind.
    pub kind: TrapKind,
    /// The thread's id.
    pub thread: Option<u32>,
    /// The thread's name.
    pub thread_name: Option<String>,
    /// A part of the message.
    pub message_contains: Option<String>,
    /// The innermost function that has a name, judged where the backend claims backtraces.
    pub function: Option<String>,
}

/// A thread that has to be blocked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blocked {
    /// Its id.
    pub id: u32,
    /// What it waits for.
    pub on: BlockedOn,
}

/// What a blocked thread has to wait for. What is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlockedOn {
    /// A notify of an address.
    Memory {
        /// The address.
        address: Option<u64>,
    },
    /// A mutex.
    Mutex {
        /// Its address.
        address: Option<u64>,
        /// The thread that holds it; 0 for nobody.
        owner: Option<u32>,
    },
    /// A condition variable.
    Condvar {
        /// Its address.
        address: Option<u64>,
    },
    /// A thread's end.
    Join {
        /// That thread's id.
        thread: Option<u32>,
    },
}

/// What has to be true of the process's threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ThreadCounts {
    /// How many were spawned, without the main one; `None` when it does not matter.
    pub spawned: Option<u32>,
    /// How many threads or slots are left at the end: 0, unless a case knows better.
    pub leaked: u32,
}

impl Expectation {
    /// A result alone: whatever the output, with nothing left at the end.
    #[must_use]
    pub fn of(result: Expected) -> Expectation {
        Expectation { result, stdout: None, stderr: None, stdout_contains: None, threads: ThreadCounts::default() }
    }

    /// After how long the embedder kills a process that has to be running still.
    #[must_use]
    pub fn hang_for(&self) -> Option<Duration> {
        match self.result {
            Expected::Hang(time) => Some(time),
            _ => None,
        }
    }
}
