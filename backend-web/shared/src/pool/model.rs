//! The pool under a model checker, which chooses what comes before what at every access to a word. Each defect is one
//! that it must catch.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, PoisonError,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
};

use raddle_runtime_api::AtomicWords;
use shuttle::{
    Config, FailurePersistence, Runner,
    rand::{Rng, thread_rng},
    scheduler::{PctScheduler, RandomScheduler, Scheduler},
    sync::{Condvar, Mutex, atomic::AtomicBool},
    thread,
};

use super::*;
use crate::region::{PAGE_HEADER, Region};

const SEED: u64 = 0x7261_6464_6c65;
const PREEMPTIONS: usize = 3;

/// How likely a worker that parks comes back for no reason.
const SPURIOUS: f64 = 0.2;

/// The most workers, and how many stay.
const WORKERS: u32 = 4;
const KEEP: u32 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    /// Nobody is ever woken.
    NoWakeUp,
    /// Whoever wants the lock has it.
    NoLock,
    /// A worker that was woken finds its ticket in its place.
    TicketStays,
    /// Workers that have finished count as finishing for ever.
    FinishingStays,
    /// The worker at the top is woken, and stays at the top.
    ParkedStays,
    /// Spawners are not told that an expected worker has begun, or will not.
    NotSettled,
    /// A job that is taken back stays in the queue.
    JobStays,
}

#[derive(Clone)]
struct Checked(Arc<Shared>);

struct Shared {
    words: CheckedWords,
    /// Who is parked, by word. Its lock is what makes park and unpark atomic.
    parked: Mutex<BTreeMap<u32, Arc<Condvar>>>,
}

struct CheckedWords {
    words: AtomicWords,
    /// Loading it lets the checker choose.
    choice: AtomicBool,
    region: Region,
    defect: Defect,
}

impl CheckedWords {
    fn choose(&self) -> &AtomicWords {
        self.choice.load(SeqCst);
        &self.words
    }

    fn is(&self, defect: Defect, at: u32, word: u32) -> bool {
        self.defect == defect && at == self.region.word(word)
    }
}

impl Words for CheckedWords {
    fn load(&self, at: u32) -> u32 {
        self.choose().load(at)
    }
    fn store(&self, at: u32, value: u32) {
        let is_place = (0..KEEP).any(|place| at == self.region.place(place));
        let is_less = value < self.words.load(at);
        let is_lost = self.defect == Defect::TicketStays && is_place && value == WOKEN
            || self.is(Defect::ParkedStays, at, header::PARKED) && is_less
            || self.is(Defect::JobStays, at, header::PUT) && is_less;
        if !is_lost {
            self.choose().store(at, value);
        }
    }
    fn swap(&self, at: u32, value: u32) -> u32 {
        self.choose().swap(at, value)
    }
    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32> {
        let answer = self.choose().compare_exchange(at, current, new);
        if self.is(Defect::NoLock, at, header::LOCK) { Ok(current) } else { answer }
    }
    fn fetch_add(&self, at: u32, value: u32) -> u32 {
        let value = if self.is(Defect::NotSettled, at, header::SETTLED) { 0 } else { value };
        self.choose().fetch_add(at, value)
    }
    fn fetch_sub(&self, at: u32, value: u32) -> u32 {
        let value = if self.is(Defect::FinishingStays, at, header::FINISHING) { 0 } else { value };
        self.choose().fetch_sub(at, value)
    }
    fn fetch_or(&self, at: u32, bits: u32) -> u32 {
        self.choose().fetch_or(at, bits)
    }
    fn fence(&self) {}
}

impl Park for Checked {
    type Words = CheckedWords;

    fn words(&self) -> &CheckedWords {
        &self.0.words
    }

    fn park(&self, word: u32, expected: u32) {
        if thread_rng().gen_bool(SPURIOUS) {
            thread::yield_now();
            return;
        }
        let mut parked = self.0.parked.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.words.words.load(word) == expected {
            let condvar = parked.entry(word).or_default().clone();
            drop(condvar.wait(parked));
        }
    }

    fn unpark(&self, word: u32, count: u32) {
        let parked = self.0.parked.lock().unwrap_or_else(PoisonError::into_inner);
        match parked.get(&word) {
            Some(condvar) if self.0.words.defect != Defect::NoWakeUp => match count {
                1 => condvar.notify_one(),
                _ => condvar.notify_all(),
            },
            _ => {}
        }
    }
}

/// What the jobs do, and what has become of them.
struct Jobs {
    runs: [AtomicU32; 4],
    arrived: Mutex<u32>,
    all_arrived: Condvar,
}

impl Jobs {
    /// The first two wait for each other: neither may wait for a worker meanwhile.
    fn run(&self, job: u32) {
        self.runs[job as usize].fetch_add(1, SeqCst);
        let mut arrived = self.arrived.lock().unwrap();
        *arrived += 1;
        self.all_arrived.notify_all();
        while job < 2 && *arrived < 2 {
            arrived = self.all_arrived.wait(arrived).unwrap();
        }
    }

    fn wait_for(&self, count: u32) {
        let mut arrived = self.arrived.lock().unwrap();
        while *arrived < count {
            arrived = self.all_arrived.wait(arrived).unwrap();
        }
    }
}

/// Two jobs at once, then one after another, for the last of which no worker may come, and the end.
fn check(defect: Defect) {
    let region = Region::new(PAGE_HEADER, 4);
    let words = AtomicWords::zeroed(PAGE_HEADER + Region::words(4, 0));
    words.store(PAGE_MAX_WORKERS, WORKERS);
    let words = CheckedWords { words, choice: AtomicBool::new(false), region, defect };
    let pool = Pool::create(Checked(Arc::new(Shared { words, parked: Mutex::default() })), region, KEEP);
    let jobs = Arc::new(Jobs { runs: Default::default(), arrived: Mutex::new(0), all_arrived: Condvar::new() });
    let worker = {
        let (pool, jobs) = (pool.clone(), jobs.clone());
        move || {
            pool.begin();
            while let Next::Job(job) = pool.next() {
                let mut next = Some(job);
                while let Some(job) = next {
                    jobs.run(job);
                    pool.finish();
                    next = pool.next_at_once();
                }
            }
        }
    };
    let mut workers = vec![];
    assert_eq!(pool.start_ahead(1), 1);
    workers.push(thread::spawn(worker.clone()));
    let mut expected = 0;
    for job in 0..4 {
        match pool.put(job) {
            Ok(Put::Taken | Put::Expected) => {}
            Ok(Put::WorkerNeeded) if job == 3 => {
                let pool = pool.clone();
                workers.push(thread::spawn(move || pool.give_up()));
            }
            Ok(Put::WorkerNeeded) => workers.push(thread::spawn(worker.clone())),
            Err(refused) => panic!("{refused:?}"),
        }
        match pool.settle(job) {
            Ok(()) => expected += 1,
            // One that has finished may have taken it before.
            Err(refused) => assert_eq!((refused, job), (Refused::NoWorker, 3)),
        }
        if job > 0 {
            jobs.wait_for(expected);
        }
    }
    pool.close();
    for worker in workers {
        worker.join().unwrap();
    }
    let runs = jobs.runs.each_ref().map(|runs| runs.load(SeqCst));
    assert_eq!(runs, [1, 1, 1, expected - 3]);
    assert_eq!((pool.workers(), pool.load(header::READY), pool.load(header::EXPECTED)), (0, 0, 0));
}

fn run(scheduler: impl Scheduler + 'static, defect: Defect) {
    let mut config = Config::new();
    config.silence_warnings = true;
    config.failure_persistence = FailurePersistence::None;
    Runner::new(scheduler, config).run(move || check(defect));
}

#[test]
fn every_job_is_run_once_and_every_worker_leaves() {
    run(RandomScheduler::new_from_seed(SEED, 5000), Defect::None);
    run(PctScheduler::new_from_seed(SEED, PREEMPTIONS, 5000), Defect::None);
}

#[test]
fn what_is_broken_is_caught() {
    use Defect::{FinishingStays, JobStays, NoLock, NoWakeUp, NotSettled, ParkedStays, TicketStays};
    for defect in [NoWakeUp, NoLock, TicketStays, FinishingStays, ParkedStays, NotSettled, JobStays] {
        let survives = catch_unwind(AssertUnwindSafe(|| run(RandomScheduler::new_from_seed(SEED, 2000), defect)))
            .is_ok()
            && catch_unwind(AssertUnwindSafe(|| run(PctScheduler::new_from_seed(SEED, PREEMPTIONS, 2000), defect)))
                .is_ok();
        assert!(!survives, "{defect:?}");
    }
}
