//! Notifiers: while there is one, nobody is deadlocked; when the last one goes, whoever is gets found.

use alloc::vec::Vec;

use shuttle::thread;

use super::{Defect, Field, Model, holds, program::check_books};
use crate::{GuestMemory, Host, Outcome, Process, Threads, Waiting, abi::FOREVER, model::ModelHost};

const FLAG: u64 = 0x100;

/// The main thread waits for the flag.
fn waiting(defect: Defect) -> Process<ModelHost> {
    Model::new(defect).create(|thread| {
        while thread.load(FLAG) == 0 {
            thread.wait32(FLAG, 0, FOREVER)?;
        }
        Ok(())
    })
}

/// The embedder drops one notifier and takes another, by which it wakes the thread, unless the process has ended in
/// between.
fn late_notifier(defect: Defect) {
    let process = waiting(defect);
    let first = process.notifier();
    process.start().expect("a main thread");
    let dropper = thread::spawn(move || drop(first));
    let second = process.notifier();
    let had_ended = process.has_ended();
    second.host().memory().store32(FLAG, 1).expect("an address inside memory");
    let woken = second.notify(FLAG, u32::MAX).expect("an address inside memory");
    dropper.join().expect("no panic");
    match process.wait(None).expect("no deadline") {
        Outcome::Deadlocked { threads } => assert_eq!((had_ended, woken, threads.len()), (true, 0, 1)),
        outcome => assert_eq!((had_ended, outcome), (false, Outcome::Returned(Vec::new()))),
    }
    check_books(&process);
}

#[test]
fn a_notifier_is_no_deadlock() {
    holds(2000, late_notifier).catches(4000, &[Defect::Torn(Field::NotifierLock)]);
}

/// The embedder drops two notifiers at once, and nobody wakes the thread.
fn last_notifier(defect: Defect) {
    let process = waiting(defect);
    let first = process.notifier();
    let second = first.clone();
    process.start().expect("a main thread");
    let dropper = thread::spawn(move || drop(first));
    drop(second);
    dropper.join().expect("no panic");
    let Some(Outcome::Deadlocked { threads }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    let waits: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
    assert_eq!(waits, [(1, Waiting::Memory { address: FLAG })]);
    check_books(&process);
}

#[test]
fn who_drops_the_last_notifier_finds_the_deadlock() {
    holds(1000, last_notifier).catches(2000, &[Defect::Late(Field::Notifiers)]);
}
