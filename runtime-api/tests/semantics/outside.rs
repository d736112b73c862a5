//! Waiting for the outside: done by an answer, and by nothing else but the process's end and the limit on waits.

use std::{sync::mpsc, time::Duration};

use raddle_runtime_api::{TrapKind, Tried, Waiting, memory_host::Signal};

use crate::common::*;

/// Set once the thread that waits for the outside has tried.
const TRIED: u64 = 0x100;
const NEVER: u64 = 0x104;

/// Waits for a signal as an import of the embedder's does. The first attempt hands the signal out.
fn wait_for_signal(thread: &Guest, hand_out: impl Fn(Signal)) -> Call<u32> {
    let signal = thread.host().signal();
    let mut attempts = 0;
    thread.wait_outside(|| {
        attempts += 1;
        if attempts == 1 {
            hand_out(signal.clone());
        }
        if signal.was_given() { Tried::Done(attempts) } else { Tried::NotYet(signal.clone()) }
    })
}

/// A program whose main thread waits for what never comes, for at most this long, while another does this.
fn waits_in_vain(
    max_wait: Option<Duration>,
    other: impl Fn(&Guest) -> Call<()> + Send + Sync + 'static,
) -> Process<MemoryHost> {
    let mut program = Program::new();
    program.limits.max_wait = max_wait;
    let other = program.function(move |thread, _| {
        wait_for(thread, TRIED)?;
        other(thread).map(|()| 0)
    });
    let start = program.start(move |thread| {
        spawn(thread, other, 0)?;
        wait_for_signal(thread, |_| set(thread, TRIED, 1).expect("nobody stops it"))?;
        panic!("nobody gives it");
    });
    start.expect("a process that starts")
}

#[test]
fn a_call_is_tried_again_when_the_answer_is_there() {
    let (sender, receiver) = mpsc::channel::<Signal>();
    let answering = std::thread::spawn(move || {
        for signal in receiver {
            signal.give();
        }
    });
    returns(Program::new(), move |thread| {
        for _ in 0..rounds(1000) {
            wait_for_signal(thread, |signal| sender.send(signal).expect("a receiver"))?;
        }
        Ok(())
    });
    answering.join().expect("no panic");
}

#[test]
fn what_is_done_at_once_is_tried_once() {
    returns(Program::new(), |thread| {
        let mut attempts = 0;
        thread.wait_outside(|| {
            attempts += 1;
            Tried::Done(())
        })?;
        assert_eq!(attempts, 1);
        Ok(())
    });
}

#[test]
fn every_end_reaches_whoever_waits() {
    let killed = waits_in_vain(None, |_| Ok(()));
    assert!(killed.wait(Some(killed.host().now() + 10_000_000)).is_none(), "it waits");
    killed.end(&Outcome::Killed);
    assert_eq!(killed.wait(None), Some(Outcome::Killed));
    assert_given_back(&killed);

    let exited = waits_in_vain(None, |thread| thread.process_exit(7));
    assert_eq!(exited.wait(None), Some(Outcome::Exited(7)));
    assert_given_back(&exited);

    let trapped = waits_in_vain(None, |_| panic!("a bug of the guest's"));
    let Some(Outcome::Trapped { thread, .. }) = trapped.wait(None) else { panic!("{:?}", trapped.outcome()) };
    assert_eq!(thread.id, 2);
    assert_given_back(&trapped);
}

#[test]
fn the_limit_on_waits_holds() {
    let process = waits_in_vain(Some(Duration::from_millis(20)), |_| Ok(()));
    let Some(Outcome::Trapped { thread, trap }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    assert_eq!((thread.id, trap.kind), (1, TrapKind::WaitLimit));
}

#[test]
fn no_attempt_is_made_after_the_end() {
    let mut program = Program::new();
    let waiter = program.function(|thread, _| {
        while !thread.has_ended() {
            std::thread::yield_now();
        }
        thread.wait_outside(|| -> Tried<u64, Signal> { panic!("an attempt after the end") })
    });
    let process = program.start(move |thread| {
        spawn(thread, waiter, 0)?;
        thread.process_exit(0).map(|()| vec![])
    });
    assert_eq!(process.expect("a process that starts").wait(None), Some(Outcome::Exited(0)));
}

#[test]
fn it_is_no_deadlock_while_one_waits_and_one_when_it_has_its_answer() {
    let (sender, receiver) = mpsc::channel();
    let mut program = Program::new();
    let waiter = program.function(move |thread, _| {
        wait_for_signal(thread, |signal| sender.send(signal).expect("a receiver"))?;
        thread.wait32(NEVER, 0, FOREVER).map(|_| 0)
    });
    let process = program.start(move |thread| {
        spawn(thread, waiter, 0)?;
        thread.wait32(NEVER, 0, FOREVER).map(|_| vec![])
    });
    let process = process.expect("a process that starts");
    let signal: Signal = receiver.recv().expect("a signal");
    assert!(process.wait(Some(process.host().now() + 50_000_000)).is_none(), "one of them is not blocked for ever");
    signal.give();
    let Some(Outcome::Deadlocked { threads }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    assert!(threads.iter().all(|blocked| blocked.waiting == Waiting::Memory { address: NEVER }));
    assert_eq!(threads.len(), 2);
}
