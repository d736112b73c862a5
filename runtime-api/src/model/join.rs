//! Joins: against the end, a detach, a time-out, each other, and numbers that name nobody any more.

use alloc::vec::Vec;

use super::{Defect, Field, Model, holds, program::check_books, spawn};
use crate::{
    GuestMemory, Host, Outcome, Threads,
    abi::{FOREVER, Status},
};

const VALUE: u64 = 0x100;
const OTHER_VALUE: u64 = 0x104;
const SUCCESSES: u64 = 0x108;
const ID: u64 = 0x10c;
const REFUSALS: u64 = 0x110;
const GO: u64 = 0x114;
const IDS: u64 = 0x118;

/// Two threads join a third.
fn one_joiner(defect: Defect) {
    let mut model = Model::new(defect);
    let worker = model.function(|_, _| Ok(7));
    let joiner = model.function(|thread, worker| {
        let status = thread.thread_join(worker as i32, FOREVER, OTHER_VALUE)?;
        Ok(u64::from(status == Status::Ok))
    });
    model.returns(move |thread| {
        let worker = spawn(thread, worker, 0)?;
        let joiner = spawn(thread, joiner, worker as u64)?;
        let mine = thread.thread_join(worker, FOREVER, VALUE)?;
        assert_eq!(thread.thread_join(joiner, FOREVER, SUCCESSES)?, Status::Ok);
        match thread.load(SUCCESSES) {
            0 => assert_eq!((mine, thread.load(VALUE)), (Status::Ok, 7)),
            _ => {
                assert!(matches!(mine, Status::Invalid | Status::NoThread), "{mine:?}");
                assert_eq!(thread.load(OTHER_VALUE), 7);
            }
        }
        Ok(())
    });
}

#[test]
fn a_thread_has_one_joiner() {
    holds(1000, one_joiner)
        .catches(2000, &[Defect::Torn(Field::BucketLock), Defect::Late(Field::Life), Defect::UnparkLost]);
}

/// One thread joins with a time-out again and again, one detaches, the third ends.
fn detach(defect: Defect) {
    let mut model = Model::new(defect);
    let worker = model.function(|_, _| Ok(7));
    let joiner = model.function(|thread, worker| {
        loop {
            match thread.thread_join(worker as i32, 10, VALUE)? {
                Status::TimedOut => {}
                Status::Ok => return Ok(1),
                Status::Invalid | Status::NoThread => return Ok(0),
                other => panic!("{other:?}"),
            }
        }
    });
    model.returns(move |thread| {
        let worker = spawn(thread, worker, 0)?;
        let joiner = spawn(thread, joiner, worker as u64)?;
        let detached = loop {
            match thread.thread_detach(worker)? {
                Status::Ok => break 1,
                // It is being joined now, and may not be later.
                Status::Invalid => {}
                Status::NoThread => break 0,
                other => panic!("{other:?}"),
            }
            thread.thread_yield()?;
        };
        assert_eq!(thread.thread_join(joiner, FOREVER, SUCCESSES)?, Status::Ok);
        assert_eq!(thread.load(SUCCESSES) + detached, 1, "joined or detached");
        assert_eq!(thread.load(VALUE), 7 * thread.load(SUCCESSES));
        Ok(())
    });
}

#[test]
fn a_thread_is_joined_or_detached() {
    holds(1000, detach).catches(2000, &[Defect::Torn(Field::BucketLock)]);
}

/// Three threads join each other in a ring, and the main thread has left: without a refusal the process would end as
/// deadlocked.
fn ring(defect: Defect) {
    let mut model = Model::new(defect);
    let place = |position: u64| IDS + 4 * (position % 3);
    let link = model.function(move |thread, position| {
        // All begin at the same time.
        while thread.load(GO) == 0 {
            thread.thread_yield()?;
        }
        match thread.thread_join(thread.load(place(position + 1)) as i32, FOREVER, 0)? {
            Status::Deadlock => drop(thread.fetch_add(REFUSALS, 1)),
            status => assert_eq!(status, Status::Ok),
        }
        Ok(0)
    });
    let process = model.start(move |thread| {
        for position in 0..3 {
            let id = spawn(thread, link, position)?;
            thread.store(place(position), id as u32);
        }
        thread.store(GO, 1);
        thread.thread_exit(0)
    });
    assert_eq!(process.wait(None), Some(Outcome::Returned(Vec::new())));
    check_books(&process);
    assert_eq!(process.host().memory().load32(REFUSALS), Ok(1));
}

#[test]
fn a_ring_of_joins_is_refused() {
    holds(1000, ring).catches(2000, &[Defect::Torn(Field::JoinLock)]);
}

/// Two threads join each other: without a refusal the process would end as deadlocked.
fn cycle_of_two(defect: Defect) {
    let mut model = Model::new(defect);
    let link = model.function(|thread, _| {
        // Both begin at the same time.
        thread.store(ID, 1);
        let status = thread.thread_join(1, FOREVER, 0)?;
        Ok(u64::from(status == Status::Deadlock))
    });
    model.returns(move |thread| {
        let other = spawn(thread, link, 0)?;
        while thread.load(ID) == 0 {
            thread.thread_yield()?;
        }
        match thread.thread_join(other, FOREVER, VALUE)? {
            Status::Ok => assert_eq!(thread.load(VALUE), 1, "the other was refused"),
            Status::Deadlock => {}
            refusal => panic!("{refusal:?}"),
        }
        Ok(())
    });
}

#[test]
fn one_of_two_that_join_each_other_is_refused() {
    holds(1000, cycle_of_two).catches(2000, &[Defect::Torn(Field::JoinLock)]);
}

/// A thread joins by a number whose thread is joined meanwhile, and whose record then becomes another thread's.
fn stale_number(defect: Defect) {
    let mut model = Model::new(defect);
    // So the third thread's record is the first one's.
    model.max_threads = 3;
    let worker = model.function(|_, value| Ok(value));
    let joiner = model.function(|thread, worker| {
        match thread.thread_join(worker as i32, FOREVER, OTHER_VALUE)? {
            Status::Ok => assert_eq!(thread.load(OTHER_VALUE), 7),
            Status::Invalid | Status::NoThread => {}
            other => panic!("{other:?}"),
        }
        Ok(0)
    });
    model.returns(move |thread| {
        let first = spawn(thread, worker, 7)?;
        let joiner = spawn(thread, joiner, first as u64)?;
        match thread.thread_join(first, FOREVER, 0)? {
            Status::Ok => {
                let second = spawn(thread, worker, 8)?;
                assert_ne!(first, second);
                assert_eq!(thread.thread_join(second, FOREVER, VALUE)?, Status::Ok);
                assert_eq!(thread.load(VALUE), 8);
            }
            Status::Invalid | Status::NoThread => {}
            other => panic!("{other:?}"),
        }
        assert_eq!(thread.thread_join(joiner, FOREVER, 0)?, Status::Ok);
        Ok(())
    });
}

#[test]
fn a_stale_number_never_names_another_thread() {
    holds(4000, stale_number).catches(4000, &[Defect::Torn(Field::BucketLock)]);
}

/// A thread reads the number of a thread whose launch then fails, and joins it.
fn failed_launch(defect: Defect) {
    let mut model = Model::new(defect);
    model.launches = 2;
    let joiner = model.function(|thread, _| {
        while thread.load(ID) == 0 {
            thread.thread_yield()?;
        }
        let id = thread.load(ID) as i32;
        assert_eq!(thread.thread_join(id, FOREVER, 0)?, Status::NoThread);
        assert_eq!(thread.thread_detach(id)?, Status::NoThread);
        Ok(0)
    });
    model.returns(move |thread| {
        let joiner = spawn(thread, joiner, 0)?;
        assert_eq!(thread.thread_spawn(joiner as u64, 0, 0, ID)?, Status::Again);
        assert_eq!(thread.thread_join(joiner, FOREVER, 0)?, Status::Ok);
        Ok(())
    });
}

#[test]
fn who_joins_a_thread_that_never_started_is_told() {
    holds(1000, failed_launch).catches(2000, &[Defect::Torn(Field::BucketLock)]);
}
