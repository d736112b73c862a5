//! Waiting for the outside: against the answer, the process's end, the limit on waits and the search for deadlocks.

use core::time::Duration;

use super::{Defect, Field, Model, ModelHost, holds, host::Answer, program::check_books, spawn};
use crate::{
    Call, Outcome, Thread, Threads, TrapKind, Tried, Waiting,
    abi::{self, FOREVER, Status},
};

const FLAG: u64 = 0x100;

/// Waits for an answer, as an import of the embedder's does.
fn wait_for(thread: &Thread<ModelHost>, answer: &Answer) -> Call<()> {
    thread.wait_outside(|| match answer.is_there() {
        true => Tried::Done(()),
        false => Tried::NotYet(answer.clone()),
    })
}

/// The embedder answers while a thread waits for it, and all others for that thread.
fn answered(defect: Defect) {
    let answer = Answer::default();
    let mut model = Model::new(defect);
    let waiting = answer.clone();
    let waiter = model.function(move |thread, _| {
        wait_for(thread, &waiting)?;
        thread.store(FLAG, 1);
        thread.notify(FLAG, -1)?;
        Ok(0)
    });
    let process = model.start(move |thread| {
        let waiter = spawn(thread, waiter, 0)?;
        while thread.load(FLAG) == 0 {
            thread.wait32(FLAG, 0, FOREVER)?;
        }
        assert_eq!(thread.thread_join(waiter, FOREVER, 0)?, Status::Ok);
        Ok(())
    });
    answer.give(process.host());
    assert_eq!(process.wait(None), Some(Outcome::Returned(alloc::vec![])));
    check_books(&process);
}

#[test]
fn no_answer_is_missed_and_waiting_for_one_is_no_deadlock() {
    holds(1000, answered).catches(2000, &[Defect::ParkMissesChanges, Defect::UnparkLost, Defect::Late(Field::Census)]);
}

/// The embedder ends the process while two threads wait for what never comes.
fn stopped(defect: Defect) {
    let mut model = Model::new(defect);
    let waiter = model.function(|thread, _| {
        wait_for(thread, &Answer::default())?;
        panic!("nobody answers");
    });
    let process = model.start(move |thread| {
        spawn(thread, waiter, 0)?;
        wait_for(thread, &Answer::default())
    });
    assert!(process.end(&Outcome::Killed), "nobody else ends it");
    assert_eq!(process.wait(None), Some(Outcome::Killed));
    check_books(&process);
}

#[test]
fn the_end_reaches_whoever_waits_for_the_outside() {
    holds(1000, stopped).catches(4000, &[Defect::Late(Field::Wake), Defect::ParkMissesChanges, Defect::UnparkLost]);
}

/// A thread waits for what never comes, for as long as a wait may take.
fn overdue(defect: Defect) {
    let mut model = Model::new(defect);
    model.max_wait = Some(Duration::from_nanos(10));
    let process = model.start(|thread| wait_for(thread, &Answer::default()));
    let Some(Outcome::Trapped { trap, .. }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    assert_eq!(trap.kind, TrapKind::WaitLimit);
    check_books(&process);
}

#[test]
fn a_wait_for_the_outside_keeps_the_limit() {
    holds(100, overdue).catches(2000, &[Defect::UnparkLost]);
}

/// A thread is answered, and then waits for ever like the other.
fn deadlocked_later(defect: Defect) {
    let answer = Answer::default();
    let mut model = Model::new(defect);
    let waiting = answer.clone();
    let waiter = model.function(move |thread, _| {
        wait_for(thread, &waiting)?;
        thread.wait32(FLAG, 0, FOREVER).map(|_| 0)
    });
    let process = model.start(move |thread| {
        spawn(thread, waiter, 0)?;
        thread.wait32(FLAG, 0, FOREVER).map(drop)
    });
    answer.give(process.host());
    let Some(Outcome::Deadlocked { threads }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    let waits: alloc::vec::Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
    assert_eq!(waits, [(1, Waiting::Memory { address: FLAG }), (2, Waiting::Memory { address: FLAG })]);
    check_books(&process);
}

#[test]
fn a_deadlock_after_the_answer_is_found() {
    holds(1000, deadlocked_later).catches(2000, &[Defect::Torn(Field::Census), Defect::UnparkLost]);
}

/// Three threads write to one stream, which is in no hurry.
fn writes(defect: Defect) {
    let mut model = Model::new(defect);
    let write = |thread: &Thread<ModelHost>| -> Call<()> {
        assert_eq!(thread.write(abi::STDOUT, FLAG, 2)?, Status::Ok);
        Ok(())
    };
    let writer = model.function(move |thread, _| write(thread).map(|()| 0));
    model.returns(move |thread| {
        let writers = [spawn(thread, writer, 0)?, spawn(thread, writer, 0)?];
        write(thread)?;
        for writer in writers {
            assert_eq!(thread.thread_join(writer, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn one_call_at_a_time_writes_and_nobody_waits_in_vain() {
    holds(1000, writes).catches(
        2000,
        &[Defect::Torn(Field::Stdout), Defect::Late(Field::BucketLen), Defect::ParkMissesChanges, Defect::UnparkLost],
    );
}

/// The embedder ends the process while a thread writes and another waits for that.
fn writes_are_stopped(defect: Defect) {
    let mut model = Model::new(defect);
    let write = |thread: &Thread<ModelHost>| -> Call<u64> {
        loop {
            assert_eq!(thread.write(abi::STDOUT, FLAG, 3)?, Status::Ok);
        }
    };
    let writer = model.function(move |thread, _| write(thread));
    let process = model.start(move |thread| {
        spawn(thread, writer, 0)?;
        write(thread).map(drop)
    });
    assert!(process.end(&Outcome::Killed), "nobody else ends it");
    assert_eq!(process.wait(None), Some(Outcome::Killed));
    check_books(&process);
}

#[test]
fn the_end_reaches_whoever_writes() {
    holds(500, writes_are_stopped).catches(4000, &[Defect::UnparkLost]);
}
