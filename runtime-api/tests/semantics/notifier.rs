//! What an embedder may do from outside while a process runs.

use std::time::Duration;

use crate::common::*;
use raddle_runtime_api::{MemoryFault, Waiting};

const FLAG: u64 = 0x1000;

/// A process whose main thread waits for the flag, and that is not started yet.
fn waiting() -> Process<MemoryHost> {
    Program::new().create(|thread| wait_for(thread, FLAG).map(|_| vec![])).expect("a process")
}

#[test]
fn an_embedder_wakes_a_thread() {
    let process = waiting();
    let notifier = process.notifier();
    process.start().expect("a thread");
    notifier.host().memory().store32(FLAG, 1).expect("an address inside memory");
    notifier.notify(FLAG, u32::MAX).expect("an address inside memory");
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_given_back(&process);
    assert_eq!(notifier.notify(FLAG, u32::MAX), Ok(0), "nobody is left");
}

#[test]
fn it_wakes_as_many_as_it_says() {
    const DONE: u64 = FLAG + 4;
    let mut program = Program::new();
    let waits = program.function(|thread, _| {
        assert_eq!(thread.wait32(FLAG, 0, FOREVER)?, 0);
        thread.fetch_add(DONE, 1);
        Ok(0)
    });
    let process = program
        .create(move |thread| {
            let ids = [spawn(thread, waits, 0)?, spawn(thread, waits, 0)?, spawn(thread, waits, 0)?];
            for id in ids {
                join(thread, id)?;
            }
            Ok(vec![])
        })
        .expect("a process");
    let notifier = process.notifier();
    process.start().expect("a thread");
    let mut woken = 0;
    while woken < 3 {
        let now = notifier.notify(FLAG, 1).expect("an address inside memory");
        assert!(now <= 1);
        woken += now;
    }
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(process.host().memory().load32(DONE), Ok(3));
}

#[test]
fn without_a_notifier_it_is_a_deadlock() {
    let process = waiting();
    let first = process.notifier();
    let second = first.clone();
    process.start().expect("a thread");
    drop(first);
    // Whether it waits yet or not: with a notifier it goes on.
    assert_eq!(process.wait(Some(process.host().now() + 10_000_000)), None);
    drop(second);
    let Some(Outcome::Deadlocked { threads }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    let waits: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
    assert_eq!(waits, [(1, Waiting::Memory { address: FLAG })]);
}

#[test]
fn a_notify_after_a_deadlock_wakes_nobody_and_leaves_the_report_as_it_is() {
    const OTHER: u64 = FLAG + 4;
    let mut program = Program::new();
    let waits = program.function(|thread, _| wait_for(thread, OTHER).map(u64::from));
    let process = program
        .start(move |thread| {
            spawn(thread, waits, 0)?;
            wait_for(thread, FLAG).map(|_| vec![])
        })
        .expect("a thread");
    let outcome = process.wait(None);
    let Some(Outcome::Deadlocked { threads }) = &outcome else { panic!("{outcome:?}") };
    assert_eq!(threads.len(), 2);
    let notifier = process.notifier();
    for addr in [FLAG, OTHER] {
        assert_eq!(notifier.notify(addr, u32::MAX), Ok(0));
    }
    assert_eq!(process.wait(None), outcome);
}

#[test]
fn other_ends_do_not_care() {
    let process = waiting();
    let _notifier = process.notifier();
    process.start().expect("a thread");
    assert!(process.end(&Outcome::Killed));
    assert_eq!(process.wait(None), Some(Outcome::Killed));
}

#[test]
fn bad_addresses_are_errors() {
    let process = waiting();
    let notifier = process.notifier();
    let end = process.host().memory().byte_len();
    assert_eq!(notifier.notify(end, 1), Err(MemoryFault::OutOfBounds));
    assert_eq!(notifier.notify(u64::MAX, 1), Err(MemoryFault::OutOfBounds));
    assert_eq!(notifier.notify(FLAG + 1, 1), Err(MemoryFault::Unaligned));
}

#[test]
fn an_import_of_the_embedders_wakes_and_waits() {
    let mut program = Program::new();
    let waits = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    program.limits.max_wait = Some(Duration::from_secs(3600));
    let process = program
        .start(move |thread| {
            let id = spawn(thread, waits, 0)?;
            assert!(!thread.wait_ended(1), "it goes on");
            thread.store(FLAG, 7);
            thread.notify_waiters(FLAG, u32::MAX).expect("an address inside memory");
            assert_eq!(thread.notify_waiters(1, 1), Err(MemoryFault::Unaligned));
            assert_eq!(join(thread, id)?, 7);
            assert!(thread.process().end(&Outcome::Killed));
            assert!(thread.wait_ended(u64::MAX), "it has ended");
            Ok(vec![])
        })
        .expect("a process");
    assert_eq!(process.wait(None), Some(Outcome::Killed));
}
