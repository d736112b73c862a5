//! Everybody waits for a thread that is in the embedder's code: nobody knows what it will do, so it is no deadlock.

use std::{
    io::{self, Write},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use raddle_backend_native::{Event, Process, Program, ThreadState, wasmtime::Caller};

use crate::common::{
    guest::{guest, guest_importing},
    outcome, program, returned, until,
};

/// A place in the embedder's code where a thread is held until the test lets it go.
#[derive(Debug, Clone, Default)]
struct Gate(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    entered: AtomicBool,
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    /// Called by the thread that is held.
    fn pass(&self) {
        self.0.entered.store(true, SeqCst);
        let open = self.0.open.lock().expect("no panic");
        drop(self.0.opened.wait_while(open, |open| !*open).expect("no panic"));
    }

    /// Waits until a thread is held, sees that the process goes on meanwhile, lets the thread go, and sees the process
    /// return.
    #[track_caller]
    fn check(&self, process: &Process) {
        until("a thread is held", || self.0.entered.load(SeqCst));
        // Long enough for the others to block; they may also take longer.
        assert_eq!(process.wait_timeout(Duration::from_millis(20)), None, "it goes on");
        *self.0.open.lock().expect("no panic") = true;
        self.0.opened.notify_all();
        assert_eq!(outcome(process), returned(&[]));
    }
}

/// A test that fails holds nobody for ever.
impl Drop for Gate {
    fn drop(&mut self) {
        if std::thread::panicking() {
            *self.0.open.lock().expect("no panic") = true;
            self.0.opened.notify_all();
        }
    }
}

/// Main and a waiter wait for a thread that does something, and then wakes them.
fn waiting_for(act: &str) -> Program {
    let imports = if act.contains("$call") { r#"(import "embedder" "call" (func $call))"# } else { "" };
    program(&guest_importing(
        imports,
        &["waiter", "actor"],
        &format!(
            r#"
            (global $word i32 (i32.const 128))
            (func $waiter (param i32) (result i32) (call $await (global.get $word) (i32.const 1)) (i32.const 0))
            (func $actor (param i32) (result i32) {act} (call $count (global.get $word)) (i32.const 0))
            (func (export "main") (local $waiter i32) (local $actor i32)
              (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
              (local.set $actor (call $spawn (global.get $actor) (i32.const 0)))
              (call $join (local.get $waiter)) (call $join (local.get $actor)))"#
        ),
    ))
}

/// The actor's id.
const ACTOR: u32 = 3;

#[test]
fn a_thread_in_an_import() {
    let (program, gate) = (waiting_for("(call $call)"), Gate::default());
    let mut linker = program.linker();
    let held = gate.clone();
    linker.func_wrap("embedder", "call", move || held.pass()).expect("a new name");
    gate.check(&program.process_with(linker, |_| ()).start().expect("a process"));
}

#[test]
fn a_thread_in_an_import_that_waits_for_the_end_for_a_while() {
    let program = waiting_for("(call $call)");
    let mut linker = program.linker();
    linker
        .func_wrap("embedder", "call", |caller: Caller<'_, ThreadState<()>>| {
            assert!(!caller.data().wait_ended(Duration::from_millis(20)), "it has not ended");
        })
        .expect("a new name");
    let process = program.process_with(linker, |_| ()).start().expect("a process");
    assert_eq!(outcome(&process), returned(&[]));
}

#[test]
fn a_thread_that_writes() {
    struct Slow(Gate);
    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.pass();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let gate = Gate::default();
    let program = waiting_for("(call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1)))");
    gate.check(&program.process().stdout(Slow(gate.clone())).start().expect("a process"));
}

#[test]
fn a_thread_that_starts() {
    let gate = Gate::default();
    let held = gate.clone();
    let program = waiting_for("");
    let process = program.process_with(program.linker(), move |thread| {
        if thread.id == ACTOR {
            held.pass();
        }
    });
    gate.check(&process.start().expect("a process"));
}

#[test]
fn a_thread_that_ends() {
    // It has woken nobody: its end does, as main joins it first and then wakes the waiter.
    struct Last(Option<Gate>);
    impl Drop for Last {
        fn drop(&mut self) {
            if let Some(gate) = &self.0 {
                gate.pass();
            }
        }
    }
    let program = program(&guest(
        &["waiter", "actor"],
        r#"
        (func $waiter (param i32) (result i32) (call $await (i32.const 128) (i32.const 1)) (i32.const 0))
        (func $actor (param i32) (result i32) (i32.const 0))
        (func (export "main") (local $waiter i32)
          (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
          (call $join (call $spawn (global.get $actor) (i32.const 0)))
          (call $count (i32.const 128))
          (call $join (local.get $waiter)))"#,
    ));
    let gate = Gate::default();
    let held = gate.clone();
    let process =
        program.process_with(program.linker(), move |thread| Last((thread.id == ACTOR).then(|| held.clone())));
    gate.check(&process.start().expect("a process"));
}

#[test]
fn a_thread_that_tells_of_an_event() {
    let is_start = |event: &Event| matches!(event, Event::ThreadStarted { thread: ACTOR, .. });
    let is_end = |event: &Event| matches!(event, Event::ThreadEnded { thread: ACTOR });
    for is_it in [is_start, is_end] {
        let gate = Gate::default();
        let held = gate.clone();
        // The end wakes nobody but main, who joins the waiter first: so that is woken before, and main waits for the
        // end.
        let process = waiting_for("").process().on_event(move |event| {
            if is_it(event) {
                held.pass();
            }
        });
        gate.check(&process.start().expect("a process"));
    }
}
