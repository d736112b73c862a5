//! Who holds a process besides its embedder: the OS threads that run its threads, and the watchdog while it watches it.
//!
//! A process is over for its embedder when they have all let go. Then nothing of it happens any more, what the embedder
//! gave it goes with the embedder's own handles, and its OS threads wait for other work.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::Instant,
};

use super::{park, wakers::Wakers};

/// Set when there are none any more, and never will be.
const OVER: u32 = 1 << 31;

/// How many there are, and who waits until there are none. A clone counts for the same process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holders(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    count: AtomicU32,
    /// The tasks that wait. Threads park on the count.
    wakers: Wakers,
}

/// One of them, until it is dropped. Whoever has it drops its handle on the process first.
#[derive(Debug)]
pub(crate) struct Holder(Holders);

impl Holders {
    /// Counts one more. `None` when the process is over.
    pub(crate) fn add(&self) -> Option<Holder> {
        let more = |count: u32| (count & OVER == 0).then_some(count + 1);
        self.0.count.fetch_update(SeqCst, SeqCst, more).ok().map(|_| Holder(self.clone()))
    }

    /// Whether there are none, and then there never will be any.
    pub(crate) fn is_over(&self) -> bool {
        self.try_end().is_ok()
    }

    /// Ends it if there are none; how many there are, if there are some.
    fn try_end(&self) -> Result<(), u32> {
        match self.0.count.compare_exchange(0, OVER, SeqCst, SeqCst) {
            Ok(_) | Err(OVER) => Ok(()),
            Err(count) => Err(count),
        }
    }

    /// The tasks that are woken when there may be none any more.
    pub(crate) fn wakers(&self) -> &Wakers {
        &self.0.wakers
    }

    /// Waits until there are none, and then there never will be any. `false` when the deadline is over before.
    pub(crate) fn wait_over(&self, deadline: Option<Instant>) -> bool {
        loop {
            let Err(count) = self.try_end() else { return true };
            let timeout = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if timeout.is_some_and(|timeout| timeout.is_zero()) {
                return false;
            }
            park::park(&self.0.count, count, timeout);
        }
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let Holder(Holders(shared)) = self;
        // A count that was parked on and is not 0 now is no news.
        if shared.count.fetch_sub(1, SeqCst) == 1 {
            park::unpark_all(&shared.count);
            // A task that registers later looks at the count after that.
            shared.wakers.wake_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Barrier, thread, time::Duration};

    use super::*;

    #[test]
    fn nobody_comes_when_it_is_over() {
        let holders = Holders::default();
        let first = holders.add().expect("it is not over");
        let second = holders.add().expect("it is not over");
        drop(first);
        assert!(!holders.is_over() && !holders.wait_over(Some(Instant::now())));
        drop(second);
        assert!(holders.is_over() && holders.wait_over(None) && holders.wait_over(Some(Instant::now())));
        assert!(holders.add().is_none());
    }

    #[test]
    fn whoever_waits_is_woken_by_the_last() {
        let holders = Holders::default();
        let barrier = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..2 {
                let holder = holders.add().expect("it is not over");
                scope.spawn(|| {
                    barrier.wait();
                    drop(holder);
                });
            }
            for deadline in [None, Some(Instant::now() + Duration::from_secs(3600))] {
                let (holders, barrier) = (&holders, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    assert!(holders.wait_over(deadline));
                });
            }
        });
    }
}
