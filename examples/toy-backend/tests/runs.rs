//! That it runs something; the conformance suite tests the rest.

use std::sync::{Arc, Mutex};

use raddle_runtime_api::{Limits, Outcome, TrapKind, Value};
use raddle_threadify::{Options, threadify};
use raddle_toy_backend::{Settings, instance::ToyInstance, start};

/// The child writes, and main returns what it returned.
const SPAWNS: &str = r#"(module
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (memory 1 16 shared) (table 2 funcref) (elem (i32.const 1) func $child) (data (i32.const 64) "hello")
  (func $child (param i32) (result i32)
    (drop (call $write (i32.const 1) (i32.const 64) (i32.const 5)))
    (i32.add (local.get 0) (i32.const 1)))
  (func (export "main") (param i32) (result i32)
    (if (call $spawn (i32.const 1) (local.get 0) (i32.const 0) (i32.const 16)) (then unreachable))
    (if (call $join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
    (i32.load (i32.const 20)))
  (func (export "wait") (drop (memory.atomic.wait32 (i32.const 32) (i32.const 0) (i64.const -1))))
  (func (export "spin") (loop $for_ever (br $for_ever)))
  (func (export "trap") unreachable))"#;

#[test]
fn every_end() {
    let module = threadify(&wat::parse_str(SPAWNS).unwrap(), &Options::new()).unwrap();
    let written = Arc::new(Mutex::new(Vec::new()));
    let run = |entry: &str, entry_args: &[Value]| {
        let written = written.clone();
        let write = Box::new(move |_, bytes: &[u8]| {
            written.lock().unwrap().extend_from_slice(bytes);
            true
        });
        let settings = Settings {
            wasm: &module.wasm,
            section: &module.section,
            entry: Some(entry),
            entry_args,
            limits: Limits::default(),
        };
        start(&settings, write, |template, thread| ToyInstance::new(template, thread.process(), thread)).unwrap()
    };
    assert_eq!(run("main", &[Value::I32(41)]).wait(None), Some(Outcome::Returned(vec![Value::I32(42)])));
    assert_eq!(*written.lock().unwrap(), b"hello");
    assert_eq!(run("wait", &[]).wait(None).unwrap().name(), "deadlocked");
    let Some(Outcome::Trapped { trap, .. }) = run("trap", &[]).wait(None) else { panic!("it does not trap") };
    assert_eq!(trap.kind, TrapKind::Unreachable);
    let spins = run("spin", &[]);
    assert!(spins.end(&Outcome::Killed));
    assert_eq!(spins.wait(None), Some(Outcome::Killed));
}

#[test]
fn it_is_small() {
    let sources = [
        include_str!("../src/lib.rs"),
        include_str!("../src/host.rs"),
        include_str!("../src/instance.rs"),
        include_str!("../src/imports.rs"),
    ];
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let lines = sources.iter().flat_map(|source| source.lines()).filter(is_code).count();
    assert!(lines <= 320, "the guide promises at most 320 lines of code: {lines}");
}
