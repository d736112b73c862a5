//! OS threads, kept when they have nothing to do, so that a spawn is only a wake-up.

use std::{
    fmt, io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use super::{
    holders::Holder,
    park,
    signals::Mask,
    stack,
    threads::{self, StackEnd, Threads},
};

/// What a thread is given to run.
type Job = Box<dyn FnOnce() + Send>;

/// A job, and the holder that counts its thread as busy with it.
type Work = (Job, Holder);

/// The name of a thread without a guest thread that has one.
const NAME: &str = "raddle";

/// How long an idle thread waits for work before it exits.
const IDLE: Duration = Duration::from_secs(10);

/// A pool of threads, one for each running job and some idle ones. A clone is the same pool.
#[derive(Debug, Clone)]
pub(crate) struct OsThreads(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    threads: Threads,
    /// The idle threads; the one that became idle last is used first, because its stack is warm.
    idle: Mutex<Vec<Arc<Worker>>>,
}

/// A thread, for whoever has work for it.
#[derive(Default)]
struct Worker {
    /// What it parks on while it is idle: not 0 when there is something to look at.
    called: AtomicU32,
    work: Mutex<Option<Work>>,
}

impl Worker {
    fn call(&self) {
        self.called.store(1, SeqCst);
        park::unpark_one(&self.called);
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("called", &self.called).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while one of these is held.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl OsThreads {
    /// A pool whose threads have stacks of the given size in bytes.
    pub(crate) fn new(stack_size: usize) -> OsThreads {
        OsThreads(Arc::new(Pool { threads: Threads::new(NAME, stack_size), idle: Mutex::default() }))
    }

    /// Runs a job on a thread of its own, which drops `holder` once it can take the next job. The job must not panic.
    pub(crate) fn run(&self, job: Job, holder: Holder) -> io::Result<()> {
        let idle = lock(&self.0.idle).pop();
        if let Some(worker) = idle {
            *lock(&worker.work) = Some((job, holder));
            worker.call();
            return Ok(());
        }
        let pool = Arc::downgrade(&self.0);
        self.0.threads.spawn(move |stack_end| work(&pool, stack_end, (job, holder)))
    }
}

/// Shows a guest thread's name in the system's tools, where the system can rename a thread. An empty name means none.
pub(crate) fn name_current(name: &str) {
    #[cfg(target_os = "linux")]
    {
        use std::cell::Cell;

        thread_local! {
            /// Most threads have no name, and setting that again would cost a system call per spawn.
            static IS_NAMED: Cell<bool> = const { Cell::new(false) };
        }
        if !name.is_empty() || IS_NAMED.get() {
            threads::show_name(if name.is_empty() { NAME } else { name });
            IS_NAMED.set(!name.is_empty());
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = name;
}

impl Drop for Pool {
    fn drop(&mut self) {
        // Without the pool they find no work, and go.
        for worker in lock(&self.idle).drain(..) {
            worker.call();
        }
    }
}

/// A thread's life: a job, and then whatever jobs come while it is idle.
fn work(pool: &Weak<Pool>, stack_end: StackEnd, first: Work) {
    let worker = Arc::new(Worker::default());
    let mut work = first;
    loop {
        stack::begin(stack_end);
        let (job, holder) = work;
        job();
        match rest(pool, &worker, holder) {
            Some(next) => work = next,
            None => return,
        }
    }
}

/// Puts an idle thread into the pool until there is work. `None` if there is none for a while, or the pool is gone.
// Out of line: what lies below a job on the stack is there as long as the job runs.
#[inline(never)]
fn rest(pool: &Weak<Pool>, worker: &Arc<Worker>, holder: Holder) -> Option<Work> {
    // What its job let through is not for an idle thread. So it is before anybody can know that the job is done.
    Mask::all().adopt();
    lock(&pool.upgrade()?.idle).push(worker.clone());
    drop(holder);
    next_work(pool, worker)
}

/// Waits for a job. `None` if there is none for a while, or the pool is gone.
fn next_work(pool: &Weak<Pool>, worker: &Arc<Worker>) -> Option<Work> {
    let idle_since = Instant::now();
    loop {
        // Work that comes after this look has a call that comes after it, too.
        worker.called.store(0, SeqCst);
        if let Some(work) = lock(&worker.work).take() {
            return Some(work);
        }
        let left = IDLE.saturating_sub(idle_since.elapsed());
        if !left.is_zero() && pool.strong_count() > 0 {
            park::park(&worker.called, 0, Some(left));
            continue;
        }
        if let Some(pool) = pool.upgrade() {
            let mut idle = lock(&pool.idle);
            let Some(place) = idle.iter().position(|other| Arc::ptr_eq(other, worker)) else {
                // Somebody has taken this thread and is about to give it a job.
                drop(idle);
                std::thread::yield_now();
                continue;
            };
            idle.remove(place);
        }
        // Given between the look above and now, or before the pool went.
        return lock(&worker.work).take();
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, sync::mpsc, thread};

    use super::*;
    use crate::machine::holders::Holders;

    #[test]
    fn an_idle_thread_is_used_again() {
        let threads = OsThreads::new(256 * 1024);
        let (sender, receiver) = mpsc::channel();
        let mut seen = HashSet::new();
        for _ in 0..100 {
            let (sender, holders) = (sender.clone(), Holders::default());
            let job = Box::new(move || sender.send(thread::current().id()).expect("a receiver"));
            threads.run(job, holders.add().expect("it is not over")).expect("a thread");
            assert!(holders.wait_over(None), "it is idle");
            seen.insert(receiver.recv().expect("an id"));
        }
        assert_eq!(seen.len(), 1);
    }

    #[test]
    fn threads_go_with_their_pool() {
        let threads = OsThreads::new(256 * 1024);
        let (sender, receiver) = mpsc::channel::<()>();
        let holders = Holders::default();
        let worker_count = 10;
        let barrier = Arc::new(std::sync::Barrier::new(worker_count));
        for _ in 0..worker_count {
            let (sender, barrier) = (sender.clone(), barrier.clone());
            let job = Box::new(move || {
                barrier.wait();
                drop(sender);
            });
            threads.run(job, holders.add().expect("it is not over")).expect("a thread");
        }
        drop(sender);
        assert!(receiver.recv().is_err(), "every job has run");
        let pool = Arc::downgrade(&threads.0);
        drop(threads);
        while pool.strong_count() > 0 {
            thread::yield_now();
        }
    }
}
