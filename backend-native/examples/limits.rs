//! Programs that do not end by themselves or want too much: limits, a time limit, a kill.
//!
//! `cargo run --release -p raddle-backend-native --example limits`

use std::{
    error::Error,
    io,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Sender, channel},
    },
    time::Duration,
};

use raddle_backend_native::{Event, Limit, Outcome, Program, Runtime, Value};

/// `spin` writes a byte and then computes for ever. `greedy` starts threads until there are no more, and returns how
/// many there were and the status that told it to stop.
const GUEST: &str = r#"(module
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (memory 1 64 shared)
  (table 2 funcref) (elem (i32.const 1) func $wait)
  (func $wait (param i32) (result i32)
    (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1)))
  (func (export "spin")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1)))
    (loop $for_ever (br $for_ever)))
  (func (export "greedy") (result i32 i32) (local $count i32) (local $status i32)
    (loop $again
      (local.set $status (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)))
      (if (i32.eqz (local.get $status)) (then
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br $again))))
    (local.get $count) (local.get $status)))"#;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let program = Program::new(&runtime, &wat::parse_str(GUEST)?)?;

    // ANCHOR: limits
    let reached = Arc::new(Mutex::new(Vec::new()));
    let log = reached.clone();
    let process = program
        .process()
        .entry("greedy")
        .max_threads(8) // the main thread is one of them
        .max_memory(2 << 20)
        .stack_size(64 << 10)
        .on_event(move |event| {
            if let Event::LimitReached { limit, value } = event {
                log.lock().unwrap_or_else(PoisonError::into_inner).push((*limit, *value));
            }
        });
    // Seven threads beside the main one, and then the status AGAIN. The process goes on: a limit is an answer, not an
    // end.
    assert_eq!(process.run()?, Outcome::Returned(vec![Value::I32(7), Value::I32(1)]));
    assert_eq!(*reached.lock().unwrap_or_else(PoisonError::into_inner), [(Limit::Threads, 8)]);
    // ANCHOR_END: limits

    // ANCHOR: time
    let process = program.process().entry("spin").stdout(io::sink()).time_limit(Duration::from_millis(50));
    assert_eq!(process.run()?, Outcome::TimedOut);
    // ANCHOR_END: time

    // ANCHOR: kill
    let (sender, runs) = channel();
    let process = program.process().entry("spin").stdout(Notice(sender)).start()?;
    runs.recv()?; // it has written something, and computes now
    assert!(process.kill());
    assert_eq!(process.wait(), Outcome::Killed);
    assert_eq!(process.stats().live, 0);
    // ANCHOR_END: kill
    Ok(())
}

/// A stream that tells that something was written to it.
struct Notice(Sender<()>);

impl io::Write for Notice {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn limits_hold() -> Result<(), Box<dyn Error>> {
    main()
}
