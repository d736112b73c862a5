//! The pool over plain atomics, with threads as workers.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use raddle_runtime_api::AtomicWords;

use super::*;
use crate::region::{PAGE_HEADER, Region};

/// A host whose parked threads look again and again.
#[derive(Clone)]
struct Spinning(Arc<AtomicWords>);

impl Park for Spinning {
    type Words = AtomicWords;

    fn words(&self) -> &AtomicWords {
        &self.0
    }

    fn park(&self, word: u32, expected: u32) {
        if self.0.load(word) == expected {
            thread::yield_now();
        }
    }

    fn unpark(&self, _: u32, _: u32) {}
}

fn pool(max_workers: u32, keep: u32) -> Pool<Spinning> {
    let region = Region::new(PAGE_HEADER, 64);
    let words = AtomicWords::zeroed(PAGE_HEADER + Region::words(64, 0));
    words.store(PAGE_MAX_WORKERS, max_workers);
    Pool::create(Spinning(Arc::new(words)), region, keep)
}

#[test]
fn a_job_waits_for_the_worker_that_was_asked_for() {
    let pool = pool(2, 1);
    assert_eq!(pool.put(7), Ok(Put::WorkerNeeded));
    assert_eq!(pool.put(8), Ok(Put::WorkerNeeded));
    assert_eq!(pool.put(9), Err(Refused::TooManyWorkers));
    pool.begin();
    pool.begin();
    assert_eq!((pool.settle(7), pool.settle(8)), (Ok(()), Ok(())));
    assert_eq!((pool.next(), pool.next()), (Next::Job(7), Next::Job(8)));
    pool.finish();
    assert_eq!(pool.put(9), Ok(Put::Taken), "the one that has finished takes it");
    assert_eq!(pool.put(10), Err(Refused::TooManyWorkers));
    assert_eq!((pool.next_at_once(), pool.next_at_once()), (Some(9), None));
}

#[test]
fn workers_beyond_what_is_kept_leave() {
    let pool = pool(10, 1);
    assert_eq!(pool.start_ahead(2), 2);
    assert_eq!(pool.workers(), 2);
    pool.begin();
    pool.begin();
    assert_eq!(pool.next(), Next::Leave);
    assert_eq!((pool.workers(), pool.host.0.load(PAGE_WORKERS)), (1, 1));
    assert_eq!(pool.put(1), Ok(Put::Taken));
    assert_eq!(pool.next(), Next::Job(1));
}

#[test]
fn a_closed_pool_takes_nothing_and_runs_what_it_has() {
    let pool = pool(10, 4);
    assert_eq!(pool.put(1), Ok(Put::WorkerNeeded));
    assert_eq!(pool.start_ahead(1), 1);
    pool.close();
    assert_eq!(pool.settle(1), Ok(()), "nobody waits for a worker any more");
    pool.begin();
    pool.begin();
    assert_eq!(pool.put(2), Err(Refused::Closed));
    assert_eq!(pool.start_ahead(1), 0);
    assert_eq!(pool.next(), Next::Job(1));
    pool.finish();
    assert_eq!(pool.next_at_once(), None);
    assert_eq!((pool.next(), pool.next()), (Next::Leave, Next::Leave));
    assert_eq!((pool.workers(), pool.host.0.load(PAGE_WORKERS)), (0, 0));
}

#[test]
fn the_worker_that_parked_last_is_woken_first() {
    let pool = pool(10, 3);
    assert_eq!(pool.start_ahead(3), 3);
    let came = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for worker in 0..3 {
            let (pool, came) = (&pool, &came);
            scope.spawn(move || {
                pool.begin();
                while let Next::Job(job) = pool.next() {
                    came.lock().unwrap().push((worker, job));
                    // For ever, as far as the jobs below know.
                    while pool.load(header::CLOSED) == 0 {
                        thread::yield_now();
                    }
                    pool.finish();
                    assert_eq!(pool.next_at_once(), None);
                }
            });
            while pool.load(header::PARKED) <= worker {
                thread::yield_now();
            }
        }
        for job in 0..3 {
            assert_eq!(pool.put(job), Ok(Put::Taken));
            while came.lock().unwrap().len() <= job as usize {
                thread::yield_now();
            }
        }
        pool.close();
    });
    assert_eq!(came.into_inner().unwrap(), [(2, 0), (1, 1), (0, 2)]);
}

#[test]
fn nobody_is_woken_for_a_job_that_a_finishing_worker_takes() {
    let pool = pool(10, 2);
    assert_eq!(pool.start_ahead(2), 2);
    pool.begin();
    pool.begin();
    thread::scope(|scope| {
        let parked = scope.spawn(|| pool.next());
        while pool.load(header::PARKED) == 0 {
            thread::yield_now();
        }
        // The other one has run a job.
        pool.store(header::READY, 1);
        pool.finish();
        assert_eq!(pool.put(1), Ok(Put::Taken));
        assert_eq!(pool.load(header::PARKED), 1);
        assert_eq!(pool.put(2), Ok(Put::Taken));
        assert_eq!(pool.load(header::PARKED), 0);
        let jobs = [pool.next_at_once().map(Next::Job), parked.join().ok()];
        assert!([[1, 2], [2, 1]].map(|jobs| jobs.map(|job| Some(Next::Job(job)))).contains(&jobs), "{jobs:?}");
    });
}

#[test]
fn every_worker_leaves_a_pool_that_is_closed_while_it_parks() {
    for round in 0..200 {
        let pool = pool(3, 3);
        assert_eq!(pool.start_ahead(3), 3);
        thread::scope(|scope| {
            let come = || {
                pool.begin();
                pool.next()
            };
            let workers = [0; 3].map(|_| scope.spawn(come));
            // Now and then before one has parked, and now and then after.
            for _ in 0..round % 50 {
                thread::yield_now();
            }
            pool.close();
            assert_eq!(workers.map(|worker| worker.join().unwrap()), [Next::Leave; 3]);
        });
    }
}

#[test]
fn closing_needs_no_lock_that_a_lost_worker_may_have() {
    let pool = pool(2, 2);
    pool.store(header::LOCK, HELD);
    pool.close();
    assert_eq!(pool.load(header::CLOSED), 1);
}

#[test]
fn those_that_were_ended_by_force_are_counted_out() {
    let pool = pool(10, 4);
    assert_eq!(pool.start_ahead(3), 3);
    pool.abandon();
    assert_eq!((pool.workers(), pool.host.0.load(PAGE_WORKERS)), (0, 0));
}

#[test]
fn every_job_is_run_once_though_each_waits_for_the_next() {
    let pool = pool(32, 2);
    let run = Mutex::new(vec![0; 2000]);
    let running = AtomicU32::new(0);
    thread::scope(|scope| {
        let worker = || {
            pool.begin();
            while let Next::Job(mut job) = pool.next() {
                loop {
                    running.fetch_add(1, SeqCst);
                    run.lock().unwrap()[job as usize] += 1;
                    thread::yield_now();
                    running.fetch_sub(1, SeqCst);
                    pool.finish();
                    let Some(next) = pool.next_at_once() else { break };
                    job = next;
                }
            }
        };
        for job in 0..2000 {
            loop {
                match pool.put(job) {
                    Ok(Put::Taken | Put::Expected) => break,
                    Ok(Put::WorkerNeeded) => {
                        scope.spawn(worker);
                        break;
                    }
                    Err(Refused::TooManyWorkers) => thread::yield_now(),
                    Err(refused) => unreachable!("{refused:?}"),
                }
            }
        }
        while run.lock().unwrap().contains(&0) || running.load(SeqCst) > 0 {
            thread::yield_now();
        }
        pool.close();
    });
    assert!(run.into_inner().unwrap().iter().all(|&count| count == 1));
    assert_eq!((pool.workers(), pool.host.0.load(PAGE_WORKERS)), (0, 0));
}

#[test]
fn a_job_is_taken_back_whose_worker_does_not_come() {
    let pool = pool(10, 2);
    assert_eq!([1, 2, 3].map(|job| pool.put(job)), [Ok(Put::WorkerNeeded); 3]);
    pool.give_up();
    assert_eq!((pool.workers(), pool.host.0.load(PAGE_WORKERS)), (2, 2));
    // The first that looks is told so; there may be workers for the others.
    assert_eq!(pool.settle(2), Err(Refused::NoWorker));
    pool.begin();
    pool.begin();
    assert_eq!((pool.settle(1), pool.settle(3)), (Ok(()), Ok(())));
    assert_eq!((pool.next(), pool.next()), (Next::Job(1), Next::Job(3)));
}

#[test]
fn a_job_that_another_worker_has_taken_is_not_taken_back() {
    let pool = pool(10, 2);
    assert_eq!(pool.start_ahead(1), 1);
    assert_eq!((pool.put(1), pool.put(2)), (Ok(Put::Expected), Ok(Put::WorkerNeeded)));
    pool.begin();
    assert_eq!(pool.next(), Next::Job(1));
    pool.finish();
    assert_eq!(pool.next_at_once(), Some(2));
    pool.give_up();
    assert_eq!(pool.settle(2), Ok(()));
}
