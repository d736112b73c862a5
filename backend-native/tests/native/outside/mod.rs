//! Imports of the embedder's that wait for the outside: what ends such a wait, and that nothing else does.

#[cfg(unix)]
mod descriptors;
mod handles;
mod output;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::Duration,
};

use raddle_backend_native::{
    GuestMemory, Interests, Outcome, Process, Program, ThreadState, TrapKind, Tried, wasmtime,
};

use crate::common::{guest::guest_importing, outcome, program, returned, until};

/// What an import waits for.
type Wait = Box<dyn Fn(&ThreadState<()>) -> wasmtime::Result<()> + Send + Sync>;

/// Two threads and main call the import `embedder.wait`; then main joins the others.
fn three_wait() -> Program {
    program(&guest_importing(
        r#"(import "embedder" "wait" (func $wait))"#,
        &["child"],
        r#"
        (func $child (param i32) (result i32) (call $wait) (i32.const 0))
        (func (export "main") (local $first i32) (local $second i32)
          (local.set $first (call $spawn (global.get $child) (i32.const 0)))
          (local.set $second (call $spawn (global.get $child) (i32.const 0)))
          (call $wait)
          (call $join (local.get $first))
          (call $join (local.get $second)))"#,
    ))
}

/// How often an import has tried.
#[derive(Debug, Clone, Default)]
struct Attempts(Arc<AtomicU32>);

impl Attempts {
    fn count(&self) -> u32 {
        self.0.load(SeqCst)
    }

    fn add(&self) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// Starts the program with that import.
fn start(program: &Program, max_wait: Option<Duration>, wait: Wait) -> Process {
    let mut linker = program.linker();
    linker
        .func_wrap("embedder", "wait", move |caller: wasmtime::Caller<'_, ThreadState<()>>| wait(caller.data()))
        .expect("a new name");
    let mut process = program.process_with(linker, |_| ());
    if let Some(max_wait) = max_wait {
        process = process.max_wait(max_wait);
    }
    process.start().expect("a process")
}

/// Starts the program with an import that waits in vain for these, and waits until three threads have tried.
fn start_in_vain(max_wait: Option<Duration>, interests: impl Fn() -> Interests + Send + Sync + 'static) -> Process {
    let attempts = Attempts::default();
    let made = attempts.clone();
    let wait = move |state: &ThreadState<()>| {
        state.wait_outside(|| {
            made.add();
            Tried::<(), _>::NotYet(interests())
        })
    };
    let process = start(&three_wait(), max_wait, Box::new(wait));
    until("all have tried", || attempts.count() >= 3);
    process
}

/// A wait for these ends by a kill and by the limit on waits, and by nothing else.
#[track_caller]
fn check_in_vain(interests: impl Fn() -> Interests + Clone + Send + Sync + 'static) {
    let killed = start_in_vain(None, interests.clone());
    assert_eq!(killed.wait_timeout(Duration::from_millis(30)), None, "they wait");
    assert!(killed.kill());
    assert_eq!(outcome(&killed), Outcome::Killed);
    assert_eq!(killed.stats().live, 0);

    let overdue = start_in_vain(Some(Duration::from_millis(30)), interests);
    let Outcome::Trapped { trap, .. } = outcome(&overdue) else { panic!("{:?}", overdue.outcome()) };
    assert_eq!(trap.kind, TrapKind::WaitLimit);
}

#[test]
fn a_wait_for_nothing_ends_with_its_process() {
    check_in_vain(Interests::new);
}

#[test]
fn a_call_that_is_done_at_once_does_not_wait() {
    let wait = |state: &ThreadState<()>| state.wait_outside(|| Tried::Done(()));
    assert_eq!(outcome(&start(&three_wait(), None, Box::new(wait))), returned(&[]));
}

#[test]
fn the_others_ends_end_it() {
    let ends = [("(unreachable)", None), ("(call $process_exit (i32.const 7))", Some(Outcome::Exited(7)))];
    for (end, expected) in ends {
        let program = program(&guest_importing(
            r#"(import "embedder" "wait" (func $wait))"#,
            &["child"],
            &format!(
                r#"
                (func $child (param i32) (result i32) (call $wait) (i32.const 0))
                (func (export "main")
                  (drop (call $spawn (global.get $child) (i32.const 0)))
                  (call $await (i32.const 128) (i32.const 1))
                  {end})"#
            ),
        ));
        let wait = |state: &ThreadState<()>| {
            let mut is_told = false;
            state.wait_outside(|| {
                if !is_told {
                    state.memory().store32(128, 1).expect("an address");
                    state.notify(128, 1).expect("an address");
                    is_told = true;
                }
                Tried::<(), _>::NotYet(Interests::new())
            })
        };
        let outcome = outcome(&start(&program, None, Box::new(wait)));
        match expected {
            Some(expected) => assert_eq!(outcome, expected),
            None => assert!(matches!(outcome, Outcome::Trapped { .. }), "{outcome:?}"),
        }
    }
}
