//! The end of a process: one wins, and no thread outlives it.

use alloc::vec::Vec;

use super::{Defect, Field, Model, holds, program::check_books, spawn};
use crate::{Outcome, Threads, abi::FOREVER};

const WORD: u64 = 0x100;

/// Two threads and the embedder end the process, and another thread of the embedder waits for that.
fn first_end(defect: Defect) {
    let mut model = Model::new(defect);
    let exits = model.function(|thread, code| thread.process_exit(code as i32).map(|()| 0));
    let process = model.start(move |thread| {
        spawn(thread, exits, 1)?;
        thread.process_exit(2)
    });
    let killer = shuttle::thread::spawn({
        let process = process.clone();
        move || {
            let killed = process.end(&Outcome::Killed);
            assert!(process.has_ended() || !killed);
            killed
        }
    });
    let outcome = process.wait(None).expect("no deadline");
    let killed = killer.join().expect("a thread that does not panic");
    assert_eq!(killed, outcome == Outcome::Killed, "{outcome:?}");
    assert!(killed || matches!(outcome, Outcome::Exited(1 | 2)), "{outcome:?}");
    assert_eq!(process.outcome(), Some(outcome));
    check_books(&process);
}

#[test]
fn the_first_end_wins() {
    holds(1500, first_end).catches(10_000, &[Defect::Torn(Field::End), Defect::Late(Field::OutcomeLen)]);
}

/// The main thread ends by itself while the embedder ends the process, and another thread of the embedder waits for
/// that.
fn two_ends(defect: Defect) {
    let process = Model::new(defect).start(|_| Ok(()));
    let waiting = process.clone();
    let waiter = shuttle::thread::spawn(move || waiting.wait(None));
    let killed = process.end(&Outcome::Killed);
    let outcome = waiter.join().expect("no panic").expect("an outcome, as every thread has stopped");
    assert_eq!(outcome, if killed { Outcome::Killed } else { Outcome::Returned(Vec::new()) });
    assert_eq!(process.outcome(), Some(outcome));
    check_books(&process);
}

#[test]
fn who_is_told_of_the_end_can_read_it() {
    holds(2000, two_ends).catches(2000, &[Defect::ClaimIsEnough, Defect::Torn(Field::End), Defect::UnparkLost]);
}

/// A thread spawns another that would wait for ever, while the embedder ends the process.
fn spawn_meanwhile(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| {
        thread.wait32(WORD, 0, FOREVER)?;
        panic!("nobody notifies");
    });
    let process = model.start(move |thread| {
        spawn(thread, waiter, 0)?;
        loop {
            thread.thread_yield()?;
        }
    });
    assert!(process.end(&Outcome::TimedOut));
    assert_eq!(process.wait(None), Some(Outcome::TimedOut));
    check_books(&process);
}

#[test]
fn no_thread_misses_the_end() {
    holds(1000, spawn_meanwhile).catches(4000, &[Defect::Late(Field::Wake), Defect::UnparkLost]);
}

/// The main thread leaves while others run: the process ends with the last of them.
fn last_thread(defect: Defect) {
    let mut model = Model::new(defect);
    let spawner = model.function(|thread, left| {
        if left > 0 {
            spawn(thread, 1, left - 1)?;
        }
        Ok(0)
    });
    assert_eq!(spawner, 1);
    model.returns(move |thread| {
        spawn(thread, spawner, 2)?;
        thread.thread_exit(0)
    });
}

#[test]
fn a_process_lives_as_long_as_its_last_thread() {
    holds(1000, last_thread).catches(2000, &[Defect::Torn(Field::Census)]);
}

/// A process whose main thread cannot be launched, while somebody waits for it.
fn no_thread(defect: Defect) {
    let mut model = Model::new(defect);
    model.launches = 0;
    let process = model.create(|_| unreachable!("no thread runs it"));
    let waiting = process.clone();
    let waiter = shuttle::thread::spawn(move || waiting.wait(None));
    assert!(process.start().is_err());
    let outcome = waiter.join().expect("no panic");
    let Some(Outcome::Trapped { thread, .. }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(thread.id, 1);
    check_books(&process);
}

#[test]
fn a_process_that_cannot_start_is_over() {
    holds(100, no_thread).catches(100, &[Defect::UnparkLost]);
}
