//! More threads than the system has room for.

use std::sync::mpsc;

use raddle_backend_native::{Outcome, Process, Value};

use crate::{
    alone::alone,
    common::{SPAWN_AND_JOIN, Signal, guest::guest, module, outcome, program_on, receive, returned},
};

/// Spawns until that is refused, says so, and goes on trying.
const BOMB: &str = r#"
    (func $sleeper (param i32) (result i32) (call $hour) (i32.const 0))
    (func (export "main") (local $status i32)
      (loop $again
        (local.set $status (call $thread_spawn (global.get $sleeper) (i32.const 0) (i32.const 0) (i32.const 128)))
        (br_if $again (i32.eqz (local.get $status))))
      (if (i32.ne (local.get $status) (i32.const 1)) (then unreachable))
      (call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1)))
      (loop $again
        (drop (call $thread_spawn (global.get $sleeper) (i32.const 0) (i32.const 0) (i32.const 128)))
        (br $again)))"#;

#[test]
fn thread_bombs_are_refused_before_the_system_is_full() {
    // A Linux process has room for some ten thousand OS threads unless it was given more. Each of these may have 4096.
    alone("bombs::thread_bombs_are_refused_before_the_system_is_full", |runtime| {
        let bomb = program_on(runtime, &guest(&["sleeper"], BOMB));
        let start = || {
            let (sender, told) = mpsc::channel();
            (bomb.process().stack_size(4096).stdout(Signal(sender)).start().expect("a process"), told)
        };
        let bombs: Vec<(Process, _)> = (0..4).map(|_| start()).collect();
        for (_, told) in &bombs {
            receive(told);
        }
        for (process, _) in &bombs {
            assert!(process.kill());
        }
        for (process, _) in bombs {
            assert_eq!(outcome(&process), Outcome::Killed);
            assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
        }
        let neighbour = program_on(runtime, &module(&["child"], SPAWN_AND_JOIN));
        assert_eq!(neighbour.process().run().expect("a process"), returned(&[Value::I32(42)]));
    });
}
