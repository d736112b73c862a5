//! The wasm side: programs like those that a linker writes, and clocks that they stop.

use std::{
    io::{self, Write},
    sync::{
        OnceLock,
        mpsc::{self, Receiver},
    },
    time::{Duration, Instant},
};

use raddle_backend_native::{Outcome, Process, ProcessBuilder, Program, Runtime, Value};

use crate::timing;

/// The runtime that the rows share: its OS threads are kept from one process to the next, as they are meant to be.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

/// A program of the shared runtime; see [`module`].
pub(crate) fn program(body: &str) -> Program {
    program_of(runtime(), body)
}

pub(crate) fn program_of(runtime: &Runtime, body: &str) -> Program {
    Program::new(runtime, &module(body)).expect("a program")
}

/// A module with what a linker gives a threaded program: a shared memory, a stack, thread-local variables. `body` has
/// function 1 of the table, `$child`, and the export `main` of one argument.
pub(crate) fn module(body: &str) -> Vec<u8> {
    let text = format!(
        r#"(module
        (import "raddle_v1" "thread_spawn" (func $thread_spawn (param i32 i32 i32 i32) (result i32)))
        (import "raddle_v1" "thread_join" (func $thread_join (param i32 i64 i32) (result i32)))
        (import "raddle_v1" "thread_id" (func $thread_id (result i32)))
        (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
        (import "raddle_v1" "mutex_lock" (func $mutex_lock (param i32 i64) (result i32)))
        (import "raddle_v1" "mutex_unlock" (func $mutex_unlock (param i32) (result i32)))
        (import "env" "memory" (memory 4 65536 shared))
        (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 131072))
        (global $__tls_base (export "__tls_base") (mut i32) (i32.const 0))
        (global (export "__tls_size") i32 (i32.const 64))
        (global (export "__tls_align") i32 (i32.const 16))
        (global (export "__heap_base") i32 (i32.const 131072))
        (table 2 funcref) (elem (i32.const 1) func $child)
        (data $tls "thread-local variables, as they are when a thread begins ........")
        (func (export "__wasm_init_tls") (param $to i32)
          (global.set $__tls_base (local.get $to))
          (memory.init $tls (local.get $to) (i32.const 0) (i32.const 64)))
        (func $say (drop (call $write (i32.const 1) (i32.const 1032) (i32.const 1))))
        (func $spawn (param $arg i32) (result i32)
          (if (call $thread_spawn (i32.const 1) (local.get $arg) (i32.const 0) (i32.const 1024)) (then unreachable))
          (i32.load (i32.const 1024)))
        (func $join (param $thread i32)
          (if (call $thread_join (local.get $thread) (i64.const -1) (i32.const 1028)) (then unreachable)))
        {body})"#
    );
    wat::parse_str(text).expect("valid text")
}

/// A process that says now and then, by writing anything, that it has come somewhere.
pub(crate) struct Speaking {
    pub(crate) process: Process,
    said: Receiver<Moment>,
}

/// When a guest's thread said something.
#[derive(Clone, Copy)]
struct Moment {
    at: Instant,
    /// How long the thread had run by then.
    run: Duration,
}

impl Speaking {
    pub(crate) fn start<T>(builder: ProcessBuilder<T>, argument: u32) -> Speaking {
        let (sender, said) = mpsc::channel();
        let builder = builder.entry("main").entry_args([Value::I32(argument.cast_signed())]).stdout(Voice(sender));
        Speaking { process: builder.start().expect("a process"), said }
    }

    fn hear(&self) -> Moment {
        self.said.recv().expect("the guest says something")
    }

    /// When it said the next thing.
    pub(crate) fn next(&self) -> Instant {
        self.hear().at
    }

    /// How long it was from one thing to the next.
    pub(crate) fn between(&self) -> Duration {
        let first = self.next();
        self.next() - first
    }

    /// For how long of that the thread ran, and did not wait for a processor.
    pub(crate) fn run_between(&self) -> Duration {
        let first = self.hear().run;
        self.hear().run - first
    }

    pub(crate) fn kill(&self) {
        self.process.kill();
        assert_eq!(self.process.wait(), Outcome::Killed);
    }
}

struct Voice(mpsc::Sender<Moment>);

impl Write for Voice {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(Moment { at: Instant::now(), run: timing::thread_run() }).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How long a program takes for so many units of work: from its first word to its second.
pub(crate) fn time(program: &Program, count: u32) -> Duration {
    let speaking = Speaking::start(program.process(), count);
    let time = speaking.between();
    assert_eq!(speaking.process.wait(), Outcome::Returned(vec![]));
    time
}

/// For how long a program's main thread runs, from its first word to its second.
pub(crate) fn time_run(program: &Program, count: u32) -> Duration {
    let speaking = Speaking::start(program.process(), count);
    let run = speaking.run_between();
    assert_eq!(speaking.process.wait(), Outcome::Returned(vec![]));
    run
}

/// Computes `count` times over: finds the primes below 2^16, which takes loads and stores, and a Fibonacci number by
/// recursion with frames in memory and calls through the table. `compute` returns a sum that [`kernel`] knows.
pub(crate) const KERNEL: &str = r#"
    (type $unary (func (param i32) (result i32)))
    (func $child (param $n i32) (result i32) (local $frame i32) (local $sum i32)
      (if (i32.lt_u (local.get $n) (i32.const 2)) (then (return (local.get $n))))
      (global.set $__stack_pointer
        (local.tee $frame (i32.sub (global.get $__stack_pointer) (i32.const 32))))
      (i32.store (local.get $frame) (call $child (i32.sub (local.get $n) (i32.const 1))))
      (local.set $sum (i32.add (i32.load (local.get $frame))
        (call_indirect (type $unary) (i32.sub (local.get $n) (i32.const 2)) (i32.const 1))))
      (global.set $__stack_pointer (i32.add (local.get $frame) (i32.const 32)))
      (local.get $sum))
    (func $primes (result i32) (local $i i32) (local $multiple i32) (local $found i32)
      (memory.fill (i32.const 131072) (i32.const 1) (i32.const 65536))
      (local.set $i (i32.const 2))
      (loop $next
        (if (i32.load8_u offset=131072 (local.get $i)) (then
          (local.set $found (i32.add (local.get $found) (i32.const 1)))
          (local.set $multiple (i32.shl (local.get $i) (i32.const 1)))
          (block $done (loop $strike
            (br_if $done (i32.ge_u (local.get $multiple) (i32.const 65536)))
            (i32.store8 offset=131072 (local.get $multiple) (i32.const 0))
            (local.set $multiple (i32.add (local.get $multiple) (local.get $i)))
            (br $strike)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 65536))))
      (local.get $found))
    (func $compute (export "compute") (param $count i32) (result i32) (local $sum i32)
      (loop $again
        (local.set $sum (i32.add (local.get $sum) (i32.add (call $primes) (call $child (i32.const 20)))))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count)))
      (local.get $sum))
    (func (export "main") (param $count i32) (local $sum i32)
      (call $say)
      (local.set $sum (call $compute (local.get $count)))
      (call $say)
      (if (i32.ne (local.get $sum) (i32.mul (local.get $count) (i32.const 13307))) (then unreachable)))"#;

/// What [`KERNEL`] is to find: 6,542 primes and the 20th Fibonacci number, so often.
pub(crate) fn kernel(count: u32) -> u32 {
    count * (6542 + 6765)
}
