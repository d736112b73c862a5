//! Runtimes on engines with settings of the embedder's own, and on engines that the embedder has made.

use std::{num::NonZeroUsize, time::Duration};

use crate::common::{SPAWN_AND_JOIN, module, outcome, program_on, returned, until};
use raddle_backend_native::{
    Error, GuestMemory, Outcome, Program, Runtime, TrapKind, Value,
    wasmtime::{Config, Engine, OptLevel, Strategy},
};

const SPIN: &str = r#"(module (memory 1 1 shared) (func (export "main") (loop $forever (br $forever))))"#;

fn with_config(config: Config) -> Runtime {
    Runtime::builder().config(config).build().expect("a runtime")
}

fn with_engine(engine: &Engine) -> Runtime {
    Runtime::builder().engine(engine.clone()).build().expect("a runtime")
}

/// A config with what `build` asks of an engine.
fn fitting() -> Config {
    let mut config = Config::new();
    config.wasm_threads(true).shared_memory(true).epoch_interruption(true);
    config
}

/// Whether threads are spawned, trap with a backtrace, and are ended while they compute.
#[track_caller]
fn check_threads(runtime: &Runtime) {
    let run = |wat: &str| program_on(runtime, wat).process().time_limit(Duration::from_millis(20)).run();
    assert_eq!(run(SPIN).expect("a process"), Outcome::TimedOut);
    let spawn_and_join = program_on(runtime, &module(&["child"], SPAWN_AND_JOIN));
    assert_eq!(spawn_and_join.process().run().expect("a process"), returned(&[Value::I32(42)]));
    let traps = module(&[], r#"(func $inner unreachable) (func (export "main") (call $inner))"#);
    let Ok(Outcome::Trapped { trap, .. }) = program_on(runtime, &traps).process().run() else { panic!("a trap") };
    assert_eq!((trap.kind, trap.backtrace[0].function.as_deref()), (TrapKind::Unreachable, Some("inner")));
}

/// What `build` says of an engine.
#[track_caller]
fn refusal(engine: &Engine) -> String {
    let error = Runtime::builder().engine(engine.clone()).build().expect_err("it lacks something");
    assert!(matches!(error, Error::Engine(_)), "{error:?}");
    error.report()
}

#[test]
fn an_embedders_settings_hold() {
    let mut config = Runtime::config();
    config.cranelift_opt_level(OptLevel::None).parallel_compilation(false).wasm_simd(false).wasm_relaxed_simd(false);
    let runtime = with_config(config);
    assert_eq!(runtime.engine().get_cranelift_opt_level(), Some(OptLevel::None));
    check_threads(&runtime);
    let simd = wat::parse_str(r#"(module (memory 1 1 shared) (func (export "main") (drop (v128.const i64x2 0 0))))"#);
    let simd = simd.expect("valid text");
    assert!(matches!(Program::new(&runtime, &simd), Err(Error::Compile(_))));
    assert!(Program::new(crate::common::runtime(), &simd).is_ok(), "it is on by default");
}

#[test]
fn what_no_process_can_do_without_is_set_over_them() {
    let mut config = Config::new();
    config.wasm_threads(false).shared_memory(false).epoch_interruption(false).consume_fuel(true);
    check_threads(&with_config(config));
}

#[test]
fn threads_run_however_memories_and_traps_are_made() {
    for (reservation, may_move) in [(0, true), (0, false), (1 << 20, false)] {
        let mut config = Runtime::config();
        config.memory_reservation(reservation).memory_may_move(may_move).memory_guard_size(0);
        check_threads(&with_config(config));
    }
    let mut config = Runtime::config();
    config.signals_based_traps(false);
    check_threads(&with_config(config));
    let mut config = Config::new();
    config.wasm_exceptions(false).wasm_memory64(false).wasm_gc(false).wasm_function_references(false);
    check_threads(&with_config(config));
}

#[test]
fn a_config_bounds_backtraces_and_the_wasm_stack() {
    let deep = module(&[], r#"(func $down (export "main") (call $down))"#);
    let depth = |runtime: &Runtime| {
        let counting = deep.replace(
            "(call $down)",
            "(i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1))) (call $down)",
        );
        let process = program_on(runtime, &counting).process().start().expect("a process");
        let Outcome::Trapped { trap, .. } = outcome(&process) else { panic!("a trap") };
        assert_eq!(trap.kind, TrapKind::StackOverflow);
        (process.memory().load32(64).expect("in bounds"), trap.backtrace.len())
    };
    let mut config = Runtime::config();
    config.max_wasm_stack(64 * 1024).wasm_backtrace_max_frames(NonZeroUsize::new(3));
    let (small, frames) = depth(&with_config(config.clone()));
    assert_eq!(frames, 3);
    let larger = Runtime::builder().config(config).wasm_stack(512 * 1024).build().expect("a runtime");
    assert_eq!(larger.engine().get_max_wasm_stack(), 512 * 1024);
    let (large, _) = depth(&larger);
    assert!(large > 6 * small, "{large} calls, and {small} in an eighth of the stack");
}

#[test]
fn compilers_without_threads_are_refused() {
    let mut winch = Config::new();
    winch.strategy(Strategy::Winch);
    let mut pulley = Config::new();
    pulley.target("pulley64").expect("a target");
    for config in [winch, pulley] {
        let error = Runtime::builder().config(config).build().expect_err("no threads");
        assert!(matches!(error, Error::Engine(_)), "{error}");
    }
}

#[test]
fn without_a_compiler_saved_programs_run() {
    let saved = program_on(&with_config(Runtime::config()), &module(&["child"], SPAWN_AND_JOIN)).save();
    let saved = saved.expect("bytes");
    let mut config = Runtime::config();
    config.enable_compiler(false);
    let runtime = with_config(config);
    let wasm = wat::parse_str(SPIN).expect("valid text");
    assert!(matches!(Program::new(&runtime, &wasm), Err(Error::Compile(_))));
    // SAFETY: they were saved just now.
    let loaded = unsafe { Program::load(&runtime, &saved) }.expect("a program");
    assert_eq!(loaded.process().run().expect("a process"), returned(&[Value::I32(42)]));
}

#[test]
fn an_engine_that_fits_is_used() {
    let engine = Engine::new(&fitting()).expect("an engine");
    let (first, second) = (with_engine(&engine), with_engine(&engine));
    assert!(Engine::same(first.engine(), &engine) && Engine::same(second.engine(), &engine));
    check_threads(&first);
    // A program of one runtime has its engine: the other one's processes do not mind.
    check_threads(&second);
}

#[test]
fn an_engine_that_lacks_something_is_refused_with_what_helps() {
    let lacking = |change: fn(&mut Config) -> &mut Config| {
        let mut config = fitting();
        change(&mut config);
        refusal(&Engine::new(&config).expect("an engine"))
    };
    let settings = ["wasm_threads(true)", "shared_memory(true)", "epoch_interruption(true)", "consume_fuel(false)"];
    let refusals = [
        lacking(|config| config.wasm_threads(false)),
        lacking(|config| config.shared_memory(false)),
        lacking(|config| config.epoch_interruption(false)),
        lacking(|config| config.consume_fuel(true)),
    ];
    for (setting, refusal) in settings.iter().zip(&refusals) {
        let named = settings.iter().filter(|setting| refusal.contains(**setting)).collect::<Vec<_>>();
        assert_eq!(named, [setting], "{refusal}");
    }
    let usual = refusal(&Engine::default());
    assert!(usual.contains(settings[1]) && usual.contains(settings[2]), "{usual}");
    let engine = Engine::new(&fitting()).expect("an engine");
    let error = Runtime::builder().engine(engine).wasm_stack(1 << 20).build().expect_err("it has a stack");
    assert!(error.report().contains("max_wasm_stack"), "{error}");
}

#[test]
fn an_embedders_own_ticks_end_nothing() {
    let engine = Engine::new(&fitting()).expect("an engine");
    let computes = r#"(module (memory 1 1 shared)
      (func (export "main")
        (i32.atomic.store (i32.const 64) (i32.const 1))
        (loop $until (br_if $until (i32.eqz (i32.atomic.load (i32.const 68)))))))"#;
    let process = program_on(&with_engine(&engine), computes).process().start().expect("a process");
    until("it computes", || process.memory().load32(64) == Ok(1));
    for _ in 0..1000 {
        engine.increment_epoch();
    }
    assert_eq!(process.outcome(), None);
    process.memory().store32(68, 1).expect("in bounds");
    assert_eq!(outcome(&process), returned(&[]));
}
