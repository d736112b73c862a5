//! [`Process`]: a process that runs or has ended, as its embedder has it.

use std::{pin::pin, rc::Rc, time::Duration};

use futures_util::future::{Either, select};
use raddle_runtime_api::Outcome;

use crate::{
    js,
    memory::Memory,
    process::{end::Stats, notifier::Notifier, page_process::PageProcess},
    runtime::Kill,
};

/// A running process: all its threads, and its end. Cheap to clone; a clone is the same process. Dropping it does not
/// end the process.
#[derive(Debug, Clone)]
pub struct Process(pub(super) Rc<PageProcess>);

impl Process {
    /// Waits for the end, and says how it was. Every thread has stopped then, and everything that the guest wrote was
    /// handed on.
    pub async fn wait(&self) -> Outcome {
        self.0.end.wait().await
    }

    /// Waits for the end, but at most for so long; `None` when the process has not ended by then. It goes on.
    pub async fn wait_timeout(&self, timeout: Duration) -> Option<Outcome> {
        let sleep = pin!(js::sleep(timeout.as_secs_f64() * 1000.0));
        match select(pin!(self.wait()), sleep).await {
            Either::Left((outcome, _)) => Some(outcome),
            Either::Right(((), _)) => self.outcome(),
        }
    }

    /// Lets the embedder wake threads of the guest, and so keeps a process whose threads all wait from being
    /// deadlocked, as long as it is kept. For a guest that may wait for the embedder from its first instruction on, see
    /// [`start_with_notifier`](crate::ProcessBuilder::start_with_notifier).
    pub fn notifier(&self) -> Notifier {
        self.0.notifier()
    }

    /// How the process ended; `None` while it runs.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.0.end.outcome()
    }

    /// Ends the process as [`Outcome::Killed`], unless it has ended already. Returns whether this was its end.
    ///
    /// It does not wait until the threads have stopped; [`wait`](Process::wait) does. A thread that computes and calls
    /// nothing is ended by force, which takes Chromium about two seconds.
    pub fn kill(&self) -> bool {
        self.0.kill()
    }

    /// The guest's memory, which the threads change at any time.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        raddle_runtime_api::Host::memory(self.0.process.host())
    }

    /// Counts of threads, slots, memory and workers, now or at the end.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.0.stats()
    }
}
