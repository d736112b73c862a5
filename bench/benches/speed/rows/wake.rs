//! How long it takes until a thread that was blocked runs: two threads wake each other in turn, and a turn is half of
//! that.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    thread,
    time::Duration,
};

use raddle_backend_native::wasmtime::{Linker, MemoryType, Module, SharedMemory, Store};

use crate::{
    guest,
    native::in_pair,
    row::{Row, Target},
    timing::{ROUNDS, alternate},
};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "one-way wake-up / std::thread::park",
        target: Target::AtMost(1.2),
        measure: || {
            let program = guest::program(PING_PONG);
            Ok(alternate(ROUNDS, || guest::time(&program, COUNT), native).each(2 * COUNT))
        },
    },
    Row {
        name: "one-way wake-up / wasmtime's wait instructions",
        target: Target::AtMost(0.4),
        measure: || {
            let program = guest::program(PING_PONG);
            let module = Module::new(program.module().engine(), guest::module(PING_PONG)).expect("a module");
            Ok(alternate(ROUNDS, || guest::time(&program, COUNT), || engine(&module)).each(2 * COUNT))
        },
    },
];

/// How often each of the two is woken.
const COUNT: u32 = 5000;

/// By `thread::park` and `unpark`, which is a futex here.
fn native() -> Duration {
    let words = [AtomicU32::new(0), AtomicU32::new(0)];
    in_pair(|turn| {
        let (mine, theirs) = if turn.is_first { (&words[0], &words[1]) } else { (&words[1], &words[0]) };
        for number in 1..=COUNT {
            if turn.is_first {
                theirs.store(number, SeqCst);
                turn.other.unpark();
            }
            while mine.load(SeqCst) < number {
                thread::park();
            }
            if !turn.is_first {
                theirs.store(number, SeqCst);
                turn.other.unpark();
            }
        }
    })
}

/// The same module as raddle's side, not threadified: two instances on two threads, and the engine's own wait queue.
fn engine(module: &Module) -> Duration {
    let memory = SharedMemory::new(module.engine(), MemoryType::shared(4, 65536)).expect("a memory");
    in_pair(|turn| {
        let mut store = Store::new(module.engine(), ());
        // Nothing increments it here.
        store.set_epoch_deadline(1_000_000);
        let mut linker = Linker::new(module.engine());
        linker.define(&store, "env", "memory", memory.clone()).expect("a new name");
        linker.define_unknown_imports_as_traps(module).expect("new names");
        let instance = linker.instantiate(&mut store, module).expect("an instance");
        let name = if turn.is_first { "ping" } else { "pong" };
        let func = instance.get_typed_func::<u32, ()>(&mut store, name).expect("an export");
        func.call(&mut store, COUNT).expect("no trap");
    })
}

/// Two threads wake each other in turn, `count` times each.
const PING_PONG: &str = r#"
    (func $await (param $word i32) (param $not i32)
      (loop $again
        (if (i32.eq (i32.atomic.load (local.get $word)) (local.get $not)) (then
          (drop (memory.atomic.wait32 (local.get $word) (local.get $not) (i64.const -1)))
          (br $again)))))
    (func $pong (export "pong") (param $count i32) (local $i i32)
      (loop $again
        (call $await (i32.const 2048) (local.get $i))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i32.atomic.store (i32.const 4096) (local.get $i))
        (drop (memory.atomic.notify (i32.const 4096) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $count)))))
    (func $ping (export "ping") (param $count i32) (local $i i32)
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i32.atomic.store (i32.const 2048) (local.get $i))
        (drop (memory.atomic.notify (i32.const 2048) (i32.const 1)))
        (call $await (i32.const 4096) (i32.sub (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $count)))))
    (func $child (param $count i32) (result i32) (call $pong (local.get $count)) (i32.const 0))
    (func (export "main") (param $count i32) (local $child i32)
      (call $say)
      (local.set $child (call $spawn (local.get $count)))
      (call $ping (local.get $count))
      (call $join (local.get $child))
      (call $say))"#;
