//! The embedder's side of an end: waits and kills on several threads at once, imports that end their process or take
//! their time, and panics.

use std::{
    sync::{
        Arc, Barrier, Mutex, OnceLock,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::Duration,
};

use raddle_backend_native::{
    Event, Outcome, Process, Program, ThreadLabel, ThreadState, TrapKind, Value,
    wasmtime::{self, Caller},
};

use crate::common::{
    Buffer, SPAWN_AND_JOIN,
    guest::{guest, guest_importing},
    module, outcome, program, returned, rounds, until,
};

/// One thread computes, one waits, main joins them.
fn busy() -> Program {
    program(&guest(
        &["spinner", "waiter"],
        r#"
        (func $spinner (param i32) (result i32) (loop $forever (br $forever)) (unreachable))
        (func $waiter (param i32) (result i32) (memory.atomic.wait32 (i32.const 128) (i32.const 0) (i64.const -1)))
        (func (export "main") (local $spinner i32)
          (local.set $spinner (call $spawn (global.get $spinner) (i32.const 0)))
          (drop (call $spawn (global.get $waiter) (i32.const 0)))
          (call $join (local.get $spinner)))"#,
    ))
}

#[test]
fn any_thread_may_wait_and_kill() {
    let program = busy();
    for _ in 0..20 * rounds() {
        let process = program.process().start().expect("a process");
        let barrier = Barrier::new(9);
        let at_once = |act: fn(&Process) -> Option<bool>| {
            barrier.wait();
            act(&process)
        };
        let kills = thread::scope(|scope| {
            let acts: [fn(&Process) -> Option<bool>; 3] = [
                |process| Some(process.kill()),
                |process| {
                    assert_eq!(outcome(process), Outcome::Killed);
                    None
                },
                |process| {
                    let mut seen = None;
                    until("it has ended", || {
                        seen = process.wait_timeout(Duration::from_micros(10));
                        seen.is_some()
                    });
                    assert_eq!(seen, Some(Outcome::Killed));
                    None
                },
            ];
            let threads: Vec<_> = acts.iter().cycle().take(9).map(|&act| scope.spawn(move || at_once(act))).collect();
            threads.into_iter().filter_map(|thread| thread.join().expect("no panic")).collect::<Vec<_>>()
        });
        assert_eq!((kills.len(), kills.iter().filter(|&&killed| killed).count()), (3, 1));
        assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    }
}

#[test]
fn a_process_can_be_killed_before_it_has_begun() {
    let program = busy();
    for _ in 0..50 * rounds() {
        let process = program.process().start().expect("a process");
        assert!(process.kill());
        assert_eq!(outcome(&process), Outcome::Killed);
        assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    }
}

#[test]
fn one_may_kill_while_another_runs_to_its_end() {
    let program = program(&module(&["child"], SPAWN_AND_JOIN));
    for round in 0..200 * rounds() {
        let process = program.process().start().expect("a process");
        (0..round % 50).for_each(|_| thread::yield_now());
        let killed = process.kill();
        match outcome(&process) {
            Outcome::Killed => assert!(killed),
            ended => assert_eq!((ended, killed), (returned(&[Value::I32(42)]), false)),
        }
    }
}

#[test]
fn a_process_may_be_killed_by_its_own_import() {
    let program = program(&guest_importing(
        r#"(import "embedder" "kill" (func $kill))"#,
        &["killer"],
        r#"
        (func $killer (param i32) (result i32) (call $kill) (unreachable))
        (func (export "main") (call $join (call $spawn (global.get $killer) (i32.const 0))))"#,
    ));
    let myself: Arc<OnceLock<Process>> = Arc::default();
    let mut linker = program.linker();
    let itself = myself.clone();
    linker
        .func_wrap("embedder", "kill", move || {
            until("the embedder has the process", || itself.get().is_some());
            assert!(itself.get().is_some_and(Process::kill));
        })
        .expect("a new name");
    let process = program.process_with(linker, |_| ()).start().expect("a process");
    myself.set(process.clone()).expect("the first");
    // What the guest does behind it is not seen: the trap comes too late.
    assert_eq!(outcome(&process), Outcome::Killed);
}

/// A program of two threads in an import that heeds no stop, and one for each way to end it.
fn stubborn(end: &str) -> Program {
    program(&guest_importing(
        r#"(import "embedder" "block" (func $block)) (import "embedder" "until_blocked" (func $until_blocked))"#,
        &["stubborn", "spinner"],
        &format!(
            r#"
            (func $stubborn (param i32) (result i32) (call $block) (unreachable))
            (func $spinner (param i32) (result i32) (loop $forever (br $forever)) (unreachable))
            (func (export "main")
              (drop (call $spawn (global.get $stubborn) (i32.const 0)))
              (drop (call $spawn (global.get $stubborn) (i32.const 0)))
              (drop (call $spawn (global.get $spinner) (i32.const 0)))
              (call $until_blocked)
              {end})"#
        ),
    ))
}

#[test]
fn an_import_that_ignores_the_end_holds_its_own_process_back_and_no_other() {
    let neighbour = program(&module(&["child"], SPAWN_AND_JOIN));
    let ends = [
        ("(call $hour)", "killed"),
        ("(call $await (i32.const 128) (i32.const 1))", "killed"),
        ("(call $process_exit (i32.const 7))", "exited"),
        ("(unreachable)", "trapped"),
        ("", "returned"),
    ];
    for (end, name) in ends {
        let program = stubborn(end);
        let mut linker = program.linker();
        let (release, released) = mpsc::channel::<()>();
        let released = Mutex::new(released);
        let inside = Arc::new(AtomicU32::new(0));
        let blocked = inside.clone();
        linker
            .func_wrap("embedder", "block", move |caller: Caller<'_, ThreadState<()>>| {
                blocked.fetch_add(1, SeqCst);
                // Until the test drops its end.
                assert!(released.lock().expect("no panic").recv().is_err());
                assert!(caller.data().has_ended());
            })
            .expect("a new name");
        let blocked = inside.clone();
        linker
            .func_wrap("embedder", "until_blocked", move || {
                until("both are in the import", || blocked.load(SeqCst) == 2);
                blocked.fetch_add(1, SeqCst);
            })
            .expect("a new name");
        let process = program.process_with(linker, |_| ()).start().expect("a process");
        until("main goes on", || inside.load(SeqCst) == 3);
        if name == "killed" {
            assert!(process.kill());
        }
        // The two are left, and the process has no outcome yet, however long one waits.
        until("the other threads have stopped", || process.stats().live == 2);
        assert_eq!(process.wait_timeout(Duration::from_millis(1)), None, "{end}");
        assert!(!process.kill(), "it has ended, though nobody knows how");
        // The same host runs other processes meanwhile.
        for _ in 0..3 {
            let outcome = neighbour.process().run().expect("a process");
            assert_eq!(outcome, returned(&[Value::I32(42)]));
        }
        assert_eq!((process.wait_timeout(Duration::ZERO), process.stats().live), (None, 2), "{end}");
        drop(release);
        assert_eq!(outcome(&process).name(), name, "{end}");
        assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    }
}

#[test]
fn a_panic_of_who_is_told_ends_the_process() {
    type IsBad = fn(&Event) -> bool;
    let program = program(&guest(
        &["child"],
        r#"
        (data (i32.const 0) "child")
        (func $child (param i32) (result i32)
          (call $name (i32.const 0) (i32.const 5))
          (call $thread_spawn (global.get $child) (i32.const 0) (i32.const 0) (i32.const 0)))
        (func (export "main") (call $join (call $spawn (global.get $child) (i32.const 0))) (call $hour))"#,
    ));
    let is_bad: [(IsBad, &str); 4] = [
        (|event| matches!(event, Event::ThreadStarted { thread: 2, .. }), ""),
        (|event| matches!(event, Event::ThreadNamed { thread: 2, .. }), "child"),
        (|event| matches!(event, Event::LimitReached { .. }), "child"),
        (|event| matches!(event, Event::ThreadEnded { thread: 2 }), "child"),
    ];
    for (is_bad, name) in is_bad {
        let process =
            program.process().max_threads(2).on_event(move |event| assert!(!is_bad(event), "a bug: {event:?}"));
        let process = process.start().expect("a process");
        let Outcome::Trapped { thread, trap } = outcome(&process) else { panic!("{:?}", process.wait()) };
        assert_eq!((thread.id, thread.name.as_str(), trap.kind), (2, name, TrapKind::Host));
        assert!(trap.message.starts_with("the embedder's own code panicked: a bug"), "{}", trap.message);
        assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    }
}

#[test]
fn an_import_ends_its_process() {
    type Import = fn(&ThreadState<()>) -> wasmtime::Error;
    let program = program(&guest_importing(
        r#"(import "embedder" "end" (func $end))"#,
        &["ender", "spinner"],
        r#"
        (data (i32.const 0) "ender")
        (func $end_it
          (call $name (i32.const 0) (i32.const 5))
          (call $end)
          (call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1))))
        (func $ender (param i32) (result i32) (call $end_it) (i32.const 0))
        (func $spinner (param i32) (result i32) (loop $forever (br $forever)) (unreachable))
        (func (export "on_main") (drop (call $spawn (global.get $spinner) (i32.const 0))) (call $end_it))
        (func (export "on_another")
          (drop (call $spawn (global.get $spinner) (i32.const 0)))
          (drop (call $spawn (global.get $ender) (i32.const 0)))
          (call $hour))"#,
    ));
    let aborted = |id| {
        let thread = ThreadLabel::new(id, "ender");
        Outcome::Aborted { message: "no more wool".into(), thread }
    };
    let imports: [(Import, Option<i32>); 4] = [
        (|thread| thread.exit(7), Some(7)),
        (|thread| thread.abort("no more wool"), None),
        // What an error is wrapped into is not seen, and neither is a second end.
        (|thread| thread.abort("no more wool").context("while weaving"), None),
        (|thread| thread.exit(7).context(thread.abort("too late")), Some(7)),
    ];
    for (import, code) in imports {
        for (entry, id) in [("on_main", 1), ("on_another", 3)] {
            let mut linker = program.linker();
            linker
                .func_wrap("embedder", "end", move |caller: Caller<'_, ThreadState<()>>| -> wasmtime::Result<()> {
                    Err(import(caller.data()))
                })
                .expect("a new name");
            let stdout = Buffer::default();
            let process = program.process_with(linker, |_| ()).entry(entry).stdout(stdout.clone());
            let process = process.start().expect("a process");
            assert_eq!(outcome(&process), code.map_or_else(|| aborted(id), Outcome::Exited));
            assert_eq!(stdout.text(), "", "the thread goes no further");
        }
    }
}

#[test]
fn what_an_import_answers_after_the_end_is_not_seen() {
    // The thread would write if it went on, or do so in its destructor.
    let program = program(&guest_importing(
        r#"(import "embedder" "until_killed" (func $until_killed (result i32)))"#,
        &["destructor"],
        r#"
        (func $destructor (param i32) (call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1))))
        (func (export "main")
          (call $ok (call $tls_create (global.get $destructor) (i32.const 128)))
          (call $ok (call $tls_set (i32.load (i32.const 128)) (i32.const 1)))
          (drop (call $until_killed))
          (call $destructor (i32.const 0)))"#,
    ));
    let inside = Arc::new(AtomicBool::new(false));
    let is_inside = inside.clone();
    let mut linker = program.linker();
    linker
        .func_wrap("embedder", "until_killed", move |caller: Caller<'_, ThreadState<()>>| {
            is_inside.store(true, SeqCst);
            until("the process has ended", || caller.data().has_ended());
            1
        })
        .expect("a new name");
    let stdout = Buffer::default();
    let process = program.process_with(linker, |_| ()).stdout(stdout.clone()).start().expect("a process");
    until("the import is called", || inside.load(SeqCst));
    assert!(process.kill());
    assert_eq!(outcome(&process), Outcome::Killed);
    assert_eq!(stdout.text(), "");
}
