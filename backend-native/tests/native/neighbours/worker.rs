//! A process that computes the same answer again and again, with two threads, until it is told to stop.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
};

use raddle_backend_native::{Outcome, Process, Runtime, Value};

use crate::common::{guest::guest_importing, outcome, program_on, until};

/// The numbers that are tested for being prime.
const LIMIT: i32 = 10_000;

const IMPORTS: &str = r#"(import "embedder" "answered" (func $answered (param i32) (result i32)))"#;

/// `main(limit)` counts the primes below a limit and gives the number to the embedder, as long as that wants more. Two
/// threads share the numbers: each takes the next one by an atomic addition, and adds what it has found under a mutex.
const PROGRAM: &str = r#"
    (global $next i32 (i32.const 128)) (global $mutex i32 (i32.const 132)) (global $found i32 (i32.const 136))
    (func $is_prime (param $number i32) (result i32) (local $divisor i32)
      (local.set $divisor (i32.const 2))
      (loop $again
        (if (i32.gt_u (i32.mul (local.get $divisor) (local.get $divisor)) (local.get $number)) (then (return (i32.const 1))))
        (if (i32.eqz (i32.rem_u (local.get $number) (local.get $divisor))) (then (return (i32.const 0))))
        (local.set $divisor (i32.add (local.get $divisor) (i32.const 1)))
        (br $again))
      (unreachable))
    (func $count_primes (param $limit i32) (result i32) (local $number i32) (local $found i32)
      (loop $again
        (local.set $number (i32.atomic.rmw.add (global.get $next) (i32.const 1)))
        (if (i32.lt_u (local.get $number) (local.get $limit)) (then
          (local.set $found (i32.add (local.get $found) (call $is_prime (local.get $number))))
          (br $again))))
      (call $lock (global.get $mutex))
      (i32.store (global.get $found) (i32.add (i32.load (global.get $found)) (local.get $found)))
      (call $unlock (global.get $mutex))
      (i32.const 0))
    (func (export "main") (param $limit i32) (local $other i32)
      (loop $again
        (i32.store (global.get $next) (i32.const 2))
        (i32.store (global.get $found) (i32.const 0))
        (local.set $other (call $spawn (global.get $count_primes) (local.get $limit)))
        (drop (call $count_primes (local.get $limit)))
        (call $join (local.get $other))
        (br_if $again (call $answered (i32.load (global.get $found))))))"#;

/// The answer.
fn primes() -> i32 {
    let is_prime = |number: &i32| (2..).take_while(|divisor| divisor * divisor <= *number).all(|d| number % d != 0);
    (2..LIMIT).filter(is_prime).count() as i32
}

pub(super) struct Worker {
    process: Process,
    /// How often it has answered.
    answers: Arc<AtomicU32>,
    /// Whether it is to stop.
    enough: Arc<AtomicBool>,
}

impl Worker {
    pub(super) fn start(runtime: &Runtime) -> Worker {
        let program = program_on(runtime, &guest_importing(IMPORTS, &["count_primes"], PROGRAM));
        let (answers, enough): (Arc<AtomicU32>, Arc<AtomicBool>) = Default::default();
        let (answered, is_enough, right) = (answers.clone(), enough.clone(), primes());
        let mut linker = program.linker();
        linker
            .func_wrap("embedder", "answered", move |answer: i32| {
                assert_eq!(answer, right);
                answered.fetch_add(1, SeqCst);
                i32::from(!is_enough.load(SeqCst))
            })
            .expect("a new name");
        let process = program.process_with(linker, |_| ()).entry("main").entry_args([Value::I32(LIMIT)]);
        Worker { process: process.start().expect("a process"), answers, enough }
    }

    /// Waits for an answer that was begun from now on: the second one from now.
    pub(super) fn await_answer(&self) {
        let now = self.answers.load(SeqCst);
        // A wrong answer is a trap.
        until("an answer or its end", || self.answers.load(SeqCst) >= now + 2 || self.process.stats().live == 0);
    }

    /// Ends it. Every answer was right.
    pub(super) fn finish(self) {
        self.enough.store(true, SeqCst);
        assert_eq!(outcome(&self.process), Outcome::Returned(vec![]));
        assert_eq!(self.process.stats().spawned, self.answers.load(SeqCst), "a thread for each answer");
    }
}
