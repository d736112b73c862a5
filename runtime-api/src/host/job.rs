//! [`StartJob`]: a thread to be launched, in the form in which a host passes it on.

/// One thread's whole life, to be run once by a host thread. Opaque, and small enough to travel in a word.
///
/// A job that is dropped leaves its process waiting for a thread that never ends: run it, or hand it back in a
/// [`LaunchError`](super::LaunchError).
#[derive(Debug)]
#[must_use = "the process waits for this thread to run and end"]
pub struct StartJob {
    index: u32,
}

impl StartJob {
    pub(crate) fn new(index: u32) -> StartJob {
        StartJob { index }
    }

    /// The thread to run, for its runner.
    pub(crate) fn index(&self) -> u32 {
        self.index
    }

    /// The job will not be run.
    pub(crate) fn forget(self) -> u32 {
        self.index
    }

    /// The job as a number, for a host that passes it on through memory.
    #[must_use]
    pub fn into_raw(self) -> u32 {
        self.index
    }

    /// The job from which [`into_raw`](StartJob::into_raw) made this number, in a process over the same control words.
    /// Each number must be used once.
    pub fn from_raw(raw: u32) -> StartJob {
        StartJob { index: raw }
    }
}
