//! Deadlocks: each is found, and nothing else is taken for one.

use alloc::{vec, vec::Vec};
use core::time::Duration;

use super::{Defect, Field, Model, holds, program::check_books, spawn};
use crate::{
    Frame, Outcome, Threads, TrapKind, Waiting,
    abi::{FOREVER, Status},
};

const FLAG: u64 = 0x100;
const MUTEXES: [u64; 2] = [0x104, 0x108];
const COND: u64 = 0x10c;

/// Two threads lock two mutexes in different orders, and the main thread joins them.
fn two_mutexes(defect: Defect) {
    let mut model = Model::new(defect);
    let worker = model.function(|thread, first| {
        let order = [MUTEXES[first as usize], MUTEXES[1 - first as usize]];
        for mutex in order {
            assert_eq!(thread.mutex_lock(mutex, FOREVER)?, Status::Ok);
        }
        for mutex in order {
            assert_eq!(thread.mutex_unlock(mutex)?, Status::Ok);
        }
        Ok(0)
    });
    let process = model.start(move |thread| {
        for first in 0..2 {
            spawn(thread, worker, first)?;
        }
        for id in 2..4 {
            assert_eq!(thread.thread_join(id, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
    match process.wait(None) {
        Some(Outcome::Returned(_)) => {}
        Some(Outcome::Deadlocked { threads }) => {
            let waits: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
            assert_eq!(
                waits,
                [
                    (1, Waiting::Join { thread: 2 }),
                    (2, Waiting::Mutex { address: MUTEXES[1], owner: 3 }),
                    (3, Waiting::Mutex { address: MUTEXES[0], owner: 2 }),
                ]
            );
        }
        other => panic!("{other:?}"),
    }
    check_books(&process);
}

#[test]
fn every_deadlock_is_found() {
    holds(1000, two_mutexes).catches(2000, &[Defect::Torn(Field::Census), Defect::Late(Field::Census)]);
}

/// The main thread leaves, and of two others one ends and one waits for ever.
fn last_one_ends(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| thread.wait32(FLAG, 0, FOREVER).map(|_| 0));
    let ends = model.function(|_, _| Ok(0));
    let process = model.start(move |thread| {
        spawn(thread, waiter, 0)?;
        spawn(thread, ends, 0)?;
        thread.thread_exit(0)
    });
    let Some(Outcome::Deadlocked { threads }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    let waits: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
    assert_eq!(waits, [(2, Waiting::Memory { address: FLAG })]);
    check_books(&process);
}

#[test]
fn the_end_of_a_thread_can_complete_a_deadlock() {
    holds(1000, last_one_ends).catches(1000, &[Defect::Torn(Field::Census)]);
}

/// Two threads block for ever, and each says where it stood while it stops.
fn backtraces(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| {
        let end = thread.wait32(FLAG, 0, FOREVER);
        thread.note_backtrace(|| vec![Frame { index: thread.id, ..Frame::default() }]);
        end.map(|_| 0)
    });
    let process = model.start(move |thread| {
        spawn(thread, waiter, 0)?;
        spawn(thread, waiter, 0)?;
        thread.thread_exit(0)
    });
    let Some(Outcome::Deadlocked { threads }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    let told: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.backtrace[0].index)).collect();
    assert_eq!(told, [(2, 2), (3, 3)]);
    check_books(&process);
}

#[test]
fn every_deadlocked_thread_says_where_it_stood() {
    holds(1000, backtraces).catches(2000, &[Defect::Torn(Field::NotesLock)]);
}

/// Two threads block for ever, each for as long as a wait may take.
fn overdue(defect: Defect) {
    let mut model = Model::new(defect);
    model.max_wait = Some(Duration::from_nanos(10));
    let waiter = model.function(|thread, _| thread.wait32(FLAG, 0, FOREVER).map(|_| 0));
    let process = model.start(move |thread| {
        spawn(thread, waiter, 0)?;
        spawn(thread, waiter, 0)?;
        thread.thread_exit(0)
    });
    match process.wait(None) {
        Some(Outcome::Trapped { trap, .. }) => assert_eq!(trap.kind, TrapKind::WaitLimit),
        Some(Outcome::Deadlocked { threads }) => assert_eq!(threads.len(), 2),
        other => panic!("{other:?}"),
    }
    check_books(&process);
}

#[test]
fn a_report_has_those_too_that_have_waited_for_too_long() {
    holds(2000, overdue).catches(4000, &[Defect::Torn(Field::NotifierLock)]);
}

/// Everybody blocks for ever at times, but somebody always will wake them: by a lock that it holds, by its end, after a
/// sleep.
fn no_deadlock(defect: Defect) {
    let mut model = Model::new(defect);
    let consumer = model.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEXES[0], FOREVER)?, Status::Ok);
        while thread.load(FLAG) == 0 {
            assert_eq!(thread.cond_wait(COND, MUTEXES[0], FOREVER)?, Status::Ok);
        }
        assert_eq!(thread.mutex_unlock(MUTEXES[0])?, Status::Ok);
        Ok(0)
    });
    let producer = model.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEXES[0], FOREVER)?, Status::Ok);
        assert_eq!(thread.thread_sleep(10)?, Status::Ok);
        thread.store(FLAG, 1);
        assert_eq!(thread.mutex_unlock(MUTEXES[0])?, Status::Ok);
        thread.cond_notify(COND, -1)?;
        Ok(0)
    });
    model.returns(move |thread| {
        let consumer = spawn(thread, consumer, 0)?;
        let producer = spawn(thread, producer, 0)?;
        for id in [consumer, producer] {
            assert_eq!(thread.thread_join(id, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn who_will_be_woken_is_not_deadlocked() {
    holds(1500, no_deadlock).catches(2000, &[Defect::Torn(Field::Census), Defect::Late(Field::Census)]);
}
