//! Ends processes whose time limit has passed: one thread for all processes of a runtime, which exists while any has a
//! time limit.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use super::{
    signals::Mask,
    threads::{StackEnd, Threads},
};

/// The thread's stack, in bytes: the embedder's code may run on it, when what it gave a process is dropped.
const STACK_SIZE: usize = 256 * 1024;

/// What happens when the time limit passes.
type Bite = Box<dyn FnOnce() + Send>;

/// When, and a number that keeps equal times apart.
type Due = (Instant, u64);

#[derive(Debug, Default)]
pub(crate) struct Watchdog(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: BTreeMap<Due, Bite>,
    next: u64,
    /// Whether the thread exists.
    awake: bool,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("waiting", &lock(self).waiting.len()).finish_non_exhaustive()
    }
}

fn lock(shared: &Shared) -> MutexGuard<'_, Queue> {
    shared.queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A deadline that is being watched; dropping it takes it back.
#[derive(Debug)]
pub(crate) struct Watch {
    shared: Arc<Shared>,
    due: Due,
}

impl Watchdog {
    /// Calls `bite` at `when`, unless the [`Watch`] is dropped before.
    pub(crate) fn watch(&self, when: Instant, bite: Bite) -> std::io::Result<Watch> {
        let mut queue = lock(&self.0);
        if !queue.awake {
            let shared = self.0.clone();
            let watch = move |_: StackEnd| {
                Mask::all().adopt();
                run(&shared);
            };
            Threads::new("raddle-watchdog", STACK_SIZE).spawn(watch)?;
            queue.awake = true;
        }
        let due = (when, queue.next);
        queue.next += 1;
        queue.waiting.insert(due, bite);
        self.0.changed.notify_one();
        Ok(Watch { shared: self.0.clone(), due })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Dropped outside the lock: it may hold the last handle on a process.
        let bite = lock(&self.shared).waiting.remove(&self.due);
        drop(bite);
        self.shared.changed.notify_one();
    }
}

fn run(shared: &Shared) {
    let mut queue = lock(shared);
    loop {
        let Some((&due, _)) = queue.waiting.first_key_value() else {
            queue.awake = false;
            return;
        };
        let left = due.0.saturating_duration_since(Instant::now());
        if left.is_zero() {
            let bite = queue.waiting.remove(&due);
            drop(queue);
            if let Some(bite) = bite {
                // It may drop the last handle on a process, and so what its embedder gave it. A panic there is that
                // process's, and has been told of; the others still have their time limits.
                let _ = catch_unwind(AssertUnwindSafe(bite));
            }
            queue = lock(shared);
        } else {
            queue = shared.changed.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use super::*;

    #[test]
    fn it_bites_in_the_order_of_the_deadlines_and_only_who_is_watched() {
        let watchdog = Watchdog::default();
        let (sender, receiver) = mpsc::channel();
        let now = Instant::now();
        let bite = |number: u64| {
            let sender = sender.clone();
            Box::new(move || sender.send(number).expect("a receiver"))
        };
        let second = watchdog.watch(now + Duration::from_millis(20), bite(2)).expect("a thread");
        let first = watchdog.watch(now + Duration::from_millis(10), bite(1)).expect("a thread");
        let never = watchdog.watch(now + Duration::from_millis(15), bite(3)).expect("a thread");
        drop(never);
        assert_eq!([receiver.recv(), receiver.recv()], [Ok(1), Ok(2)]);
        drop((first, second));
        drop(sender);
        assert!(receiver.recv().is_err(), "nothing else is left");
    }

    #[test]
    fn it_bites_again_after_a_panic() {
        let watchdog = Watchdog::default();
        let (sender, receiver) = mpsc::channel();
        let now = Instant::now();
        let bad = watchdog.watch(now, Box::new(|| panic!("a bug of the embedder's"))).expect("a thread");
        let good = watchdog.watch(now, Box::new(move || sender.send(()).expect("a receiver"))).expect("a thread");
        assert_eq!(receiver.recv_timeout(Duration::from_secs(60)), Ok(()));
        drop((bad, good));
    }
}
