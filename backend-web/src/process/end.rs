//! [`End`]: how a process ended, once all its messages have arrived, and what waits for that.

use std::cell::RefCell;

use futures_channel::oneshot;
use raddle_runtime_api::Outcome;

/// Counts of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Threads, slots and memory.
    pub threads: raddle_runtime_api::Stats,
    /// Workers that run its threads or are ready to.
    pub workers: u32,
}

/// The end of a process: nothing, until it is set.
#[derive(Debug, Default)]
pub(super) struct End {
    /// The counts are kept with it, because the words that hold them will soon be another process's.
    set: RefCell<Option<(Outcome, Stats)>>,
    waiters: RefCell<Vec<oneshot::Sender<()>>>,
}

impl End {
    /// Sets it, and wakes whatever waits.
    pub(super) fn set(&self, outcome: Outcome, stats: Stats) {
        *self.set.borrow_mut() = Some((outcome, stats));
        for waiter in self.waiters.take() {
            // Nobody waits any more when the caller has given up.
            let _ = waiter.send(());
        }
    }

    pub(super) fn is_set(&self) -> bool {
        self.set.borrow().is_some()
    }

    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.set.borrow().as_ref().map(|(outcome, _)| outcome.clone())
    }

    pub(super) fn stats(&self) -> Option<Stats> {
        self.set.borrow().as_ref().map(|(_, stats)| *stats)
    }

    /// Waits until it is set.
    pub(super) async fn wait(&self) -> Outcome {
        loop {
            if let Some(outcome) = self.outcome() {
                return outcome;
            }
            let is_set = self.waiter();
            let _ = is_set.await;
        }
    }

    fn waiter(&self) -> oneshot::Receiver<()> {
        let (sender, is_set) = oneshot::channel();
        let mut waiters = self.waiters.borrow_mut();
        // Some have waited for long enough.
        waiters.retain(|waiter| !waiter.is_canceled());
        waiters.push(sender);
        is_set
    }
}
