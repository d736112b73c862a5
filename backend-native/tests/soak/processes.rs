//! Processes, one after another.

use raddle_backend_native::{Outcome, Program, Value};

use crate::{
    alone::alone,
    common::{SPAWN_AND_JOIN, guest::guest, module, outcome, program_on, returned},
    footprint::Footprint,
};

/// Runs so many processes, which must all end so.
fn run(processes: u32, program: &Program, is_right: fn(&Outcome) -> bool) {
    for _ in 0..processes {
        let outcome = outcome(&program.process().start().expect("a process"));
        assert!(is_right(&outcome), "{outcome:?}");
    }
}

#[test]
fn ten_thousand_processes_leave_nothing_behind() {
    alone("processes::ten_thousand_processes_leave_nothing_behind", |runtime| {
        let program = program_on(runtime, &module(&["child"], SPAWN_AND_JOIN));
        let is_right = |outcome: &Outcome| *outcome == returned(&[Value::I32(42)]);
        run(1_000, &program, is_right);
        let before = Footprint::now();
        run(10_000, &program, is_right);
        Footprint::now().check_flat_since(before);
    });
}

/// Main holds a mutex, one thread is detached and waits for ever, another computes if there is one; and then the
/// process ends.
fn ending(end: &str) -> String {
    guest(
        &["waiter", "spinner"],
        &format!(
            r#"
            (func $waiter (param i32) (result i32) (call $await (i32.const 128) (i32.const 1)) (i32.const 0))
            (func $spinner (param i32) (result i32) (loop $forever (call $thread_yield) (br $forever)) (unreachable))
            (func (export "main")
              (call $lock (i32.const 132))
              (call $ok (call $thread_detach (call $spawn (global.get $waiter) (i32.const 0))))
              {end})"#
        ),
    )
}

#[test]
fn processes_that_end_badly_leave_nothing_behind() {
    alone("processes::processes_that_end_badly_leave_nothing_behind", |runtime| {
        let spin = "(drop (call $spawn (global.get $spinner) (i32.const 0)))";
        let traps = program_on(runtime, &ending(&format!("{spin} (unreachable)")));
        let exits = program_on(runtime, &ending(&format!("{spin} (call $process_exit (i32.const 7))")));
        let sleeps = program_on(runtime, &ending(&format!("{spin} (call $hour)")));
        let deadlocks = program_on(runtime, &ending("(call $await (i32.const 136) (i32.const 1))"));
        let run_all = |processes: u32| {
            run(processes, &traps, |outcome| matches!(outcome, Outcome::Trapped { .. }));
            run(processes, &exits, |outcome| *outcome == Outcome::Exited(7));
            run(processes, &deadlocks, |outcome| matches!(outcome, Outcome::Deadlocked { .. }));
            for _ in 0..processes {
                let process = sleeps.process().start().expect("a process");
                assert!(process.kill());
                assert_eq!(outcome(&process), Outcome::Killed);
            }
            Footprint::now()
        };
        let before = run_all(200);
        run_all(2_000).check_flat_since(before);
    });
}
