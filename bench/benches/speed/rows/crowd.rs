//! Many threads alive at once: what each costs to spawn, and how much memory it takes while it is blocked.

use std::{
    env, fs,
    io::{self, Write},
    process::Command,
    sync::mpsc,
    thread,
    time::Duration,
};

use raddle_backend_native::{ProcessBuilder, Runtime, Value};

use crate::{
    guest::{self, Speaking},
    row::{Figures, Round, Row, Target, Unit},
    timing::{alternate, time},
};

pub(crate) const ROWS: &[Row] = &[
    Row { name: "a spawn, up to 10 live threads / std::thread", target: Target::Any, measure: || Ok(spawn(10, 15)) },
    Row { name: "a spawn, up to 100 live threads / std::thread", target: Target::Any, measure: || Ok(spawn(100, 9)) },
    Row {
        name: "a spawn, up to 1,000 live threads / std::thread",
        target: Target::Any,
        measure: || Ok(spawn(1000, 5)),
    },
    Row {
        name: "a spawn, up to 10,000 live threads / std::thread",
        target: Target::Any,
        measure: || Ok(spawn(10_000, 3)),
    },
    Row { name: "memory of each of 10 blocked threads / 24 KiB", target: Target::Any, measure: || memory(10) },
    Row {
        name: "memory of each of 100 blocked threads / 24 KiB",
        target: Target::AtMost(1.0),
        measure: || memory(100),
    },
    Row {
        name: "memory of each of 1,000 blocked threads / 24 KiB",
        target: Target::AtMost(1.0),
        measure: || memory(1000),
    },
    Row {
        name: "memory of each of 10,000 blocked threads / 24 KiB",
        target: Target::AtMost(1.0),
        measure: || memory(10_000),
    },
];

fn spawn(count: u32, rounds: usize) -> Figures {
    alternate(rounds, || spawn_on_new_threads(count), || spawn_natively(count)).each(count)
}

/// Each time with a runtime that has no OS threads yet, as the reference has none.
fn spawn_on_new_threads(count: u32) -> Duration {
    let before = tasks();
    let program = guest::program_of(&Runtime::new().expect("a runtime"), CROWD);
    let speaking = Speaking::start(program.process().max_threads(16_384), count);
    // The first thread is left out.
    speaking.next();
    let time = speaking.between();
    speaking.kill();
    drop((speaking, program));
    // Its threads go without a runtime to come back to; as many more beside them would be too many for the system.
    while tasks() > before {
        thread::sleep(Duration::from_millis(5));
    }
    time
}

fn spawn_natively(count: u32) -> Duration {
    let mut threads = Vec::new();
    let time = time(|| threads.extend((0..count).map(|_| thread::spawn(thread::park))));
    for thread in threads {
        thread.thread().unpark();
        thread.join().expect("no panic");
    }
    time
}

/// The first argument of this program when it is to measure its own memory.
pub(crate) const MEMORY_OF: &str = "--memory-of-threads";

/// In a process of its own: what other rows have left behind would be used first.
fn memory(count: u32) -> Result<Figures, String> {
    if !cfg!(target_os = "linux") {
        return Err("the resident memory is read from Linux's /proc".into());
    }
    let measure = || {
        let this = env::current_exe().expect("a path");
        let output = Command::new(this).arg(MEMORY_OF).arg(count.to_string()).output().expect("this program");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of bytes")
    };
    let rounds = (0..3).map(|_| Round { raddle: measure(), reference: 24.0 * 1024.0 }).collect();
    Ok(Figures { unit: Unit::Bytes, rounds })
}

/// Prints how many bytes each of so many blocked threads takes.
pub(crate) fn print_memory(count: u32) {
    let program = guest::program(CROWD);
    let (sender, receiver) = mpsc::channel();
    let process: ProcessBuilder = program.process().max_threads(16_384).entry("main");
    let process = process.entry_args([Value::I32(count.cast_signed())]).stdout(Scales(sender));
    let process = process.start().expect("a process");
    let [_, one, _, all] = std::array::from_fn(|_| receiver.recv().expect("a weight"));
    process.kill();
    let _ = process.wait();
    println!("{}", (all - one) / f64::from(count));
}

/// Weighs this process whenever the guest says something.
struct Scales(mpsc::Sender<f64>);

impl Write for Scales {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(at_rest()?).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// This process's resident memory when all its threads but this one have gone to sleep and are done with what they do
/// then.
fn at_rest() -> io::Result<f64> {
    let mut last = Vec::new();
    loop {
        last.push(if awake()? > 1 { f64::NAN } else { resident()? });
        if let [.., a, b, c, d] = last[..]
            && a == b
            && b == c
            && c == d
        {
            return Ok(d);
        }
        thread::sleep(Duration::from_millis(25));
    }
}

/// How many threads this process has, where the system tells.
fn tasks() -> usize {
    fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

/// How many threads of this process run or would.
fn awake() -> io::Result<usize> {
    let mut awake = 0;
    for task in fs::read_dir("/proc/self/task")? {
        // One that has just gone is not awake.
        let stat = fs::read_to_string(task?.path().join("stat")).unwrap_or_default();
        // The state stands behind the name, which is in parentheses and may hold any.
        let state = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        awake += usize::from(state.starts_with(['R', 'D']));
    }
    Ok(awake)
}

/// This process's resident memory in bytes.
fn resident() -> io::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.strip_suffix("kB"));
    let kilobytes = kilobytes.and_then(|kilobytes| kilobytes.trim().parse::<f64>().ok());
    kilobytes.map(|kilobytes| kilobytes * 1024.0).ok_or_else(|| io::Error::other("no VmRSS"))
}

/// Starts a thread, and `count` more, that all wait; says that it begins, when the first is there and when all are.
const CROWD: &str = r#"
    (func $child (param $number i32) (result i32)
      ;; A frame in memory, as most functions have one.
      (i32.store (i32.sub (global.get $__stack_pointer) (i32.const 256)) (local.get $number))
      (drop (i32.atomic.rmw.add (i32.const 2048) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 2048) (i32.const 1)))
      (memory.atomic.wait32 (i32.const 4096) (i32.const 0) (i64.const -1)))
    (func $all_there (param $count i32) (local $there i32)
      (loop $wait
        (local.set $there (i32.atomic.load (i32.const 2048)))
        (if (i32.lt_u (local.get $there) (local.get $count)) (then
          (drop (memory.atomic.wait32 (i32.const 2048) (local.get $there) (i64.const -1)))
          (br $wait)))))
    (func (export "main") (param $count i32) (local $i i32)
      (call $say)
      (drop (call $spawn (i32.const 0)))
      (call $all_there (i32.const 1))
      (call $say)
      (loop $again
        (drop (call $spawn (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $count))))
      (call $say)
      (call $all_there (i32.add (local.get $count) (i32.const 1)))
      (call $say)
      ;; Not for ever: that would be a deadlock.
      (drop (memory.atomic.wait32 (i32.const 4096) (i32.const 0) (i64.const 3600000000000))))"#;
