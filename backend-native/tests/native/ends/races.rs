//! Several ends at the same moment: exactly one wins, and everybody is told of that one.

use std::{
    collections::BTreeMap,
    sync::{
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::Duration,
};

use raddle_backend_native::{Outcome, Process, Program, TrapKind, Value};

use crate::common::{Signal, guest::guest, outcome, program, rounds, until};

/// `main(enders, way, patience)`: so many threads wait for a word, main tells the embedder, sets the word, and all end
/// the process, each in a way that its id says; main by the way given, when it has given way so often. An exit's code
/// and an abort's message say the id, too.
const PROGRAM: &str = r#"
    (global $ready i32 (i32.const 128)) (global $go i32 (i32.const 132))
    (func $end (param $way i32) (local $id i32)
      (local.set $id (call $thread_id))
      (block $return (block $exit (block $abort (block $trap (br_table $trap $abort $exit $return (local.get $way)))
        (unreachable))
        (i32.store8 (local.get $id) (i32.add (i32.const 0x40) (local.get $id)))
        (call $process_abort (local.get $id) (i32.const 1)))
        (call $process_exit (i32.add (i32.const 100) (local.get $id)))))
    (func $ender (param i32) (result i32)
      (call $count (global.get $ready))
      (loop $again
        (call $thread_yield)
        (br_if $again (i32.eqz (i32.atomic.load (global.get $go)))))
      (call $end (i32.rem_u (call $thread_id) (i32.const 3)))
      (unreachable))
    (func (export "main") (param $enders i32) (param $way i32) (param $patience i32) (local $i i32)
      (local.set $i (local.get $enders))
      (loop $again
        (drop (call $spawn (global.get $ender) (i32.const 0)))
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (br_if $again (local.get $i)))
      (call $await (global.get $ready) (local.get $enders))
      (call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1)))
      (i32.atomic.store (global.get $go) (i32.const 1))
      (loop $again
        (if (local.get $patience) (then
          (call $thread_yield)
          (local.set $patience (i32.sub (local.get $patience) (i32.const 1)))
          (br $again))))
      (call $end (local.get $way)))"#;

/// Whether a thread of this id, which may be main, ends the process in this way.
fn ends_by(id: u32, way: u32, main_way: u32) -> bool {
    if id == 1 { main_way == way } else { id % 3 == way }
}

/// Whether the outcome is one of those that the threads of one process race for.
fn is_one_of_them(outcome: &Outcome, main_way: u32) -> bool {
    match outcome {
        Outcome::Trapped { thread, trap } => trap.kind == TrapKind::Unreachable && ends_by(thread.id, 0, main_way),
        Outcome::Aborted { message, thread } => {
            *message == char::from(0x40 + thread.id as u8).to_string() && ends_by(thread.id, 1, main_way)
        }
        Outcome::Exited(code) => ends_by(*code as u32 - 100, 2, main_way),
        Outcome::Returned(values) => values.is_empty() && main_way == 3,
        Outcome::Killed | Outcome::TimedOut => true,
        _ => false,
    }
}

/// Two of the embedder's threads kill the process as soon as it tells, and two wait for it.
fn race(process: &Process, told: &mpsc::Receiver<()>) -> Outcome {
    let go = AtomicBool::new(false);
    let kill = || {
        while !go.load(SeqCst) {
            thread::yield_now();
        }
        process.kill()
    };
    let (kills, outcomes) = thread::scope(|scope| {
        let killers = [scope.spawn(kill), scope.spawn(kill)];
        let waiters = [scope.spawn(|| outcome(process)), scope.spawn(|| outcome(process))];
        // Its time may be over before it tells.
        until("it tells or ends", || told.try_recv().is_ok() || process.wait_timeout(Duration::ZERO).is_some());
        go.store(true, SeqCst);
        (killers.map(|killer| killer.join().expect("no panic")), waiters.map(|waiter| waiter.join().expect("no panic")))
    });
    let [first, second] = outcomes;
    assert_eq!(first, second);
    assert_eq!(process.wait(), first, "it stays");
    assert!(!process.kill(), "it had ended");
    let kills = kills.iter().filter(|&&won| won).count();
    assert_eq!(kills, usize::from(first == Outcome::Killed), "{first:?}");
    first
}

fn race_all(program: &Program, enders: i32) -> BTreeMap<&'static str, u32> {
    let mut seen = BTreeMap::new();
    for round in 0..100 * rounds() {
        let main_way = round % 4;
        let (sender, told) = mpsc::channel();
        let args = [enders, main_way as i32, (round / 4 % 8 * 4) as i32].map(Value::I32);
        let mut process = program.process().entry("main").entry_args(args).stdout(Signal(sender));
        if round % 8 == 7 {
            process = process.time_limit(Duration::from_micros(200 + 10 * u64::from(round % 100)));
        }
        let process = process.start().expect("a process");
        let outcome = race(&process, &told);
        assert!(is_one_of_them(&outcome, main_way), "main ends by {main_way}: {outcome:?}");
        assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
        *seen.entry(outcome.name()).or_default() += 1;
    }
    seen
}

#[test]
fn one_of_several_ends_wins() {
    let program = program(&guest(&["ender"], PROGRAM));
    for enders in [1, 3, 20] {
        let seen = race_all(&program, enders);
        assert!(seen.len() > 1, "it is no race if always the same wins: {seen:?}");
    }
}
