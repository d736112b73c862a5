//! Imports of the embedder's own, with data that each thread has for itself; and the events of a process.
//!
//! `cargo run --release -p raddle-backend-native --example imports`

use std::{
    error::Error,
    sync::{Arc, Mutex, PoisonError},
};

use raddle_backend_native::{Event, Outcome, Program, Runtime, ThreadInfo, ThreadState, wasmtime::Caller};

/// Two threads, named `warp` and `weft`, tell the embedder some numbers.
const GUEST: &str = r#"(module
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "loom" "pick" (func $pick (param i32)))
  (memory 1 4 shared)
  (table 2 funcref) (elem (i32.const 1) func $work)
  (data (i32.const 64) "warpweft")
  ;; The attributes of a thread: their size, no flags, the default stack, the name's address and length.
  (data (i32.const 16) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\40\00\00\00" "\04\00\00\00")
  (data (i32.const 36) "\14\00\00\00" "\00\00\00\00" "\00\00\00\00" "\44\00\00\00" "\04\00\00\00")
  (func $work (param $count i32) (result i32)
    (loop $again
      (call $pick (local.get $count))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (i32.const 0))
  (func (export "main")
    (if (call $spawn (i32.const 1) (i32.const 3) (i32.const 16) (i32.const 8)) (then unreachable))
    (if (call $spawn (i32.const 1) (i32.const 4) (i32.const 36) (i32.const 12)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)) (then unreachable))
    (if (call $join (i32.load (i32.const 12)) (i64.const -1) (i32.const 0)) (then unreachable))))"#;

// ANCHOR: data
/// What each thread's store holds: made on that thread before its instance, dropped there after its last instruction.
struct Picks {
    thread: ThreadInfo,
    sum: i32,
    /// What all threads share is the embedder's to protect.
    sums: Arc<Mutex<Vec<(String, i32)>>>,
}

impl Drop for Picks {
    fn drop(&mut self) {
        let sum = (self.thread.name.clone(), self.sum);
        self.sums.lock().unwrap_or_else(PoisonError::into_inner).push(sum);
    }
}
// ANCHOR_END: data

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let program = Program::new(&runtime, &wat::parse_str(GUEST)?)?;

    // ANCHOR: imports
    let mut linker = program.linker();
    linker.func_wrap("loom", "pick", |mut caller: Caller<'_, ThreadState<Picks>>, number: i32| {
        caller.data_mut().data_mut().sum += number;
    })?;

    let sums = Arc::new(Mutex::new(Vec::new()));
    let all = sums.clone();
    let process =
        program.process_with(linker, move |thread| Picks { thread: thread.clone(), sum: 0, sums: all.clone() });
    // ANCHOR_END: imports

    // ANCHOR: events
    let names = Arc::new(Mutex::new(Vec::new()));
    let started = names.clone();
    let process = process.on_event(move |event| {
        if let Event::ThreadStarted { thread, name } = event {
            started.lock().unwrap_or_else(PoisonError::into_inner).push((*thread, name.clone()));
        }
    });
    // ANCHOR_END: events

    assert_eq!(process.run()?, Outcome::Returned(Vec::new()));
    let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner).clone();
    sums.sort();
    assert_eq!(sums, [(String::new(), 0), ("warp".into(), 6), ("weft".into(), 10)]);
    let mut names = names.lock().unwrap_or_else(PoisonError::into_inner).clone();
    names.sort();
    assert_eq!(names, [(1, String::new()), (2, "warp".into()), (3, "weft".into())]);
    println!("{sums:?}");
    Ok(())
}

#[test]
fn each_thread_has_its_data() -> Result<(), Box<dyn Error>> {
    main()
}
