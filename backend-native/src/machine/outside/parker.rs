//! [`Parker`]: what a thread blocks on that waits for the outside.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    time::Duration,
};

use super::Interests;
use crate::machine::park;

/// The thread runs.
const RUNS: u32 = 0;
/// It waits to be called, and for nothing else.
const PARKED: u32 = 1;
/// It waits for descriptors, and to be called.
#[cfg(unix)]
const POLLS: u32 = 2;
/// It was called, and has not taken notice yet.
const CALLED: u32 = 3;

/// How long a thread waits at a time that has no bell.
#[cfg(unix)]
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// One thread's. Others call it, perhaps too late: then its next wait ends for no reason.
#[derive(Debug, Default)]
pub(super) struct Parker {
    state: AtomicU32,
    #[cfg(unix)]
    bell: std::sync::OnceLock<super::bell::Bell>,
}

impl Parker {
    /// Ends the thread's wait, or the next one that it begins.
    pub(super) fn call(&self) {
        match self.state.swap(CALLED, SeqCst) {
            PARKED => park::unpark_all(&self.state),
            #[cfg(unix)]
            POLLS => {
                if let Some(bell) = self.bell.get() {
                    bell.ring();
                }
            }
            _ => {}
        }
    }

    /// The thread is about to wait, and knows all that it was called for before.
    pub(super) fn begin(&self) {
        self.state.store(RUNS, SeqCst);
    }

    /// Blocks until it is called, a descriptor is ready, or `timeout` has passed; then `false`.
    pub(super) fn wait(&self, interests: &Interests, timeout: Option<Duration>) -> bool {
        #[cfg(unix)]
        if !interests.descriptors().is_empty() {
            return self.poll(interests, timeout);
        }
        let _ = interests;
        if self.state.compare_exchange(RUNS, PARKED, SeqCst, SeqCst).is_ok() {
            // It may return for no reason, which is allowed here, too; but that is not a time-out.
            let begin = std::time::Instant::now();
            park::park(&self.state, PARKED, timeout);
            return self.state.swap(RUNS, SeqCst) == CALLED || timeout.is_none_or(|timeout| begin.elapsed() < timeout);
        }
        true
    }

    #[cfg(unix)]
    fn poll(&self, interests: &Interests, timeout: Option<Duration>) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};

        use super::interests::Direction;

        // Without one, for there may be no descriptor to be had, it looks now and then.
        let bell = self.bell();
        let (timeout, is_cut) = match timeout {
            _ if bell.is_some() => (timeout, false),
            Some(timeout) if timeout <= LOOK_AGAIN => (Some(timeout), false),
            _ => (Some(LOOK_AGAIN), true),
        };
        let timeout = timeout.map(|timeout| Timespec {
            tv_sec: timeout.as_secs().try_into().unwrap_or(i64::MAX),
            tv_nsec: timeout.subsec_nanos().into(),
        });
        let mut descriptors: Vec<_> = interests
            .descriptors()
            .iter()
            .map(|(descriptor, direction)| match direction {
                Direction::Read => PollFd::new(descriptor, PollFlags::IN),
                Direction::Write => PollFd::new(descriptor, PollFlags::OUT),
            })
            .collect();
        descriptors.extend(bell.map(|bell| PollFd::new(bell, PollFlags::IN)));
        if self.state.compare_exchange(RUNS, POLLS, SeqCst, SeqCst).is_err() {
            return true;
        }
        // An error (a signal, no memory) means the same as any other return: look again.
        let ready = poll(&mut descriptors, timeout.as_ref()).unwrap_or(1);
        self.state.store(RUNS, SeqCst);
        if let Some(bell) = bell
            && descriptors.last().is_some_and(|bell| !bell.revents().is_empty())
        {
            bell.silence();
        }
        ready > 0 || is_cut
    }

    #[cfg(unix)]
    fn bell(&self) -> Option<&super::bell::Bell> {
        if self.bell.get().is_none() {
            // Only this thread makes one.
            let _ = self.bell.set(super::bell::Bell::new().ok()?);
        }
        self.bell.get()
    }
}
