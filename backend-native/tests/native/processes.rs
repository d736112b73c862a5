//! Processes from start to outcome.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use crate::common::{Buffer, SPAWN_AND_JOIN, Signal, module, program, returned, run, runtime};
use raddle_backend_native::{
    Error, Event, GuestMemory, Limit, MemoryFault, Outcome, Program, StartError, ThreadState, TrapKind, Value, Waiting,
    wasmtime::Caller,
};

#[test]
fn a_thread_is_spawned_and_joined() {
    assert_eq!(run(&module(&["child"], SPAWN_AND_JOIN)), returned(&[Value::I32(42)]));
}

#[test]
fn memory64_works() {
    let wat = r#"(module
      (import "raddle_v1" "thread_spawn" (func $spawn (param i64 i64 i64 i64) (result i32)))
      (import "raddle_v1" "thread_join" (func $join (param i32 i64 i64) (result i32)))
      (memory i64 1 4 shared) (table 2 funcref) (elem (i32.const 1) func $child)
      (func $child (param i64) (result i64) (i64.add (local.get 0) (i64.const 1)))
      (func (export "main") (result i64)
        (if (call $spawn (i64.const 1) (i64.const 0x1_0000_0000) (i64.const 0) (i64.const 16)) (then unreachable))
        (if (call $join (i32.load (i64.const 16)) (i64.const -1) (i64.const 24)) (then unreachable))
        (i64.load (i64.const 24))))"#;
    assert_eq!(run(wat), returned(&[Value::I64(0x1_0000_0001)]));
}

#[test]
fn rewritten_waits_are_woken_across_threads() {
    let wat = module(
        &["child"],
        r#"
        (func $child (param i32) (result i32)
          (i32.atomic.store (i32.const 32) (i32.const 1))
          (memory.atomic.notify (i32.const 32) (i32.const 1)))
        (func (export "main") (result i32)
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (loop $again
            (drop (memory.atomic.wait32 (i32.const 32) (i32.const 0) (i64.const -1)))
            (br_if $again (i32.eqz (i32.atomic.load (i32.const 32)))))
          (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)))"#,
    );
    assert_eq!(run(&wat), returned(&[Value::I32(0)]));
}

#[test]
fn active_segments_are_written_once() {
    // Each thread adds to a word of an active segment: a second initialisation would set it back.
    let wat = module(
        &["child"],
        r#"
        (data (i32.const 64) "\0a\00\00\00")
        (func $child (param i32) (result i32) (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
        (func $one
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)) (then unreachable)))
        (func (export "main") (result i32) (call $one) (call $one) (call $one) (i32.load (i32.const 64)))"#,
    );
    assert_eq!(run(&wat), returned(&[Value::I32(13)]));
}

#[test]
fn traps_have_a_kind_a_thread_and_a_backtrace() {
    let wat = module(
        &["child"],
        r#"
        (func $divide (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
        (func $child (param i32) (result i32) (call $divide (local.get 0)))
        (data (i32.const 64) "worker")
        (func (export "main")
          ;; The attributes at 4: size, (flags, stack size,) name, name length.
          (i32.store (i32.const 4) (i32.const 20))
          (i32.store (i32.const 16) (i32.const 64))
          (i32.store (i32.const 20) (i32.const 6))
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 4) (i32.const 80)) (then unreachable))
          (drop (call $thread_join (i32.load (i32.const 80)) (i64.const -1) (i32.const 0))))"#,
    );
    let Outcome::Trapped { thread, trap } = run(&wat) else { panic!("a trap") };
    assert_eq!((thread.id, thread.name.as_str()), (2, "worker"));
    assert_eq!(trap.kind, TrapKind::DivisionByZero);
    let functions: Vec<_> = trap.backtrace.iter().filter_map(|frame| frame.function.as_deref()).collect();
    assert_eq!(functions[..2], ["divide", "child"]);
}

#[test]
fn waits_trap_where_the_instruction_would() {
    let wait = |address: i32| {
        let body = format!(
            "(func (export \"main\") (drop (memory.atomic.wait32 (i32.const {address}) (i32.const 0) (i64.const 0))))"
        );
        match run(&module(&[], &body)) {
            Outcome::Trapped { trap, .. } => trap.kind,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(wait(2), TrapKind::UnalignedAtomic);
    assert_eq!(wait(0x4000_0000), TrapKind::MemoryOutOfBounds);
}

#[test]
fn a_process_can_be_killed_wherever_its_threads_are() {
    let wat = module(
        &["spin", "wait"],
        r#"
        (func $spin (param i32) (result i32) (loop $forever (br $forever)) unreachable)
        (func $wait (param i32) (result i32) (memory.atomic.wait32 (i32.const 128) (i32.const 0) (i64.const -1)))
        (func (export "main")
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (if (call $thread_spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (drop (call $write (i32.const 1) (i32.const 16) (i32.const 4)))
          (drop (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0))))"#,
    );
    let (sender, receiver) = std::sync::mpsc::channel();
    let process = program(&wat).process().stdout(Signal(sender)).start().expect("a process");
    receiver.recv().expect("both are spawned");
    assert_eq!(process.wait_timeout(Duration::ZERO), None);
    assert!(process.kill());
    assert_eq!(process.wait(), Outcome::Killed);
    assert!(!process.kill(), "it had ended");
    assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
}

#[test]
fn a_time_limit_ends_a_process_that_computes() {
    let wat = r#"(module (memory 1 1 shared) (func (export "main") (loop $forever (br $forever))))"#;
    let outcome = program(wat).process().time_limit(Duration::from_millis(20)).run();
    assert_eq!(outcome.expect("a process"), Outcome::TimedOut);
}

#[test]
fn a_deadlock_says_who_waits_for_what() {
    let wat = module(
        &["child"],
        r#"
        (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 128) (i32.const 0) (i64.const -1)))
        (func $main (export "main")
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (drop (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0))))"#,
    );
    let Outcome::Deadlocked { threads } = run(&wat) else { panic!("a deadlock") };
    let waiting: Vec<_> = threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect();
    assert_eq!(waiting, [(1, Waiting::Join { thread: 2 }), (2, Waiting::Memory { address: 128 })]);
    let stood = |thread: usize| threads[thread].backtrace.iter().filter_map(|frame| frame.function.as_deref());
    assert!(stood(0).any(|function| function == "main"), "{threads:?}");
    assert!(stood(1).any(|function| function == "child"), "{threads:?}");
}

#[test]
fn exit_and_abort_end_every_thread() {
    let with_spinner = |end: &str| {
        module(
            &["spin"],
            &format!(
                r#"(data (i32.const 64) "because")
                (func $spin (param i32) (result i32) (loop $forever (br $forever)) unreachable)
                (func (export "main")
                  (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
                  {end} unreachable)"#
            ),
        )
    };
    assert_eq!(run(&with_spinner("(call $process_exit (i32.const -7))")), Outcome::Exited(-7));
    match run(&with_spinner("(call $process_abort (i32.const 64) (i32.const 7))")) {
        Outcome::Aborted { message, thread } => assert_eq!((message.as_str(), thread.id), ("because", 1)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn output_arrives_whole() {
    let wat = module(
        &["child"],
        r#"
        (data (i32.const 1024) "0123456789\n")
        (func $child (param i32) (result i32)
          (loop $again
            (if (call $write (i32.const 1) (i32.const 1024) (i32.const 11)) (then unreachable))
            (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
            (br_if $again (local.get 0)))
          (i32.const 0))
        (func (export "main")
          (if (call $thread_spawn (i32.const 1) (i32.const 200) (i32.const 0) (i32.const 16)) (then unreachable))
          (drop (call $child (i32.const 200)))
          (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0)) (then unreachable)))"#,
    );
    let stdout = Buffer::default();
    let outcome = program(&wat).process().stdout(stdout.clone()).run().expect("a process");
    assert_eq!(outcome, returned(&[]));
    assert_eq!(stdout.text(), "0123456789\n".repeat(400));
}

#[test]
fn the_embedder_adds_imports_with_data_of_each_thread() {
    let wat = module(
        &["child"],
        &SPAWN_AND_JOIN.replace("(i32.add (local.get 0) (i32.const 1))", "(call $mine (local.get 0))"),
    )
    .replace("(module", r#"(module (import "mine" "add_id" (func $mine (param i32) (result i32)))"#);
    let program = program(&wat);
    let mut linker = program.linker();
    linker
        .func_wrap("mine", "add_id", |mut caller: Caller<'_, ThreadState<u32>>, value: i32| {
            assert_eq!(caller.data().thread_id(), *caller.data().data());
            *caller.data_mut().data_mut() += 1;
            value + *caller.data().data() as i32
        })
        .expect("a new name");
    let made = Arc::new(AtomicUsize::new(0));
    let count = made.clone();
    let process = program.process_with(linker, move |thread| {
        count.fetch_add(1, SeqCst);
        thread.id
    });
    assert_eq!(process.run().expect("a process"), returned(&[Value::I32(44)]));
    assert_eq!(made.load(SeqCst), 2);
}

#[test]
fn an_import_that_panics_or_fails_is_a_trap() {
    let wat = r#"(module (import "mine" "bad" (func $bad)) (memory 1 1 shared) (func (export "main") (call $bad)))"#;
    let program = program(wat);
    type Bad = fn() -> raddle_backend_native::wasmtime::Result<()>;
    let fails: Bad = || Err(raddle_backend_native::wasmtime::Error::msg("no such file"));
    let panics: Bad = || panic!("a bug of the embedder's");
    for (bad, expected) in
        [(fails, "no such file"), (panics, "the embedder's own code panicked: a bug of the embedder's")]
    {
        let mut linker = program.linker();
        linker.func_wrap("mine", "bad", bad).expect("a new name");
        let Outcome::Trapped { trap, .. } = program.process_with(linker, |_| ()).run().expect("a process") else {
            panic!("a trap")
        };
        assert_eq!((trap.kind, trap.message.as_str()), (TrapKind::Host, expected));
    }
}

#[test]
fn every_missing_import_is_listed() {
    let wat = r#"(module (import "a" "f" (func)) (import "raddle_v1" "thread_id" (func (result i32))) (import "b" "g" (func (param i32)))
        (import "c" "table" (table 1 funcref)) (import "a" "f" (func))
        (import "raddle_v1" "no_such_call" (func)) (memory 1 1 shared) (func (export "main")))"#;
    let error = program(wat).process().run().expect_err("missing imports");
    let Error::Start(StartError::MissingImports { imports }) = &error else { panic!("{error}") };
    let names: Vec<_> = imports.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["a.f", "b.g", "raddle_v1.no_such_call"]);
    let listed = "\n  a.f\n  b.g\n  raddle_v1.no_such_call\nhint: provide it through Program::linker";
    assert!(error.report().contains(listed), "{}", error.report());
}

#[test]
fn an_import_of_another_type_is_told_with_both() {
    let wat =
        |import: &str| format!(r#"(module (import "mine" "it" {import}) (memory 1 1 shared) (func (export "main")))"#);
    let function = "mine.it as a function (i64) -> (), and it is a function (i32) -> ()";
    let global = "mine.it as a const global of the type i32, and only functions can be provided";
    let table = "mine.it as a table, and only functions can be provided";
    for (code, import, says) in [
        ("ST0002", "(func (param i64))", function),
        ("ST0010", "(global i32)", global),
        ("ST0010", "(table 1 (ref func))", table),
    ] {
        let program = program(&wat(import));
        let mut linker = program.linker();
        linker.func_wrap("mine", "it", |_: i32| ()).expect("a new name");
        let error = program.process_with(linker, |_| ()).run().expect_err("an import of another type");
        assert_eq!(error.to_string(), format!("{code}: the module imports {says}"));
    }
    // One of raddle's own.
    let program = program(
        r#"(module (import "raddle_v1" "thread_id" (func (result i64))) (memory 1 1 shared) (func (export "main")))"#,
    );
    let error = program.process().run().expect_err("a call of another type");
    assert_eq!(error.code(), "ST0002", "{error}");
}

#[test]
fn an_error_says_its_cause_once() {
    let program = program(r#"(module (memory 1 1 shared) (func (export "main")))"#);
    let mut linker = program.linker();
    linker.func_wrap("raddle_v1", "thread_id", || 1).expect("a new name");
    let error = program.process_with(linker, |_| ()).run().expect_err("a name of raddle's own");
    let cause = std::error::Error::source(&error).expect("a cause").to_string();
    assert_eq!(error.to_string(), "BN0003: the module cannot be linked");
    assert_eq!(error.report(), format!("{error}\ncaused by: {cause}\nhint: define no name of raddle's own"));
}

#[test]
fn entries_and_arguments_are_checked() {
    let program = program(
        r#"(module (memory 1 1 shared) (func (export "add") (param i32 f64) (result f64) (f64.add (local.get 1) (f64.convert_i32_s (local.get 0)))))"#,
    );
    let error = |process: raddle_backend_native::ProcessBuilder| process.run().expect_err("a bad entry").to_string();
    assert_eq!(
        error(program.process()),
        "ST0004: the module exports neither '_start' nor 'main'; it exports these:\n  add(i32, f64) -> (f64)"
    );
    assert_eq!(
        error(program.process().entry("sub")),
        "ST0003: the module exports no function 'sub'; it exports these:\n  add(i32, f64) -> (f64)"
    );
    assert_eq!(error(program.process().entry("add")), "ST0005: 'add' takes (i32, f64) and was given ()");
    let outcome = program.process().entry("add").entry_args([Value::I32(2), Value::F64(0.5)]).run().expect("a process");
    assert_eq!(outcome, returned(&[Value::F64(2.5)]));
}

#[test]
fn limits_are_statuses_and_events() {
    // Spawns until it is refused, and returns the refusal and how many there were.
    let wat = module(
        &["child"],
        r#"
        (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 128) (i32.const 0) (i64.const -1)))
        (func (export "main") (result i32 i32) (local $count i32) (local $status i32)
          (loop $again
            (local.set $status (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)))
            (if (i32.eqz (local.get $status)) (then
              (local.set $count (i32.add (local.get $count) (i32.const 1)))
              (br $again))))
          (local.get $status) (local.get $count))"#,
    );
    let events = Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = events.clone();
    let process = program(&wat).process().max_threads(5).on_event(move |event| {
        if let Event::LimitReached { limit, value } = event {
            log.lock().expect("no panic").push((*limit, *value));
        }
    });
    assert_eq!(process.run().expect("a process"), returned(&[Value::I32(1), Value::I32(4)]));
    assert_eq!(*events.lock().expect("no panic"), [(Limit::Threads, 5)]);
}

#[test]
fn a_saved_program_runs() {
    let saved = program(&module(&["child"], SPAWN_AND_JOIN)).save().expect("bytes");
    // SAFETY: they were saved just now.
    let loaded = unsafe { Program::load(runtime(), &saved) }.expect("a program");
    assert_eq!(loaded.process().run().expect("a process"), returned(&[Value::I32(42)]));
    for len in [0, 3, 8, 12, 20, saved.len() / 2] {
        // SAFETY: a beginning of such bytes; what is incomplete is refused before anything is run.
        let error = unsafe { Program::load(runtime(), &saved[..len]) }.expect_err("incomplete");
        assert_eq!(error.code(), "BN0004", "{error}");
    }
}

#[test]
fn main_may_leave_before_the_others() {
    let wat = module(
        &["child"],
        r#"
        (data (i32.const 64) "late")
        (func $child (param i32) (result i32)
          (drop (call $thread_join (i32.const 1) (i64.const -1) (i32.const 0)))
          (call $write (i32.const 1) (i32.const 64) (i32.const 4)))
        (func (export "main")
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (call $thread_exit (i32.const 0)))"#,
    );
    let stdout = Buffer::default();
    assert_eq!(program(&wat).process().stdout(stdout.clone()).run().expect("a process"), returned(&[]));
    assert_eq!(stdout.text(), "late");
}

#[test]
fn a_table_for_giants_is_refused() {
    let wat = r#"(module (memory 1 1 shared) (table 0xffff_ffff funcref) (func (export "main")))"#;
    let error = program(wat).process().run().expect_err("an instance that takes more than there may be");
    assert_eq!(error.code(), "ST0007", "{error}");
    // What a table may have is another limit.
    let outcome = program(wat).process().max_instance_memory(u64::MAX).run().expect("a process");
    let Outcome::Trapped { trap, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(trap.kind, TrapKind::Instantiation);
    assert!(trap.message.contains("table"), "{}", trap.message);
}

#[test]
fn a_process_that_nobody_holds_is_still_timed() {
    // The only way to see its end from outside is that its stream is dropped.
    let wat = r#"(module (memory 1 1 shared) (func (export "main") (loop $forever (br $forever))))"#;
    let (sender, receiver) = std::sync::mpsc::channel();
    let process = program(wat).process().stdout(Signal(sender)).time_limit(Duration::from_millis(20));
    drop(process.start().expect("a process"));
    assert!(receiver.recv().is_err());
}

#[test]
fn constructors_run_once_before_the_entry() {
    let wat = |constructors: &str| {
        module(
            &["child"],
            &format!(
                r#"(func (export "{constructors}") (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1))))
                (func $child (param i32) (result i32) (i32.load (i32.const 128)))
                (func (export "main") (result i32)
                  (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
                  (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
                  (i32.load (i32.const 20)))"#
            ),
        )
    };
    for constructors in ["__wasm_call_ctors", "_initialize"] {
        assert_eq!(run(&wat(constructors)), returned(&[Value::I32(1)]), "{constructors}");
    }
    // A command's `_start` calls them itself.
    let command = wat("__wasm_call_ctors").replace("\"main\") (result i32)", "\"_start\") (result i32)");
    assert_eq!(run(&command), returned(&[Value::I32(0)]));
}

#[test]
fn a_wait_may_take_so_long_and_no_longer() {
    // One thread waits for ever; another sleeps in pieces, so that it is no deadlock.
    let program = program(&module(
        &["naps"],
        r#"
        (func $naps (param i32) (result i32)
          (loop $again (drop (call $thread_sleep (i64.const 1000))) (br $again)) (i32.const 0))
        (func $hangs (drop (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1))))
        (func (export "main")
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (call $hangs))"#,
    ));
    let process = program.process().max_wait(Duration::from_millis(5)).start().expect("a process");
    let Outcome::Trapped { thread, trap } = process.wait() else { panic!("{:?}", process.wait()) };
    assert_eq!((thread.id, trap.kind), (1, TrapKind::WaitLimit));
    assert_eq!(trap.backtrace.first().and_then(|frame| frame.function.as_deref()), Some("hangs"), "{trap:?}");
    assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
}

#[test]
fn output_is_limited() {
    let output = Buffer::default();
    let program = program(&module(
        &[],
        r#"
        (data (i32.const 32) "twelve bytes")
        (func (export "main") (result i32 i32)
          (call $write (i32.const 1) (i32.const 32) (i32.const 12))
          (call $write (i32.const 1) (i32.const 32) (i32.const 12)))"#,
    ));
    let outcome = program.process().max_output(23).stdout(output.clone()).run().expect("a process");
    assert_eq!(outcome, returned(&[Value::I32(0), Value::I32(1)]));
    assert_eq!(output.text(), "twelve bytes");
}

#[test]
fn an_embedder_wakes_threads_from_outside() {
    // Main counts down a word that the embedder sets, and waits for the next.
    let program = program(
        r#"(module (memory 1 1 shared)
        (func (export "main") (result i32) (local $sum i32) (local $now i32)
          (loop $again
            (drop (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1)))
            (local.set $now (i32.atomic.rmw.xchg (i32.const 256) (i32.const 0)))
            (local.set $sum (i32.add (local.get $sum) (local.get $now)))
            (drop (memory.atomic.notify (i32.const 256) (i32.const -1)))
            (br_if $again (i32.ne (local.get $now) (i32.const 1000))))
          (local.get $sum)))"#,
    );
    let (process, notifier) = program.process().start_with_notifier().expect("a process");
    let word = |expected: u32| {
        // It is main's to take each value.
        let deadline = Instant::now() + Duration::from_secs(60);
        while notifier.memory().load32(256) != Ok(expected) {
            assert!(Instant::now() < deadline, "in vain for {expected}");
            std::thread::yield_now();
        }
    };
    for value in [1, 10, 100, 1000] {
        word(0);
        notifier.memory().store32(256, value).expect("an address inside memory");
        notifier.notify(256, 1).expect("an address inside memory");
    }
    assert_eq!(process.wait(), returned(&[Value::I32(1111)]));
    assert_eq!(notifier.notify(256, 1), Ok(0));
    assert_eq!(notifier.notify(65536, 1), Err(MemoryFault::OutOfBounds));

    let (process, notifier) = program.process().start_with_notifier().expect("a process");
    let other = process.notifier();
    drop(notifier);
    assert_eq!(process.wait_timeout(Duration::from_millis(20)), None, "somebody may still wake it");
    drop(other);
    assert_eq!(process.wait().name(), "deadlocked");
}

#[test]
fn an_import_wakes_threads() {
    let program = program(&format!(
        r#"{}
        (import "embedder" "wake" (func $wake (result i32))) {}"#,
        "(module (import \"raddle_v1\" \"thread_spawn\" (func $thread_spawn (param i32 i32 i32 i32) (result i32)))
         (import \"raddle_v1\" \"thread_join\" (func $thread_join (param i32 i64 i32) (result i32)))",
        r#"(memory 1 1 shared) (table 2 funcref) (elem (i32.const 1) func $child)
        (func $child (param i32) (result i32) (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1)))
        (func (export "main") (result i32)
          (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
          (loop $again (br_if $again (i32.eqz (call $wake))))
          (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 0))))"#
    ));
    let mut linker = program.linker();
    linker
        .func_wrap("embedder", "wake", |caller: Caller<'_, ThreadState<()>>| {
            caller.data().notify(256, 1).expect("an address inside memory")
        })
        .expect("a new name");
    let outcome = program.process_with(linker, |_| ()).run().expect("a process");
    assert_eq!(outcome, returned(&[Value::I32(0)]));
}
