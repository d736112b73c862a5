//! Processes whose main thread has left by `thread_exit`: they live until the others end, in whatever way.

use std::{sync::mpsc, time::Duration};

use raddle_backend_native::{Outcome, Trap, TrapKind, Waiting};

use crate::common::{Signal, guest::guest, outcome, program, receive, returned};

/// `main` spawns so many threads that run `$other`, and leaves. The first of them joins main, so main has gone when any
/// is past `$begin`; and one writes then.
fn leave(others: u32, body: &str) -> String {
    guest(
        &["other"],
        &format!(
            r#"
            (global $main_gone i32 (i32.const 128))
            (data (i32.const 512) "enough") (data (i32.const 520) "other")
            (func $begin (param $number i32)
              (call $ok (call $thread_set_name (i32.const 520) (i32.const 5)))
              (if (i32.eqz (local.get $number)) (then
                (call $join (i32.const 1))
                (call $count (global.get $main_gone))
                (call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1)))))
              (call $await (global.get $main_gone) (i32.const 1)))
            (func $other (param $number i32) (result i32)
              (call $begin (local.get $number))
              {body})
            (func (export "main") (local $i i32)
              (loop $again
                (drop (call $spawn (global.get $other) (local.get $i)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $again (i32.lt_u (local.get $i) (i32.const {others}))))
              (call $thread_exit (i32.const 5)))"#
        ),
    )
}

/// How a process of this text ends, when the embedder does something once main has gone.
fn after_main(wat: &str, act: impl FnOnce(&raddle_backend_native::Process)) -> Outcome {
    let (sender, told) = mpsc::channel();
    let process = program(wat).process().stdout(Signal(sender)).start().expect("a process");
    receive(&told);
    act(&process);
    let outcome = outcome(&process);
    assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    outcome
}

/// The first thread does something when main has gone; the others sleep for long.
fn first(end: &str) -> String {
    format!("(if (i32.eqz (local.get $number)) (then {end})) (call $hour) (i32.const 0)")
}

#[test]
fn the_last_thread_to_end_ends_it() {
    for others in [1, 10] {
        assert_eq!(after_main(&leave(others, "(i32.const 7)"), |_| ()), returned(&[]));
        assert_eq!(
            after_main(&leave(others, "(call $thread_exit (i32.const 7)) (unreachable)"), |_| ()),
            returned(&[])
        );
        let spawns_another = "(if (i32.lt_u (local.get $number) (i32.const 100)) \
             (then (drop (call $spawn (global.get $other) (i32.const 100))))) (i32.const 0)";
        assert_eq!(after_main(&leave(others, spawns_another), |_| ()), returned(&[]));
    }
}

#[test]
fn an_exit_an_abort_and_a_trap_end_it() {
    for others in [1, 10] {
        let end = |end: &str| after_main(&leave(others, &first(end)), |_| ());
        assert_eq!(end("(call $process_exit (i32.const 7))"), Outcome::Exited(7));
        match end("(call $process_abort (i32.const 512) (i32.const 6))") {
            Outcome::Aborted { message, thread } => {
                assert_eq!((message.as_str(), thread.id, thread.name.as_str()), ("enough", 2, "other"));
            }
            other => panic!("{other:?}"),
        }
        match end("(unreachable)") {
            Outcome::Trapped { thread, trap: Trap { kind, backtrace, .. } } => {
                assert_eq!((kind, thread.id, thread.name.as_str()), (TrapKind::Unreachable, 2, "other"));
                assert_eq!(backtrace[0].function.as_deref(), Some("other"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_kill_ends_it() {
    for others in [1, 10] {
        for state in ["(call $hour)", "(loop $forever (br $forever))"] {
            let wat = leave(others, &format!("{state} (unreachable)"));
            assert_eq!(after_main(&wat, |process| assert!(process.kill())), Outcome::Killed);
        }
    }
}

#[test]
fn a_time_limit_ends_it() {
    let (sender, told) = mpsc::channel();
    let program = program(&leave(3, "(call $hour) (unreachable)"));
    let process = program.process().stdout(Signal(sender)).time_limit(Duration::from_millis(50));
    let process = process.start().expect("a process");
    assert_eq!(outcome(&process), Outcome::TimedOut);
    drop((process, told));
}

#[test]
fn a_deadlock_of_the_others_ends_it() {
    // Each joins the next, and the last one waits.
    let body = "(if (i32.eq (local.get $number) (i32.const 2)) (then (call $await (i32.const 256) (i32.const 1)))) \
         (call $join (i32.add (local.get $number) (i32.const 3))) (i32.const 0)";
    let Outcome::Deadlocked { threads } = after_main(&leave(3, body), |_| ()) else { panic!("a deadlock") };
    let waiting: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
    assert_eq!(
        waiting,
        [(2, Waiting::Join { thread: 3 }), (3, Waiting::Join { thread: 4 }), (4, Waiting::Memory { address: 256 })]
    );
    assert!(threads.iter().all(|blocked| blocked.thread.name == "other"), "{threads:?}");
}

#[test]
fn main_may_leave_through_any_depth_and_its_destructors_run() {
    let wat = guest(
        &["destructor", "other"],
        r#"
        (func $destructor (param i32) (call $count (i32.const 128)))
        (func $other (param i32) (result i32)
          ;; The destructor of main's value sets the word.
          (call $await (i32.const 128) (i32.const 1))
          (call $join (i32.const 1))
          (i32.const 0))
        (func $deep (param i32)
          (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))))
          (call $thread_exit (i32.const 0)))
        (func (export "main") (result i32)
          (call $ok (call $tls_create (global.get $destructor) (i32.const 132)))
          (call $ok (call $tls_set (i32.load (i32.const 132)) (i32.const 1)))
          (drop (call $spawn (global.get $other) (i32.const 0)))
          (call $deep (i32.const 100))
          (unreachable))"#,
    );
    let process = program(&wat).process().start().expect("a process");
    assert_eq!(outcome(&process), returned(&[]));
}
