//! [`Process`]: one run of a program. `builder` makes one and `link` binds its imports; `completion` is its end as a
//! future, `notifier` wakes its threads from outside.

mod builder;
mod completion;
mod link;
mod notifier;

use std::time::{Duration, Instant};

use raddle_runtime_api::{Host, Outcome, Process as ApiProcess, StartError, Stats};

pub use self::{builder::ProcessBuilder, completion::Completion, notifier::Notifier};
use crate::{
    error::Error,
    host::{NativeHost, memory::Memory},
    machine::wakers::Wakers,
};

/// A running process: all its threads, and its end. Cheap to clone; a clone is the same process. Dropping it does not
/// end the process.
#[derive(Debug, Clone)]
pub struct Process {
    process: ApiProcess<NativeHost>,
}

impl Process {
    fn new(process: ApiProcess<NativeHost>) -> Process {
        Process { process }
    }

    fn launch(&self) -> Result<(), Error> {
        Ok(self.process.start().map_err(|error| StartError::thread(error.reason))?)
    }

    /// Lets the embedder wake threads of the guest; while the notifier exists, a process whose threads all wait is not
    /// deadlocked. For a guest that may wait for the embedder from its first instruction on, see
    /// [`start_with_notifier`](ProcessBuilder::start_with_notifier).
    pub fn notifier(&self) -> Notifier {
        Notifier::new(self.process.notifier())
    }

    /// Waits for the end, and returns the outcome. Every thread has stopped then, and its OS thread is free for other
    /// work. The process's memory, and what the embedder gave it, are dropped with the last handle to it.
    ///
    /// # Blocking
    /// Until the process has ended.
    #[must_use]
    pub fn wait(&self) -> Outcome {
        loop {
            if let Some(outcome) = self.wait_until(None) {
                return outcome;
            }
        }
    }

    fn wait_until(&self, deadline: Option<Instant>) -> Option<Outcome> {
        if self.process.host().wait_over(deadline) { self.process.wait(None) } else { None }
    }

    /// Waits for the end, for at most `timeout`; `None` if the process has not ended by then. It goes on.
    ///
    /// # Blocking
    /// Until the process has ended, or for `timeout`.
    #[must_use]
    pub fn wait_timeout(&self, timeout: Duration) -> Option<Outcome> {
        // A time that the clock cannot tell is for ever.
        self.wait_until(Instant::now().checked_add(timeout))
    }

    /// How the process ended, if it is complete: then all is true that is true when [`wait`](Process::wait) returns.
    ///
    /// # Blocking
    /// Never.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        if self.process.host().is_over() { self.process.wait(None) } else { None }
    }

    pub(crate) fn wakers(&self) -> &Wakers {
        self.process.host().wakers()
    }

    /// Ends the process as [`Outcome::Killed`], unless it has already ended. Returns whether this was its end.
    ///
    /// # Blocking
    /// Does not wait until the threads have stopped; [`wait`](Process::wait) does.
    pub fn kill(&self) -> bool {
        self.process.host().end(&Outcome::Killed)
    }

    /// The guest's memory, which the threads may change at any time.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        self.process.host().memory()
    }

    /// Counts of threads, slots and memory, now or at the end.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.process.stats()
    }
}
