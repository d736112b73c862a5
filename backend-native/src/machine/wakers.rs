//! [`Wakers`]: the tasks that await a process's end, whatever executor they belong to.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, MutexGuard, PoisonError},
    task::Waker,
};

/// Each task has a key, under which it is registered anew or forgotten.
#[derive(Debug, Default)]
pub(crate) struct Wakers(Mutex<Tasks>);

#[derive(Debug, Default)]
struct Tasks {
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

// A waker's clone, wake and drop are the executor's code, which may do anything: drop a task, and so a handle on this
// process, or panic. None of it runs under the lock.
impl Wakers {
    /// Registers a task, under the key that it has, if it has one. Returns its key.
    pub(crate) fn register(&self, key: Option<u64>, waker: &Waker) -> u64 {
        let waker = waker.clone();
        let mut tasks = self.lock();
        let key = key.unwrap_or(tasks.next);
        tasks.next = tasks.next.max(key + 1);
        let before = tasks.wakers.insert(key, waker);
        drop(tasks);
        drop(before);
        key
    }

    /// The task with this key is not to be woken any more.
    pub(crate) fn forget(&self, key: u64) {
        let waker = self.lock().wakers.remove(&key);
        drop(waker);
    }

    /// Wakes every task that is registered. To be woken again it registers again.
    pub(crate) fn wake_all(&self) {
        let wakers = std::mem::take(&mut self.lock().wakers);
        for waker in wakers.into_values() {
            // The caller is a thread of the pool, which has other processes to run. The panic has been told of.
            let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tasks> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicU32, Ordering::SeqCst},
        },
        task::Wake,
    };

    use super::*;

    #[derive(Default)]
    struct Counter(AtomicU32);

    impl Wake for Counter {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, SeqCst);
        }
    }

    struct Panics;

    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("the executor's own");
        }
    }

    #[test]
    fn a_task_is_woken_once_by_its_latest_waker_unless_it_is_forgotten() {
        let wakers = Wakers::default();
        let [old, new, gone, other] = [(); 4].map(|()| Arc::new(Counter::default()));
        let key = wakers.register(None, &old.clone().into());
        assert_eq!(wakers.register(Some(key), &new.clone().into()), key);
        let gone_key = wakers.register(None, &gone.clone().into());
        let other_key = wakers.register(None, &other.clone().into());
        assert!(key != gone_key && gone_key != other_key && key != other_key);
        wakers.forget(gone_key);
        wakers.wake_all();
        wakers.wake_all();
        assert_eq!([&old, &new, &gone, &other].map(|counter| counter.0.load(SeqCst)), [0, 1, 0, 1]);
        assert_eq!(Arc::strong_count(&old), 1, "nothing is kept of it");
    }

    #[test]
    fn an_executor_that_panics_keeps_no_other_from_being_woken() {
        let wakers = Wakers::default();
        let counter = Arc::new(Counter::default());
        wakers.register(None, &Arc::new(Panics).into());
        wakers.register(None, &counter.clone().into());
        wakers.wake_all();
        assert_eq!(counter.0.load(SeqCst), 1);
    }

    /// A waker that uses the list itself when it is dropped, as the last handle on a task does.
    struct Nested(Arc<Wakers>, u64);

    impl Wake for Nested {
        fn wake(self: Arc<Self>) {}
    }

    impl Drop for Nested {
        fn drop(&mut self) {
            self.0.forget(self.1);
        }
    }

    #[test]
    fn a_waker_may_use_the_list_when_it_is_dropped() {
        let wakers = Arc::new(Wakers::default());
        let nested = || Arc::new(Nested(wakers.clone(), 0)).into();
        let key = wakers.register(None, &nested());
        wakers.register(Some(key), &nested());
        wakers.forget(key);
        wakers.register(None, &nested());
        wakers.wake_all();
    }
}
