//! Condition variables: a notify against the way into the wait, and against a time-out.

use alloc::vec::Vec;
use core::time::Duration;

use super::{Defect, Field, Model, holds, program::check_books, spawn};
use crate::{
    Host, Outcome, Threads, TrapKind,
    abi::{FOREVER, Status},
};

const MUTEX: u64 = 0x100;
const COND: u64 = 0x104;
const ITEMS: u64 = 0x108;
const WOKEN: u64 = 0x10c;

/// Two consumers wait for an item each; the main thread hands them over one by one.
fn hand_over(defect: Defect) {
    let mut model = Model::new(defect);
    let consumer = model.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, Status::Ok);
        while thread.load(ITEMS) == 0 {
            assert_eq!(thread.cond_wait(COND, MUTEX, FOREVER)?, Status::Ok);
        }
        let items = thread.load(ITEMS);
        thread.store(ITEMS, items - 1);
        assert_eq!(thread.mutex_unlock(MUTEX)?, Status::Ok);
        Ok(0)
    });
    model.returns(move |thread| {
        let consumers = [spawn(thread, consumer, 0)?, spawn(thread, consumer, 0)?];
        for _ in consumers {
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, Status::Ok);
            let items = thread.load(ITEMS);
            thread.store(ITEMS, items + 1);
            assert_eq!(thread.mutex_unlock(MUTEX)?, Status::Ok);
            thread.cond_notify(COND, 1)?;
        }
        for consumer in consumers {
            assert_eq!(thread.thread_join(consumer, FOREVER, 0)?, Status::Ok);
        }
        assert_eq!(thread.load(MUTEX), 0);
        Ok(())
    });
}

#[test]
fn no_notify_is_lost_between_the_unlock_and_the_sleep() {
    holds(1000, hand_over)
        .catches(2000, &[Defect::ParkMissesChanges, Defect::Torn(Field::BucketLock), Defect::UnparkLost]);
}

/// Two threads wait with a time-out, while the main thread notifies.
fn time_out(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, Status::Ok);
        let status = thread.cond_wait(COND, MUTEX, 10)?;
        assert!(matches!(status, Status::Ok | Status::TimedOut), "{status:?}");
        assert_eq!(thread.load(MUTEX) & !crate::abi::mutex::WAITERS, thread.id, "the mutex is the waiter's again");
        if status == Status::Ok {
            thread.store(WOKEN, thread.load(WOKEN) + 1);
        }
        assert_eq!(thread.mutex_unlock(MUTEX)?, Status::Ok);
        Ok(0)
    });
    model.returns(move |thread| {
        let waiters = [spawn(thread, waiter, 0)?, spawn(thread, waiter, 0)?];
        let mut woken = 0;
        for count in [1, -1] {
            woken += thread.cond_notify(COND, count)?;
        }
        for waiter in waiters {
            assert_eq!(thread.thread_join(waiter, FOREVER, 0)?, Status::Ok);
        }
        assert_eq!(thread.load(WOKEN), woken as u32, "what notify counted");
        Ok(())
    });
}

#[test]
fn a_notify_counts_whom_it_woke() {
    holds(1000, time_out).catches(2000, &[Defect::Torn(Field::BucketLock), Defect::TornMemory]);
}

/// A thread waits with a time-out, and then for the mutex, which another thread keeps. Nobody else lets time pass.
fn one_wait(defect: Defect) {
    let mut model = Model::new(defect);
    model.max_wait = Some(Duration::from_nanos(10));
    let keeper = model.function(|thread, _| {
        while !thread.exchange(MUTEX, 0, thread.id) {
            thread.thread_yield()?;
        }
        loop {
            thread.thread_yield()?;
        }
    });
    let process = model.start(move |thread| {
        assert!(thread.exchange(MUTEX, 0, thread.id));
        spawn(thread, keeper, 0)?;
        // If it is faster than the other.
        assert_eq!(thread.cond_wait(COND, MUTEX, 6)?, Status::TimedOut);
        Ok(())
    });
    match process.wait(None).expect("no deadline") {
        Outcome::Trapped { trap, .. } => assert_eq!((trap.kind, process.host().now()), (TrapKind::WaitLimit, 10)),
        outcome => assert_eq!((outcome, process.host().now()), (Outcome::Returned(Vec::new()), 6)),
    }
    check_books(&process);
}

#[test]
fn the_limit_on_waits_is_for_the_wait_and_the_lock_together() {
    holds(500, one_wait).catches(500, &[Defect::UnparkLost]);
}
