//! Processes that end badly, or take all that they can get.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
        mpsc,
    },
    time::Duration,
};

use raddle_backend_native::{Outcome, ProcessBuilder, Program, Runtime, TrapKind, Value};

use crate::common::{Signal, guest::guest, outcome, program_on, receive, until};

/// What a process does that is bad.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Killed,
    TimedOut,
    Trap,
    StackOverrun,
    Deadlock,
    Exit,
    ThreadBomb,
    MemoryBomb,
    Flood,
}

pub(super) const DEEDS: [Deed; 9] = [
    Deed::Killed,
    Deed::TimedOut,
    Deed::Trap,
    Deed::StackOverrun,
    Deed::Deadlock,
    Deed::Exit,
    Deed::ThreadBomb,
    Deed::MemoryBomb,
    Deed::Flood,
];

/// Threads that compute for ever, and something that main does with them.
fn with_spinners(act: &str) -> String {
    guest(
        &["spinner"],
        &format!(
            r#"
            (func $spinner (param i32) (result i32) (loop $forever (br $forever)) (unreachable))
            (func $deep (param i32) (result i32) (i32.add (call $deep (local.get 0)) (i32.const 1)))
            (func (export "main")
              (drop (call $spawn (global.get $spinner) (i32.const 0)))
              (drop (call $spawn (global.get $spinner) (i32.const 0)))
              {act})"#
        ),
    )
}

const DEADLOCK: &str = r#"
    (func $waiter (param i32) (result i32) (call $await (i32.const 128) (i32.const 1)) (i32.const 0))
    (func (export "main") (call $join (call $spawn (global.get $waiter) (i32.const 0))))"#;

/// The most threads that a thread bomb gets.
const MAX_THREADS: u32 = 150;

/// Each thread spawns more until that is refused, and then sleeps; who was refused first exits with their number when
/// it knows that all have begun.
const THREAD_BOMB: &str = r#"
    (global $begun i32 (i32.const 128)) (global $refused i32 (i32.const 132))
    (func $bomb (param $max_threads i32) (result i32) (local $out i32) (local $status i32)
      (call $count (global.get $begun))
      (local.set $out (i32.add (i32.const 0x8000) (i32.shl (i32.and (call $thread_id) (i32.const 0x1fff)) (i32.const 2))))
      (loop $again
        (local.set $status
          (call $thread_spawn (global.get $bomb) (local.get $max_threads) (i32.const 0) (local.get $out)))
        (br_if $again (i32.eqz (local.get $status))))
      (if (i32.ne (local.get $status) (i32.const 1)) (then unreachable))
      (if (i32.eqz (i32.atomic.rmw.add (global.get $refused) (i32.const 1))) (then
        (call $await (global.get $begun) (local.get $max_threads))
        (call $process_exit (i32.atomic.load (global.get $begun)))))
      (call $hour)
      (i32.const 0))
    (func (export "main") (param $max_threads i32) (drop (call $bomb (local.get $max_threads))))"#;

/// The memory that a memory bomb gets, in bytes.
const MAX_MEMORY: u64 = 48 << 20;

/// Four threads grow the memory until that is refused, and fill what each got; main returns how many pages there are
/// then.
const MEMORY_BOMB: &str = r#"
    (func $grower (param i32) (result i32) (local $at i32)
      (loop $again
        (local.set $at (memory.grow (i32.const 1)))
        (if (i32.ne (local.get $at) (i32.const -1)) (then
          (memory.fill (i32.shl (local.get $at) (i32.const 16)) (i32.const 255) (i32.const 65536))
          (br $again))))
      (i32.const 0))
    (func (export "main") (result i32) (local $a i32) (local $b i32) (local $c i32)
      (local.set $a (call $spawn (global.get $grower) (i32.const 0)))
      (local.set $b (call $spawn (global.get $grower) (i32.const 0)))
      (local.set $c (call $spawn (global.get $grower) (i32.const 0)))
      (drop (call $grower (i32.const 0)))
      (call $join (local.get $a)) (call $join (local.get $b)) (call $join (local.get $c))
      (memory.size))"#;

const FLOOD: &str = r#"
    (func $writer (param i32) (result i32)
      (loop $forever
        (call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 65536)))
        (br $forever))
      (unreachable))
    (func (export "main")
      (drop (call $spawn (global.get $writer) (i32.const 0)))
      (drop (call $spawn (global.get $writer) (i32.const 0)))
      (drop (call $writer (i32.const 0))))"#;

/// A stream that only counts.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicU64>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.fetch_add(bytes.len() as u64, SeqCst);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const TELL: &str = "(call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1)))";

/// A bad program, to be run again and again.
pub(super) struct Bad {
    deed: Deed,
    program: Program,
}

impl Bad {
    pub(super) fn new(runtime: &Runtime, deed: Deed) -> Bad {
        let wat = match deed {
            Deed::Killed => with_spinners(&format!("{TELL} (call $hour)")),
            Deed::TimedOut => with_spinners("(call $hour)"),
            Deed::Trap => with_spinners("(drop (i32.load (i32.const -4)))"),
            Deed::StackOverrun => with_spinners("(drop (call $deep (i32.const 0)))"),
            Deed::Exit => with_spinners("(call $process_exit (i32.const 7))"),
            Deed::Deadlock => guest(&["waiter"], DEADLOCK),
            Deed::ThreadBomb => guest(&["bomb"], THREAD_BOMB),
            Deed::MemoryBomb => guest(&["grower"], MEMORY_BOMB),
            Deed::Flood => guest(&["writer"], FLOOD),
        };
        Bad { deed, program: program_on(runtime, &wat) }
    }

    /// Runs it, and sees that it ends as it must.
    pub(super) fn run(&self) {
        let process = self.program.process();
        let outcome = match self.deed {
            Deed::Killed => {
                let (sender, told) = mpsc::channel();
                kill_after(process.stdout(Signal(sender)), || receive(&told))
            }
            Deed::Flood => {
                let written = Counter::default();
                kill_after(process.stdout(written.clone()), || {
                    until("much is written", || written.0.load(SeqCst) > 16 << 20);
                })
            }
            Deed::TimedOut => end(process.time_limit(Duration::from_millis(5))),
            Deed::ThreadBomb => {
                let process = process.max_threads(MAX_THREADS).stack_size(4096);
                end(process.entry("main").entry_args([Value::I32(MAX_THREADS.cast_signed())]))
            }
            Deed::MemoryBomb => end(process.max_memory(MAX_MEMORY)),
            Deed::Trap | Deed::StackOverrun | Deed::Deadlock | Deed::Exit => end(process),
        };
        let is_right = match (self.deed, &outcome) {
            (Deed::Trap, Outcome::Trapped { trap, .. }) => trap.kind == TrapKind::MemoryOutOfBounds,
            (Deed::StackOverrun, Outcome::Trapped { trap, .. }) => trap.kind == TrapKind::StackOverflow,
            (Deed::Deadlock, Outcome::Deadlocked { threads }) => threads.len() == 2,
            (Deed::Exit, Outcome::Exited(code)) => *code == 7,
            (Deed::ThreadBomb, Outcome::Exited(code)) => *code == MAX_THREADS.cast_signed(),
            (Deed::MemoryBomb, Outcome::Returned(values)) => *values == [Value::I32((MAX_MEMORY / 65536) as i32)],
            (Deed::Killed | Deed::Flood, Outcome::Killed) | (Deed::TimedOut, Outcome::TimedOut) => true,
            _ => false,
        };
        assert!(is_right, "{:?}: {outcome:?}", self.deed);
    }
}

fn end(process: ProcessBuilder) -> Outcome {
    outcome(&process.start().expect("a process"))
}

fn kill_after(process: ProcessBuilder, wait: impl FnOnce()) -> Outcome {
    let process = process.start().expect("a process");
    wait();
    assert!(process.kill());
    outcome(&process)
}
