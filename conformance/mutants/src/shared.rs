//! [`Shared`]: what the threads of a process share for its defect.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, atomic::AtomicBool},
};

use raddle_conformance::Job;

/// There is one for each process.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Whether standard error takes nothing.
    pub(crate) stderr_full: bool,
    pub(crate) first: First,
    /// What was last set for each TLS key.
    pub(crate) values: Mutex<HashMap<i32, u64>>,
}

impl Shared {
    pub(crate) fn of(job: &Job) -> Shared {
        Shared { stderr_full: job.embedder.stderr_full, ..Shared::default() }
    }
}

/// The stack and TLS block of the first thread that has each.
#[derive(Debug, Default)]
pub(crate) struct First {
    /// Whether the main thread has come so far.
    pub(crate) has_entered: AtomicBool,
    pub(crate) stack: OnceLock<(u64, u64)>,
    pub(crate) tls: OnceLock<u64>,
}
