//! Output, and what the embedder is told.

use crate::common::*;
use raddle_runtime_api::{Event, Stream, TrapKind};

const TEXT: u64 = 0x2000;

#[test]
fn output_goes_to_its_stream() {
    let process = Program::new()
        .start(|thread| {
            thread.store(TEXT, u32::from_le_bytes(*b"abcd"));
            assert_eq!(thread.write(1, TEXT, 4)?, OK);
            assert_eq!(thread.write(2, TEXT + 1, 2)?, OK);
            assert_eq!(thread.write(1, TEXT + 3, 1)?, OK);
            assert_eq!(thread.write(1, TEXT, 0)?, OK);
            for fd in [0, 3, -1, i32::MAX] {
                assert_eq!(thread.write(fd, TEXT, 4)?, Invalid, "{fd}");
            }
            let end = thread.host().memory().byte_len();
            assert_eq!(thread.write(1, end, 0)?, OK, "nothing, at the very end");
            for (ptr, len) in [(end, 1), (end - 3, 4), (end + 1, 0), (u64::MAX, 1), (1, u64::MAX), (0, end + 1)] {
                assert_eq!(thread.write(1, ptr, len)?, Fault, "{ptr:#x} {len:#x}");
            }
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(process.host().output(Stream::Stdout), b"abcdd");
    assert_eq!(process.host().output(Stream::Stderr), b"bc");
}

#[test]
fn a_call_may_write_all_of_memory() {
    let mut program = Program::new();
    // Two pages: more than is copied at a time, and no more than that takes.
    program.limits.max_threads = Some(1);
    let process = program
        .start(|thread| {
            let len = thread.host().memory().byte_len();
            thread.store(len - 4, u32::from_le_bytes(*b"end."));
            assert_eq!(thread.write(1, 0, len)?, OK);
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    let output = process.host().output(Stream::Stdout);
    assert_eq!(output.len() as u64, process.stats().memory);
    assert!(output.ends_with(b"end."));
}

#[test]
fn one_calls_bytes_stay_together() {
    const LEN: usize = rounds(200_000) / 4 * 4;
    let mut program = Program::new();
    program.section.memory.minimum = 20;
    let writes = program.function(|thread, digit| {
        let base = 0x1_0000 * 4 * digit;
        for addr in (base..base + LEN as u64).step_by(4) {
            thread.store(addr, digit as u32 * 0x0101_0101);
        }
        for _ in 0..5 {
            assert_eq!(thread.write(1, base, LEN as u64)?, OK);
        }
        Ok(0)
    });
    let process = program
        .start(move |thread| {
            let ids = [1, 2, 3].map(|digit| spawn(thread, writes, digit));
            for id in ids {
                join(thread, id?)?;
            }
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    let output = process.host().output(Stream::Stdout);
    assert_eq!(output.len(), 15 * LEN);
    assert!(output.chunks(LEN).all(|call| call.iter().all(|&byte| byte == call[0])));
}

/// Starts two threads, of which the main one only waits for the other.
fn two_threads(mut program: Program) -> Process<MemoryHost> {
    let nothing = program.function(|_, _| Ok(0));
    let process = program.start(move |thread| {
        let id = spawn(thread, nothing, 0)?;
        join(thread, id)?;
        Ok(vec![])
    });
    process.unwrap()
}

#[test]
fn a_threads_events_come_in_order() {
    let process = two_threads(Program::new());
    process.wait(None).unwrap();
    assert_eq!(
        process.host().events(),
        [
            Event::ThreadStarted { thread: 1, name: String::new() },
            Event::ThreadStarted { thread: 2, name: String::new() },
            Event::ThreadEnded { thread: 2 },
            Event::ThreadEnded { thread: 1 },
        ]
    );
}

/// Runs two threads with an embedder that panics at some events.
#[track_caller]
fn panicking(at: fn(&Event) -> bool) -> Process<MemoryHost> {
    let mut program = Program::new();
    program.on_event(move |event| assert!(!at(event), "the embedder's own: {event:?}"));
    let process = two_threads(program);
    let patience = process.host().now() + 60_000 * MS as u64;
    assert!(process.wait(Some(patience)).is_some(), "it hangs: {:?}", process.stats());
    assert_given_back(&process);
    process
}

/// The thread that an embedder's panic ended the process on.
#[track_caller]
fn panicked_on(process: &Process<MemoryHost>) -> u32 {
    let Some(Outcome::Trapped { thread, trap }) = process.outcome() else { panic!("{:?}", process.outcome()) };
    assert_eq!(trap.kind, TrapKind::Host);
    thread.id
}

#[test]
fn an_embedder_that_panics_at_an_event_ends_the_process_and_nobody_waits_in_vain() {
    let started = panicking(|event| matches!(event, Event::ThreadStarted { thread: 2, .. }));
    assert_eq!(panicked_on(&started), 2);
    let ended = panicking(|event| matches!(event, Event::ThreadEnded { thread: 2 }));
    assert_eq!(panicked_on(&ended), 2);
    for process in [started, ended] {
        let events = process.host().events();
        let ends = events.iter().filter(|event| matches!(event, Event::ThreadEnded { thread: 2 }));
        assert_eq!(ends.count(), 1, "told once: {events:?}");
    }
}

#[test]
fn an_embedder_may_panic_at_every_event() {
    assert_eq!(panicked_on(&panicking(|_| true)), 1);
    // When it is told of the main thread's end, the process has ended.
    let process = panicking(|event| matches!(event, Event::ThreadEnded { thread: 1 }));
    assert_eq!(process.outcome(), Some(Outcome::Returned(vec![])));
}
