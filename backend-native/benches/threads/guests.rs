//! The wasm side: small modules, and how long a process of them takes.

use std::{
    io::{self, Write},
    sync::{OnceLock, mpsc},
    time::{Duration, Instant},
};

use raddle_backend_native::{Outcome, Program, Runtime, Value};

pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

/// A program of a module with the ABI's imports, a shared memory, function 1 `$child`, and an entry `main` of one argument.
pub(crate) fn program(body: &str) -> Program {
    Program::new(runtime(), &wat::parse_str(module(body)).expect("valid text")).expect("a program")
}

pub(crate) fn module(body: &str) -> String {
    format!(
        r#"(module
        (import "raddle_v1" "thread_spawn" (func $thread_spawn (param i32 i32 i32 i32) (result i32)))
        (import "raddle_v1" "thread_join" (func $thread_join (param i32 i64 i32) (result i32)))
        (import "raddle_v1" "thread_id" (func $thread_id (result i32)))
        (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
        (import "raddle_v1" "mutex_lock" (func $mutex_lock (param i32 i64) (result i32)))
        (import "raddle_v1" "mutex_unlock" (func $mutex_unlock (param i32) (result i32)))
        (import "env" "memory" (memory 1 1024 shared)) (table 2 funcref) (elem (i32.const 1) func $child)
        {body})"#
    )
}

/// How long it takes from a kill until a process with so many threads has ended.
pub(crate) fn time_stop(program: &Program, threads: i32) -> Duration {
    let (sender, receiver) = mpsc::channel();
    let process = program.process().entry("main").args([Value::I32(threads)]).stdout(Signal(sender));
    let process = process.start().expect("a process");
    receiver.recv().expect("every thread is there");
    let start = Instant::now();
    process.kill();
    assert_eq!(process.wait(), Outcome::Killed);
    start.elapsed()
}

/// A stream that tells the measurement that something was written.
struct Signal(mpsc::Sender<()>);

impl Write for Signal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How long a process takes for one unit of work, of so many.
pub(crate) fn time_each(program: &Program, count: u32) -> Duration {
    let process =
        program.process().entry("main").args([Value::I32(count as i32)]).max_threads(16_384).stack_size(16 * 1024);
    let start = Instant::now();
    let outcome = process.run().expect("a process");
    let time = start.elapsed();
    assert_eq!(outcome, Outcome::Returned(vec![]));
    time / count
}

/// Spawns and joins `count` threads, one after another.
pub(crate) const SPAWN_JOIN: &str = r#"
    (func $child (param i32) (result i32) (local.get 0))
    (func (export "main") (param $count i32)
      (loop $again
        (if (call $thread_spawn (i32.const 1) (local.get $count) (i32.const 0) (i32.const 16)) (then unreachable))
        (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count))))"#;

/// Two threads wake each other in turn, `count` times each.
pub(crate) const PING_PONG: &str = r#"
    (func $await (param $word i32) (param $not i32)
      (loop $again
        (if (i32.eq (i32.atomic.load (local.get $word)) (local.get $not)) (then
          (drop (memory.atomic.wait32 (local.get $word) (local.get $not) (i64.const -1)))
          (br $again)))))
    (func $child (param $count i32) (result i32) (local $i i32)
      (loop $again
        (call $await (i32.const 1024) (local.get $i))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i32.atomic.store (i32.const 2048) (local.get $i))
        (drop (memory.atomic.notify (i32.const 2048) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $count))))
      (i32.const 0))
    (func $ping (param $count i32) (local $i i32)
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i32.atomic.store (i32.const 1024) (local.get $i))
        (drop (memory.atomic.notify (i32.const 1024) (i32.const 1)))
        (call $await (i32.const 2048) (i32.sub (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $count)))))
    (func (export "main") (param $count i32)
      (if (call $thread_spawn (i32.const 1) (local.get $count) (i32.const 0) (i32.const 16)) (then unreachable))
      (call $ping (local.get $count))
      (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable)))"#;

/// Two threads lock and unlock a mutex, `count` times together.
pub(crate) const CONTENDED: &str = r#"
    (func $lock (param $id i32)
      (if (i32.atomic.rmw.cmpxchg (i32.const 1024) (i32.const 0) (local.get $id)) (then
        (if (call $mutex_lock (i32.const 1024) (i64.const -1)) (then unreachable)))))
    (func $unlock (param $id i32)
      (if (i32.ne (i32.atomic.rmw.cmpxchg (i32.const 1024) (local.get $id) (i32.const 0)) (local.get $id)) (then
        (if (call $mutex_unlock (i32.const 1024)) (then unreachable)))))
    (func $child (param $count i32) (result i32) (local $id i32)
      (local.set $id (call $thread_id))
      (loop $again
        (call $lock (local.get $id))
        (i32.store (i32.const 2048) (i32.add (i32.load (i32.const 2048)) (i32.const 1)))
        (call $unlock (local.get $id))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count)))
      (i32.const 0))
    (func (export "main") (param $count i32)
      (local.set $count (i32.shr_u (local.get $count) (i32.const 1)))
      (if (call $thread_spawn (i32.const 1) (local.get $count) (i32.const 0) (i32.const 16)) (then unreachable))
      (drop (call $child (local.get $count)))
      (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
      (if (i32.ne (i32.load (i32.const 2048)) (i32.mul (local.get $count) (i32.const 2))) (then unreachable)))"#;

/// One thread locks and unlocks a mutex that nobody else wants.
pub(crate) fn uncontended() -> String {
    CONTENDED.replace("(export \"main\")", "(export \"two\")")
        + r#"(func (export "main") (param $count i32) (drop (call $child (local.get $count))))"#
}

/// Starts `count` threads of which every second computes and the others wait, says so, and waits, too.
pub(crate) const STOPPED: &str = r#"
    (func $child (param $number i32) (result i32)
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 1024) (i32.const 1)))
      (if (i32.and (local.get $number) (i32.const 1)) (then (loop $forever (br $forever))))
      (memory.atomic.wait32 (i32.const 2048) (i32.const 0) (i64.const -1)))
    (func (export "main") (param $count i32) (local $i i32) (local $there i32)
      (loop $spawn
        (if (call $thread_spawn (i32.const 1) (local.get $i) (i32.const 0) (i32.const 16)) (then unreachable))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $spawn (i32.lt_u (local.get $i) (local.get $count))))
      (loop $wait
        (local.set $there (i32.atomic.load (i32.const 1024)))
        (if (i32.lt_u (local.get $there) (local.get $count)) (then
          (drop (memory.atomic.wait32 (i32.const 1024) (local.get $there) (i64.const -1)))
          (br $wait))))
      (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1)))
      (drop (memory.atomic.wait32 (i32.const 2048) (i32.const 0) (i64.const -1))))"#;

/// Starts `count` threads that wait, and ends when all were started.
pub(crate) const CROWD: &str = r#"
    (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 2048) (i32.const 0) (i64.const -1)))
    (func (export "main") (param $count i32)
      (loop $spawn
        (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $spawn (local.get $count))))"#;
