//! The engine's epoch is how threads that compute are told to stop, and a tick can come at the wrong moment: while a
//! thread handles an earlier one, for another process, and is about to say that the next one is enough. Then it must be
//! told again.

use raddle_backend_native::{
    Outcome, ThreadState,
    wasmtime::{AsContextMut, Caller},
};

use crate::{common::program, run::PATIENCE};

/// Starts a thread that misses the next ticks and computes for ever; tells when it has begun; then the main thread does
/// this.
fn process(main: &str) -> raddle_backend_native::Process {
    let program = program(&format!(
        r#"(module
          (import "mine" "miss_ticks" (func $miss_ticks))
          (import "raddle_v1" "thread_spawn" (func $thread_spawn (param i32 i32 i32 i32) (result i32)))
          (memory 1 8 shared) (table 2 funcref) (elem (i32.const 1) func $spin)
          (func $spin (param i32) (result i32)
            (call $miss_ticks)
            (i32.atomic.store (i32.const 64) (i32.const 1))
            (drop (memory.atomic.notify (i32.const 64) (i32.const 1)))
            (loop $forever (br $forever)) unreachable)
          (func (export "main")
            (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
            (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
            {main}))"#
    ));
    let mut linker = program.linker();
    let miss = |mut caller: Caller<'_, ThreadState<()>>| caller.as_context_mut().set_epoch_deadline(3);
    linker.func_wrap("mine", "miss_ticks", miss).expect("a new name");
    program.process_with(linker, |_| ()).start().expect("a process")
}

#[test]
fn a_thread_that_missed_a_tick_is_told_again_when_main_returns() {
    assert_eq!(process("").wait_timeout(PATIENCE), Some(Outcome::Returned(vec![])));
}

#[test]
fn a_thread_that_missed_a_tick_is_told_again_after_a_kill() {
    let process = process("(call $spin (i32.const 0)) drop");
    while process.stats().live < 2 {
        std::thread::yield_now();
    }
    process.kill();
    assert_eq!(process.wait_timeout(PATIENCE), Some(Outcome::Killed));
}
