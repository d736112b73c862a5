//! The operating system's threads, kept when they have nothing to do: a spawn is then a wake-up.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    thread::{self, Thread},
    time::Duration,
};

use crate::{room, stack};

/// What a thread is given to run.
type Job = Box<dyn FnOnce() + Send>;

/// The name of a thread without a guest thread that has one.
const NAME: &str = "raddle";

/// How long a thread without work waits for some before it goes.
const IDLE: Duration = Duration::from_secs(10);

/// A pool of threads, one for each job that runs and some that wait. A clone is the same pool.
#[derive(Debug, Clone)]
pub(crate) struct OsThreads(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    stack_size: usize,
    /// The threads without work; the one that became idle last is used first, as its stack is warm.
    idle: Mutex<Vec<Arc<Worker>>>,
}

struct Worker {
    thread: Thread,
    job: Mutex<Option<Job>>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("thread", &self.thread.id()).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while one of these is held.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl OsThreads {
    /// A pool whose threads have stacks of so many bytes.
    pub(crate) fn new(stack_size: usize) -> OsThreads {
        OsThreads(Arc::new(Pool { stack_size, idle: Mutex::default() }))
    }

    /// Runs a job on a thread of its own. The job must not panic.
    pub(crate) fn run(&self, job: Job) -> io::Result<()> {
        let idle = lock(&self.0.idle).pop();
        if let Some(worker) = idle {
            *lock(&worker.job) = Some(job);
            worker.thread.unpark();
            return Ok(());
        }
        let pool = Arc::downgrade(&self.0);
        let builder = thread::Builder::new().name(NAME.into()).stack_size(self.0.stack_size);
        room::spawn(builder, move || work(&pool, job))
    }

    /// How many threads wait for work.
    #[cfg(test)]
    fn idle(&self) -> usize {
        lock(&self.0.idle).len()
    }
}

/// Shows a guest thread's name in the system's tools, where the system can rename a thread. An empty name stands for none.
pub(crate) fn name_current(name: &str) {
    #[cfg(target_os = "linux")]
    {
        use std::{cell::Cell, ffi::CString};

        thread_local! {
            /// Most threads have no name, and to say so anew would be a system call for each spawn.
            static IS_NAMED: Cell<bool> = const { Cell::new(false) };
        }
        if !name.is_empty() || IS_NAMED.get() {
            let shown = if name.is_empty() { NAME } else { name };
            // Linux shows 15 bytes, and none behind a zero.
            let bytes = shown.bytes().take_while(|&byte| byte != 0).take(15).collect::<Vec<u8>>();
            if let Ok(shown) = CString::new(bytes) {
                // A name is for people; without it everything works.
                let _ = rustix::thread::set_name(&shown);
            }
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
            worker.thread.unpark();
        }
    }
}

/// A thread's life: a job, and then whatever job comes while it waits.
fn work(pool: &Weak<Pool>, first: Job) {
    let worker = Arc::new(Worker { thread: thread::current(), job: Mutex::default() });
    let mut job = first;
    loop {
        stack::begin();
        job();
        match rest(pool, &worker) {
            Some(next) => job = next,
            None => return,
        }
    }
}

/// Puts a thread without work into the pool until there is some. `None` when there is none for a while, or the pool is gone.
// Out of line: what lies below a job on the stack is there as long as the job runs.
#[inline(never)]
fn rest(pool: &Weak<Pool>, worker: &Arc<Worker>) -> Option<Job> {
    lock(&pool.upgrade()?.idle).push(worker.clone());
    next_job(pool, worker)
}

/// Waits for a job. `None` when there is none for a while, or the pool is gone.
fn next_job(pool: &Weak<Pool>, worker: &Arc<Worker>) -> Option<Job> {
    loop {
        if let Some(job) = lock(&worker.job).take() {
            return Some(job);
        }
        let parked = std::time::Instant::now();
        thread::park_timeout(IDLE);
        if parked.elapsed() < IDLE && pool.strong_count() > 0 {
            continue;
        }
        if let Some(pool) = pool.upgrade() {
            let mut idle = lock(&pool.idle);
            let Some(place) = idle.iter().position(|other| Arc::ptr_eq(other, worker)) else {
                // Somebody has taken this thread and is about to give it a job.
                continue;
            };
            idle.remove(place);
        }
        // Given between the look above and now, or before the pool went.
        return lock(&worker.job).take();
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, sync::mpsc};

    use super::*;

    #[test]
    fn an_idle_thread_is_used_again() {
        let threads = OsThreads::new(256 * 1024);
        let (sender, receiver) = mpsc::channel();
        let mut seen = HashSet::new();
        for _ in 0..100 {
            let sender = sender.clone();
            threads.run(Box::new(move || sender.send(thread::current().id()).expect("a receiver"))).expect("a thread");
            seen.insert(receiver.recv().expect("an id"));
            while threads.idle() == 0 {
                thread::yield_now();
            }
        }
        assert_eq!(seen.len(), 1);
    }

    #[test]
    fn threads_go_with_their_pool() {
        let threads = OsThreads::new(256 * 1024);
        let (sender, receiver) = mpsc::channel::<()>();
        let worker_count = 10;
        let barrier = Arc::new(std::sync::Barrier::new(worker_count));
        for _ in 0..worker_count {
            let (sender, barrier) = (sender.clone(), barrier.clone());
            threads
                .run(Box::new(move || {
                    barrier.wait();
                    drop(sender);
                }))
                .expect("a thread");
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
