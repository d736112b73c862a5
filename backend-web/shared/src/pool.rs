//! How a job gets to a worker, without a turn of any event loop.
//!
//! A spawner puts the job in a queue and wakes a parked worker; it may block right after. Workers that wait for a job,
//! or are on their way to that, are *ready*. There are never more jobs in the queue than ready workers and those that
//! are *expected*: so every job is taken soon, however long the jobs before it run, and whoever is not sure of a worker
//! is told so. Where a worker is missing the spawner asks for one, which is expected until it has begun.
//!
//! A browser may start fewer workers than it is asked for, without a word. So a spawner whose job has no ready worker
//! waits until it has, or until the nursery says that one will not come: then it takes the job back.
//!
//! A worker that has just run a job takes the next one without parking, and nobody is woken for that. Else the worker
//! that parked last is woken: its code is compiled and its data in the caches.
//!
//! All of it happens under one lock, which is held for tens of instructions.

use raddle_runtime_api::Words;

use crate::region::{PAGE_MAX_WORKERS, PAGE_WORKERS, Region, header};

/// What the pool needs of a host.
pub trait Park {
    /// Control words of all processes of the page.
    type Words: Words + ?Sized;

    /// The words.
    fn words(&self) -> &Self::Words;

    /// Blocks while the word holds `expected`. It may return at any time; where nothing may block, it does so at once.
    fn park(&self, word: u32, expected: u32);

    /// Wakes as many as are parked on the word, but at most `count`.
    fn unpark(&self, word: u32, count: u32);
}

/// What becomes of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// A worker will take it.
    Taken,
    /// So will one that has not begun yet. If that is not to be hoped, [`Pool::settle`] says so.
    Expected,
    /// The same, and the caller has to get the worker: it is expected already.
    WorkerNeeded,
}

/// Why a job cannot be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The page has as many workers as it may.
    TooManyWorkers,
    /// The browser has not started the worker that was asked for.
    NoWorker,
    /// The process has ended.
    Closed,
}

/// What a worker is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// To run this job.
    Job(u32),
    /// To go: it is not counted any more.
    Leave,
}

/// A process's pool, as one agent sees it.
#[derive(Debug, Clone, Copy)]
pub struct Pool<P> {
    host: P,
    region: Region,
}

impl<P: Park> Pool<P> {
    /// The pool in a region.
    pub fn new(host: P, region: Region) -> Pool<P> {
        Pool { host, region }
    }

    /// Lays out an empty pool, in words that are zero, of which at most `keep` workers stay when nobody needs them.
    pub fn create(host: P, region: Region, keep: u32) -> Pool<P> {
        let pool = Pool { host, region };
        pool.store(header::CAPACITY, region.capacity);
        // There is a place for each to park; and more than there may be threads would never be needed.
        pool.store(header::KEEP, keep.min(region.capacity));
        pool
    }

    /// Puts a job in the queue.
    ///
    /// # Errors
    /// [`Refused`]; the job is not in the queue then.
    pub fn put(&self, job: u32) -> Result<Put, Refused> {
        let lock = Lock::acquire(self, header::LOCK);
        if self.load(header::CLOSED) != 0 {
            return Err(Refused::Closed);
        }
        let waiting = self.waiting();
        let ready = self.load(header::READY);
        let put = if waiting < ready {
            Put::Taken
        } else if waiting < ready + self.load(header::EXPECTED) {
            Put::Expected
        } else if self.reserve(1) {
            Put::WorkerNeeded
        } else {
            return Err(Refused::TooManyWorkers);
        };
        let number = self.load(header::PUT);
        self.host.words().store(self.region.slot(number), job);
        self.store(header::PUT, number.wrapping_add(1));
        if put != Put::Taken {
            return Ok(put);
        }
        let parked = self.load(header::PARKED);
        if parked == 0 || waiting < self.load(header::FINISHING) {
            return Ok(put);
        }
        let place = self.region.place(parked - 1);
        self.store(header::PARKED, parked - 1);
        self.host.words().store(place, WOKEN);
        drop(lock);
        // All that wait there: one that has parked since looks at its ticket, and parks again.
        self.host.unpark(place, u32::MAX);
        Ok(put)
    }

    /// Waits until a job that was put has a worker that has begun.
    ///
    /// # Errors
    /// [`Refused::NoWorker`]; the job is not in the queue then.
    ///
    /// # Blocking
    /// Until the nursery knows what has become of the worker, or the pool is closed.
    pub fn settle(&self, job: u32) -> Result<(), Refused> {
        let mut lock = Lock::acquire(self, header::LOCK);
        loop {
            // Before the look at what is closed without the lock.
            let settled = self.load(header::SETTLED);
            let waiting = self.waiting();
            let ready = self.load(header::READY);
            let Some(number) = self.find(job) else { return Ok(()) };
            if waiting <= ready || self.load(header::CLOSED) != 0 {
                return Ok(());
            }
            if waiting > ready + self.load(header::EXPECTED) {
                self.remove(number);
                return Err(Refused::NoWorker);
            }
            self.add(header::SETTLING, 1);
            drop(lock);
            self.host.park(self.region.word(header::SETTLED), settled);
            lock = Lock::acquire(self, header::LOCK);
            self.sub(header::SETTLING, 1);
        }
    }

    /// Says that an expected worker has begun: it is ready.
    pub fn begin(&self) {
        let lock = Lock::acquire(self, header::LOCK);
        self.sub(header::EXPECTED, 1);
        self.add(header::READY, 1);
        self.wake_spawners(lock);
    }

    /// Says that an expected worker will not come.
    pub fn give_up(&self) {
        let lock = Lock::acquire(self, header::LOCK);
        self.sub(header::EXPECTED, 1);
        self.uncount();
        self.wake_spawners(lock);
    }

    fn wake_spawners(&self, lock: Lock<'_, P>) {
        self.add(header::SETTLED, 1);
        drop(lock);
        self.host.unpark(self.region.word(header::SETTLED), u32::MAX);
    }

    /// Counts workers that the caller starts ahead of need, as many of `count` as the page may have.
    pub fn start_ahead(&self, count: u32) -> u32 {
        let _lock = Lock::acquire(self, header::LOCK);
        if self.load(header::CLOSED) != 0 {
            return 0;
        }
        (0..count).take_while(|_| self.reserve(1)).count() as u32
    }

    /// The next job for a worker that has [finished](Pool::finish) one, if there is any.
    pub fn next_at_once(&self) -> Option<u32> {
        let _lock = Lock::acquire(self, header::LOCK);
        self.sub(header::FINISHING, 1);
        self.take()
    }

    /// What a ready worker is to do: the next job, when there is one.
    ///
    /// # Blocking
    /// Until then.
    pub fn next(&self) -> Next {
        let mut lock = Lock::acquire(self, header::LOCK);
        loop {
            if let Some(job) = self.take() {
                return Next::Job(job);
            }
            if self.load(header::CLOSED) != 0 || self.is_one_too_many() {
                self.sub(header::READY, 1);
                self.uncount();
                return Next::Leave;
            }
            // No more are parked than are ready, and so than are kept.
            let parked = self.load(header::PARKED);
            let place = self.region.place(parked);
            let ticket = self.load(header::TICKET).wrapping_add(2) | 1;
            self.store(header::PARKED, parked + 1);
            self.store(header::TICKET, ticket);
            self.host.words().store(place, ticket);
            drop(lock);
            while self.host.words().load(place) == ticket && self.load(header::CLOSED) == 0 {
                self.host.park(place, ticket);
            }
            lock = Lock::acquire(self, header::LOCK);
        }
    }

    /// Says that a worker's job is over but for a few instructions: it counts as ready, and asks for [the
    /// next](Pool::next_at_once) then.
    pub fn finish(&self) {
        let _lock = Lock::acquire(self, header::LOCK);
        self.add(header::READY, 1);
        self.add(header::FINISHING, 1);
    }

    /// Takes no more jobs and sends every worker away that has none.
    pub fn close(&self) {
        // Without the lock: whoever ends a process must get through, also when a worker was lost that held it. A worker
        // that is about to park sees either this or what is put in its place.
        self.store(header::CLOSED, 1);
        for place in (0..self.load(header::KEEP)).map(|place| self.region.place(place)) {
            self.host.words().store(place, WOKEN);
            self.host.unpark(place, u32::MAX);
        }
        self.add(header::SETTLED, 1);
        self.host.unpark(self.region.word(header::SETTLED), u32::MAX);
    }

    /// Counts out every worker that is left, after all of them have ended.
    pub fn abandon(&self) {
        let left = self.host.words().swap(self.region.word(header::WORKERS), 0);
        self.host.words().fetch_sub(PAGE_WORKERS, left);
    }

    /// How many workers are alive, or about to be.
    pub fn workers(&self) -> u32 {
        self.load(header::WORKERS)
    }

    /// Counts workers to be, unless the page has too many. The lock is held.
    fn reserve(&self, count: u32) -> bool {
        let words = self.host.words();
        // Other processes of the page count here, too, under other locks.
        if words.fetch_add(PAGE_WORKERS, count) + count > words.load(PAGE_MAX_WORKERS) {
            words.fetch_sub(PAGE_WORKERS, count);
            return false;
        }
        self.add(header::WORKERS, count);
        self.add(header::EXPECTED, count);
        true
    }

    /// One worker less. The lock is held.
    fn uncount(&self) {
        self.sub(header::WORKERS, 1);
        self.host.words().fetch_sub(PAGE_WORKERS, 1);
    }

    fn is_one_too_many(&self) -> bool {
        self.load(header::READY) + self.load(header::EXPECTED) > self.load(header::KEEP)
    }

    /// The number of a job that is in the queue. The lock is held.
    fn find(&self, job: u32) -> Option<u32> {
        let taken = self.load(header::TAKEN);
        let numbers = (0..self.waiting()).map(|place| taken.wrapping_add(place));
        numbers.into_iter().find(|&number| self.host.words().load(self.region.slot(number)) == job)
    }

    /// Takes the job of that number out of the queue; those behind it move up. The lock is held.
    fn remove(&self, number: u32) {
        let last = self.load(header::PUT).wrapping_sub(1);
        let words = self.host.words();
        let mut number = number;
        while number != last {
            let next = number.wrapping_add(1);
            words.store(self.region.slot(number), words.load(self.region.slot(next)));
            number = next;
        }
        self.store(header::PUT, last);
    }

    /// Takes a job, if there is one, for a worker that is ready no more then. The lock is held.
    fn take(&self) -> Option<u32> {
        if self.waiting() == 0 {
            return None;
        }
        let number = self.load(header::TAKEN);
        let job = self.host.words().load(self.region.slot(number));
        self.store(header::TAKEN, number.wrapping_add(1));
        self.sub(header::READY, 1);
        if self.load(header::SETTLING) != 0 {
            self.add(header::SETTLED, 1);
            self.host.unpark(self.region.word(header::SETTLED), u32::MAX);
        }
        Some(job)
    }

    fn waiting(&self) -> u32 {
        self.load(header::PUT).wrapping_sub(self.load(header::TAKEN))
    }

    fn load(&self, word: u32) -> u32 {
        self.host.words().load(self.region.word(word))
    }

    fn store(&self, word: u32, value: u32) {
        self.host.words().store(self.region.word(word), value);
    }

    fn add(&self, word: u32, value: u32) {
        self.host.words().fetch_add(self.region.word(word), value);
    }

    fn sub(&self, word: u32, value: u32) {
        self.host.words().fetch_sub(self.region.word(word), value);
    }

    /// Runs something under the lock in a word of the process's header.
    pub fn locked<R>(&self, word: u32, run: impl FnOnce() -> R) -> R {
        let _lock = Lock::acquire(self, word);
        run()
    }
}

/// In a place, instead of the ticket of the worker that was parked there.
const WOKEN: u32 = 0;

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;

/// A lock in a word of the header: 0 free, 1 held, 2 held and maybe waited for.
struct Lock<'a, P: Park> {
    host: &'a P,
    at: u32,
}

impl<'a, P: Park> Lock<'a, P> {
    fn acquire(pool: &'a Pool<P>, word: u32) -> Self {
        let (host, at) = (&pool.host, pool.region.word(word));
        if host.words().compare_exchange(at, FREE, HELD).is_err() {
            // Whoever gets it this way cannot know that nobody else waits.
            while host.words().swap(at, CONTENDED) != FREE {
                host.park(at, CONTENDED);
            }
        }
        Lock { host, at }
    }
}

impl<P: Park> Drop for Lock<'_, P> {
    fn drop(&mut self) {
        if self.host.words().swap(self.at, FREE) == CONTENDED {
            self.host.unpark(self.at, 1);
        }
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
