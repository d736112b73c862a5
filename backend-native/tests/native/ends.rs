//! Every way to end × every state that threads may be in × whoever ends it: the right outcome, every thread stopped, and the same
//! host runs the next program.

use std::{sync::mpsc, time::Duration};

use crate::common::{Signal, program, runtime};
use raddle_backend_native::{Outcome, Program, ThreadState, TrapKind, Value, wasmtime::Caller};

/// `main(end, state, victims, ender)`: so many threads go into the state. When all are about to, the ender ends the process: main (0), a
/// thread (1), or the embedder, who is told by a write (2). Unless main is the ender it goes into the state, too.
///
/// A keeper sleeps and holds the mutex, so that nothing is a deadlock.
const PROGRAM: &str = r#"(module
    (import "raddle_v1" "thread_spawn" (func $thread_spawn (param i32 i32 i32 i32) (result i32)))
    (import "raddle_v1" "thread_join" (func $thread_join (param i32 i64 i32) (result i32)))
    (import "raddle_v1" "thread_sleep" (func $thread_sleep (param i64) (result i32)))
    (import "raddle_v1" "process_exit" (func $process_exit (param i32)))
    (import "raddle_v1" "process_abort" (func $process_abort (param i32 i32)))
    (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "raddle_v1" "mutex_lock" (func $mutex_lock (param i32 i64) (result i32)))
    (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
    (import "embedder" "wait" (func $host_wait))
    (memory 1 1024 shared)
    (table 5 funcref) (elem (i32.const 1) func $keeper $victim $ender $sleeper)
    (data (i32.const 512) "enough")
    (global $end i32 (i32.const 128)) (global $state i32 (i32.const 132)) (global $victims i32 (i32.const 136))
    (global $ready i32 (i32.const 140)) (global $held i32 (i32.const 144)) (global $never i32 (i32.const 148))
    (global $mutex i32 (i32.const 152)) (global $cond i32 (i32.const 156)) (global $free i32 (i32.const 160))

    (func $hour (drop (call $thread_sleep (i64.const 3600000000000))))
    (func $sleeper (param i32) (result i32) (call $hour) (i32.const 0))
    (func $spawn (param $function i32) (param $out i32)
      (if (call $thread_spawn (local.get $function) (i32.const 0) (i32.const 0) (local.get $out)) (then unreachable)))
    (func $set (param $word i32)
      (drop (i32.atomic.rmw.add (local.get $word) (i32.const 1)))
      (drop (memory.atomic.notify (local.get $word) (i32.const -1))))
    (func $await (param $word i32) (param $value i32) (local $now i32)
      (loop $again
        (local.set $now (i32.atomic.load (local.get $word)))
        (if (i32.lt_u (local.get $now) (local.get $value)) (then
          (drop (memory.atomic.wait32 (local.get $word) (local.get $now) (i64.const -1)))
          (br $again)))))

    (func $keeper (param i32) (result i32)
      (if (call $mutex_lock (global.get $mutex) (i64.const -1)) (then unreachable))
      (call $set (global.get $held))
      (call $hour)
      (i32.const 0))

    (func $enter_state (local $at i32)
      (block $host (block $sleeping (block $waiting_cond (block $locking (block $joining (block $waiting (block $computing
        (br_table $computing $waiting $joining $locking $waiting_cond $sleeping $host (i32.load (global.get $state))))
        (call $set (global.get $ready)) (loop $forever (br $forever)))
        (call $set (global.get $ready))
        (drop (memory.atomic.wait32 (global.get $never) (i32.const 0) (i64.const -1))) (unreachable))
        ;; Its own thread to join, whose id it keeps in a place of its own.
        (local.set $at (i32.add (i32.const 4096) (i32.shl (i32.atomic.rmw.add (i32.const 164) (i32.const 1)) (i32.const 2))))
        (call $spawn (i32.const 4) (local.get $at))
        (call $set (global.get $ready))
        (drop (call $thread_join (i32.load (local.get $at)) (i64.const -1) (i32.const 0))) (unreachable))
        (call $set (global.get $ready))
        (drop (call $mutex_lock (global.get $mutex) (i64.const -1))) (unreachable))
        (if (call $mutex_lock (global.get $free) (i64.const -1)) (then unreachable))
        (call $set (global.get $ready))
        (drop (call $cond_wait (global.get $cond) (global.get $free) (i64.const -1))) (unreachable))
        (call $set (global.get $ready))
        (call $hour) (unreachable))
      (call $set (global.get $ready))
      (call $host_wait))
    (func $victim (param i32) (result i32) (call $enter_state) (i32.const 0))

    (func $do_end
      (call $await (global.get $ready) (i32.load (global.get $victims)))
      (block $return (block $exit (block $abort (block $trap
        (br_table $trap $abort $exit $return (i32.load (global.get $end))))
        (unreachable))
        (call $process_abort (i32.const 512) (i32.const 6)) (unreachable))
        (call $process_exit (i32.const 7)) (unreachable)))
    (func $ender (param i32) (result i32) (call $do_end) (i32.const 0))

    (func (export "main") (param $end i32) (param $state i32) (param $victims i32) (param $ender i32)
      (local $i i32)
      (i32.store (global.get $end) (local.get $end))
      (i32.store (global.get $state) (local.get $state))
      (i32.store (global.get $victims) (i32.add (local.get $victims) (i32.eq (local.get $ender) (i32.const 1))))
      (call $spawn (i32.const 1) (i32.const 192))
      (call $await (global.get $held) (i32.const 1))
      (local.set $i (local.get $victims))
      (loop $again
        (call $spawn (i32.const 2) (i32.const 192))
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (br_if $again (local.get $i)))
      (if (i32.eq (local.get $ender) (i32.const 0)) (then (call $do_end) (return)))
      (if (i32.eq (local.get $ender) (i32.const 1)) (then (call $spawn (i32.const 3) (i32.const 192))))
      (if (i32.eq (local.get $ender) (i32.const 2)) (then
        (call $await (global.get $ready) (local.get $victims))
        (drop (call $write (i32.const 1) (i32.const 512) (i32.const 6)))))
      (call $enter_state)))"#;

const STATES: [&str; 7] =
    ["computing", "waiting", "joining", "locking", "on a condition variable", "sleeping", "in a host import"];

#[derive(Debug, Clone, Copy)]
enum End {
    Trap,
    Abort,
    Exit,
    Return,
    Kill,
    TimeOut,
}

#[derive(Debug, Clone, Copy)]
enum Ender {
    Main,
    Thread,
    Embedder,
}

/// Ends one process in one way, and checks all that there is to see.
fn check(program: &Program, end: End, state: usize, victims: i32, ender: Ender) {
    let mut linker = program.linker();
    linker
        .func_wrap("embedder", "wait", |caller: Caller<'_, ThreadState<()>>| {
            assert!(caller.data().wait_stopped(Duration::from_secs(3600)), "nothing else ends it");
        })
        .expect("a new name");
    let (sender, receiver) = mpsc::channel();
    let args = [end as i32, state as i32, victims, ender as i32].map(Value::I32);
    let mut process = program.process_with(linker, |_| ()).entry("main").args(args).stdout(Signal(sender));
    if let End::TimeOut = end {
        // Some threads may not have reached their state by then, which must make no difference.
        process = process.time_limit(Duration::from_millis(5));
    }
    let process = process.start().expect("a process");
    if let End::Kill = end {
        receiver.recv().expect("every thread is about to enter its state");
        assert!(process.kill());
    }
    let what = format!("{end:?} by {ender:?}, {victims} threads {}", STATES[state]);
    let outcome = process.wait_timeout(Duration::from_secs(60)).unwrap_or_else(|| panic!("{what}: it does not end"));
    match (end, &outcome) {
        (End::Trap, Outcome::Trapped { trap, .. }) if trap.kind == TrapKind::Unreachable => {
            let function = trap.backtrace.first().and_then(|frame| frame.function.as_deref());
            assert_eq!(function, Some("do_end"), "{what}");
        }
        (End::Abort, Outcome::Aborted { message, .. }) if message == "enough" => {}
        (End::Exit, Outcome::Exited(7)) | (End::Kill, Outcome::Killed) | (End::TimeOut, Outcome::TimedOut) => {}
        (End::Return, Outcome::Returned(values)) if values.is_empty() => {}
        _ => panic!("{what}: {outcome:?}"),
    }
    if let Outcome::Trapped { thread, .. } | Outcome::Aborted { thread, .. } = &outcome {
        assert_eq!(thread.id == 1, matches!(ender, Ender::Main), "{what}: {thread}");
    }
    let stats = process.stats();
    assert_eq!((stats.live, stats.slots_in_use), (0, 0), "{what}");
}

/// Whether a simple program still runs on the same runtime.
fn check_host() {
    let program = program(r#"(module (memory 1 1 shared) (func (export "main") (result i32) (i32.const 1)))"#);
    assert_eq!(program.process().run().expect("a process"), Outcome::Returned(vec![Value::I32(1)]));
}

fn check_all(victims: i32) {
    let program = Program::new(runtime(), &wat::parse_str(PROGRAM).expect("valid text")).expect("a program");
    for state in 0..STATES.len() {
        for end in [End::Trap, End::Abort, End::Exit] {
            check(&program, end, state, victims, Ender::Main);
            check(&program, end, state, victims, Ender::Thread);
        }
        check(&program, End::Return, state, victims, Ender::Main);
        check(&program, End::Kill, state, victims, Ender::Embedder);
        check(&program, End::TimeOut, state, victims, Ender::Embedder);
        check_host();
    }
}

#[test]
fn every_end_ends_one_other_thread() {
    check_all(1);
}

#[test]
fn every_end_ends_ten_threads() {
    check_all(10);
}

#[test]
fn every_end_ends_a_hundred_threads() {
    check_all(100);
}
