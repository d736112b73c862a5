//! The parking lot: a wait against a notify, a time-out and the process's end.

use super::{Defect, Field, Model, holds, program::check_books, spawn};
use crate::{
    Outcome, Threads,
    abi::{FOREVER, Status},
    protocols::lot::{WaitKey, WaitKind},
};

const FLAG: u64 = 0x100;
const OTHER: u64 = 0x120;
const WOKEN: u64 = 0x104;
const TIMED_OUT: u64 = 0x108;
const MUTEX: u64 = 0x10c;
const COND: u64 = 0x110;

/// Two threads wait for a flag that the main thread sets.
fn notify(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| {
        while thread.load(FLAG) == 0 {
            thread.wait32(FLAG, 0, FOREVER)?;
        }
        Ok(0)
    });
    model.returns(move |thread| {
        let waiters = [spawn(thread, waiter, 0)?, spawn(thread, waiter, 0)?];
        thread.store(FLAG, 1);
        thread.notify(FLAG, -1)?;
        for waiter in waiters {
            assert_eq!(thread.thread_join(waiter, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn no_wake_up_is_lost() {
    holds(1000, notify).catches(
        1000,
        &[
            Defect::Late(Field::BucketLen),
            Defect::Torn(Field::BucketLock),
            Defect::ParkMissesChanges,
            Defect::UnparkLost,
        ],
    );
}

/// Two threads wait twice with a time-out, while the main thread notifies.
fn time_out(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| {
        for _ in 0..2 {
            match thread.wait32(FLAG, 0, 10)? {
                0 => thread.fetch_add(WOKEN, 1),
                2 => thread.fetch_add(TIMED_OUT, 1),
                other => panic!("the word never changes: {other}"),
            };
        }
        Ok(0)
    });
    model.returns(move |thread| {
        let waiters = [spawn(thread, waiter, 0)?, spawn(thread, waiter, 0)?];
        let mut woken = 0;
        for count in [1, -1, 1] {
            woken += thread.notify(FLAG, count)?;
        }
        for waiter in waiters {
            assert_eq!(thread.thread_join(waiter, FOREVER, 0)?, Status::Ok);
        }
        assert_eq!(thread.load(WOKEN), woken as u32, "what notify counted");
        assert_eq!(thread.load(WOKEN) + thread.load(TIMED_OUT), 4);
        Ok(())
    });
}

#[test]
fn a_wait_ends_by_notify_or_by_time_out() {
    holds(1000, time_out).catches(2000, &[Defect::Torn(Field::BucketLock)]);
}

/// One notify takes two threads, which look for themselves now and then, and which wait again as soon as they are
/// woken.
fn two_at_once(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| {
        while thread.wait32(FLAG, 0, 10)? != 0 {}
        assert_eq!(thread.wait32(OTHER, 0, 10)?, 2);
        Ok(0)
    });
    model.returns(move |thread| {
        let waiters = [spawn(thread, waiter, 0)?, spawn(thread, waiter, 0)?];
        let mut woken = 0;
        while woken < 2 {
            let bucket = thread.kernel.bucket_of(WaitKey { kind: WaitKind::Memory, address: FLAG });
            if bucket.len().load() == 2 - woken {
                woken += thread.notify(FLAG, -1)? as u32;
            }
            thread.thread_yield()?;
        }
        for waiter in waiters {
            assert_eq!(thread.thread_join(waiter, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn a_woken_thread_does_not_take_the_next_one_from_its_notifier() {
    holds(3000, two_at_once).catches(2000, &[Defect::Torn(Field::BucketLock)]);
}

/// The embedder ends the process while its threads block in every way there is.
fn stop(defect: Defect) {
    let mut model = Model::new(defect);
    let block = model.function(|thread, how| {
        match how {
            0 => drop(thread.wait32(FLAG, 0, FOREVER)?),
            1 => drop(thread.mutex_lock(MUTEX, FOREVER)?),
            2 => {
                let _ = thread.mutex_lock(MUTEX + 0x20, FOREVER)?;
                let _ = thread.cond_wait(COND, MUTEX + 0x20, FOREVER)?;
            }
            _ => drop(thread.thread_join(1, FOREVER, 0)?),
        }
        panic!("nobody ends these waits");
    });
    let process = model.start(move |thread| {
        let _ = thread.mutex_lock(MUTEX, FOREVER)?;
        for how in 0..4 {
            spawn(thread, block, how)?;
        }
        loop {
            let _ = thread.thread_sleep(10)?;
        }
    });
    assert!(process.end(&Outcome::Killed), "nobody else ends it");
    assert_eq!(process.wait(None), Some(Outcome::Killed));
    check_books(&process);
}

#[test]
fn the_end_reaches_every_blocked_thread() {
    holds(500, stop).catches(2000, &[Defect::Late(Field::Wake), Defect::ParkMissesChanges, Defect::UnparkLost]);
}
