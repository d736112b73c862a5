//! Processes beside each other: one computes an answer with threads, again and again, and others on the same host end
//! in bad ways or take all that they can get. The answer is right every time.
//!
//! `worker` computes; `bad` has the others.

mod bad;
mod worker;

use std::thread;

use raddle_backend_native::Runtime;

use crate::common::{rounds, runtime};
use bad::{Bad, Deed};
use worker::Worker;

/// A worker works beside a bad program that is run again and again.
fn work_beside(deed: Deed) {
    let worker = Worker::start(runtime());
    let bad = Bad::new(runtime(), deed);
    for _ in 0..10 * rounds() {
        bad.run();
        worker.await_answer();
    }
    worker.finish();
}

#[test]
fn beside_one_that_is_killed() {
    work_beside(Deed::Killed);
}

#[test]
fn beside_one_whose_time_is_over() {
    work_beside(Deed::TimedOut);
}

#[test]
fn beside_one_that_traps() {
    work_beside(Deed::Trap);
}

#[test]
fn beside_one_that_overruns_its_stack() {
    work_beside(Deed::StackOverrun);
}

#[test]
fn beside_one_that_deadlocks() {
    work_beside(Deed::Deadlock);
}

#[test]
fn beside_one_that_exits() {
    work_beside(Deed::Exit);
}

#[test]
fn beside_a_thread_bomb() {
    work_beside(Deed::ThreadBomb);
}

#[test]
fn beside_a_memory_bomb() {
    work_beside(Deed::MemoryBomb);
}

#[test]
fn beside_one_that_floods_its_output() {
    work_beside(Deed::Flood);
}

#[test]
fn beside_all_of_them_at_once() {
    let workers = [Worker::start(runtime()), Worker::start(runtime())];
    thread::scope(|scope| {
        for deed in bad::DEEDS {
            scope.spawn(move || {
                let bad = Bad::new(runtime(), deed);
                (0..2 * rounds()).for_each(|_| bad.run());
            });
        }
    });
    for worker in workers {
        worker.await_answer();
        worker.finish();
    }
}

#[test]
fn several_hosts_at_once() {
    // Each thread makes a host, works on it beside one bad program, and drops it.
    thread::scope(|scope| {
        for deed in [Deed::Killed, Deed::Trap, Deed::ThreadBomb, Deed::StackOverrun] {
            scope.spawn(move || {
                for _ in 0..2 * rounds() {
                    let runtime = Runtime::new().expect("a runtime");
                    let worker = Worker::start(&runtime);
                    Bad::new(&runtime, deed).run();
                    worker.await_answer();
                    drop(runtime);
                    worker.finish();
                }
            });
        }
    });
}
