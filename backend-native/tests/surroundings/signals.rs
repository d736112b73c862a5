//! Signals that the application blocks, to take them on a thread of its own, or because its own starter did.

use std::{mem::MaybeUninit, os::unix::process::CommandExt, ptr, sync::mpsc, time::Duration};

use raddle_backend_native::{Outcome, Runtime, TrapKind};

use crate::common::{SPAWN_AND_JOIN, Signal, child, guest::guest, module, outcome, program_on, receive};

/// A set with these signals.
fn set_of(signals: &[i32]) -> libc::sigset_t {
    let mut set = MaybeUninit::uninit();
    // SAFETY: it is made empty, and then filled in.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        for &signal in signals {
            libc::sigaddset(set.as_mut_ptr(), signal);
        }
        set.assume_init()
    }
}

fn all() -> libc::sigset_t {
    let every: Vec<i32> = (1..32).collect();
    set_of(&every)
}

/// Changes what this thread blocks, and returns what it did before.
fn mask(how: i32, set: &libc::sigset_t) -> libc::sigset_t {
    let mut before = MaybeUninit::uninit();
    // SAFETY: it reads the one and fills in the other.
    unsafe {
        assert_eq!(libc::pthread_sigmask(how, ptr::from_ref(set), before.as_mut_ptr()), 0);
        before.assume_init()
    }
}

/// Whether this thread blocks a signal.
fn blocks(signal: i32) -> bool {
    let set = mask(libc::SIG_BLOCK, &set_of(&[]));
    // SAFETY: it reads the set.
    unsafe { libc::sigismember(ptr::from_ref(&set), signal) == 1 }
}

/// A child that fails in each of these ways, which the engine notices by a signal.
const FAULTS: [(&str, TrapKind); 3] = [
    ("(drop (i32.load (i32.const -8)))", TrapKind::MemoryOutOfBounds),
    ("(drop (i32.div_u (local.get 0) (i32.const 0)))", TrapKind::DivisionByZero),
    ("(unreachable)", TrapKind::Unreachable),
];

fn is_trap(outcome: &Outcome, kind: TrapKind) -> bool {
    matches!(outcome, Outcome::Trapped { trap, .. } if trap.kind == kind)
}

#[test]
fn traps_are_told_where_the_application_blocks_all_signals() {
    const NAME: &str = "signals::traps_are_told_where_the_application_blocks_all_signals";
    if !child::is_one() {
        return child::run(child::again(NAME));
    }
    let runtime = Runtime::new().expect("a runtime");
    mask(libc::SIG_SETMASK, &all());
    for (fault, kind) in FAULTS {
        let main = format!("(module (memory 1 1 shared) (func (export \"main\") (local i32) {fault}))");
        let ended = program_on(&runtime, &main).process().run().expect("a process");
        assert!(is_trap(&ended, kind), "{ended:?}");
        let child = SPAWN_AND_JOIN.replace("(i32.add (local.get 0)", &format!("{fault} (i32.add (local.get 0)"));
        let ended = program_on(&runtime, &module(&["child"], &child)).process().run().expect("a process");
        assert!(is_trap(&ended, kind), "{ended:?}");
    }
    assert!(blocks(libc::SIGSEGV) && blocks(libc::SIGTERM), "the application's thread is as it was");
}

#[test]
fn threads_block_what_the_thread_blocked_that_started_the_process() {
    const NAME: &str = "signals::threads_block_what_the_thread_blocked_that_started_the_process";
    if !child::is_one() {
        return child::run(child::again(NAME));
    }
    let runtime = Runtime::new().expect("a runtime");
    let wat = SPAWN_AND_JOIN
        .replace("(func $child (param i32) (result i32)", "(func $child (param i32) (result i32) (call $look)");
    let wat = module(&["child"], &wat).replacen("(module", r#"(module (import "mine" "look" (func $look))"#, 1);
    let program = program_on(&runtime, &wat);
    let seen = |kept: &[i32]| {
        mask(libc::SIG_SETMASK, &set_of(kept));
        let (sender, receiver) = mpsc::channel();
        let mut linker = program.linker();
        let look = move || {
            let seen = [libc::SIGTERM, libc::SIGUSR1, libc::SIGSEGV].map(blocks);
            // An import may leave its thread as it likes.
            mask(libc::SIG_SETMASK, &all());
            sender.send(seen).expect("a receiver");
        };
        linker.func_wrap("mine", "look", look).expect("a new name");
        let ended = program.process_with(linker, |_| ()).run().expect("a process");
        assert!(matches!(ended, Outcome::Returned(_)), "{ended:?}");
        receive(&receiver)
    };
    // On the same threads of the system's, again and again.
    for _ in 0..3 {
        assert_eq!(seen(&[]), [false, false, false]);
        assert_eq!(seen(&[libc::SIGTERM]), [true, false, false]);
        assert_eq!(seen(&[libc::SIGUSR1, libc::SIGSEGV]), [false, true, false]);
    }
}

#[test]
fn signals_that_the_application_waits_for_reach_it() {
    const NAME: &str = "signals::signals_that_the_application_waits_for_reach_it";
    let wanted = set_of(&[libc::SIGUSR1, libc::SIGTERM]);
    if !child::is_one() {
        let mut command = child::again(NAME);
        // The test harness's own thread must not take them.
        // SAFETY: a call that may be made between fork and exec.
        unsafe {
            command.pre_exec(move || {
                mask(libc::SIG_BLOCK, &wanted);
                Ok(())
            })
        };
        return child::run(command);
    }
    mask(libc::SIG_UNBLOCK, &wanted);
    let runtime = Runtime::new().expect("a runtime");
    // From before the application blocks anything: an idle thread, and one that watches a time limit.
    let early = program_on(&runtime, &module(&["child"], SPAWN_AND_JOIN)).process();
    let early = early.time_limit(Duration::from_secs(3600)).start().expect("a process");
    assert!(matches!(outcome(&early), Outcome::Returned(_)));
    mask(libc::SIG_BLOCK, &wanted);

    let (sender, told) = mpsc::channel();
    let sleeper = guest(
        &[],
        r#"(func (export "main") (call $ok (call $write (i32.const 1) (i32.const 0) (i32.const 1))) (call $hour))"#,
    );
    let process = program_on(&runtime, &sleeper).process().stdout(Signal(sender));
    let process = process.time_limit(Duration::from_secs(3600)).start().expect("a process");
    receive(&told);
    for signal in [libc::SIGUSR1, libc::SIGTERM] {
        let mut taken = 0;
        // SAFETY: the set is read, and the number filled in. Whichever thread does not block the signal is ended by it,
        // and with it the application.
        unsafe {
            assert_eq!(libc::kill(libc::getpid(), signal), 0);
            assert_eq!(libc::sigwait(&raw const wanted, &raw mut taken), 0);
        }
        assert_eq!(taken, signal);
    }
    assert!(process.kill());
    assert_eq!(outcome(&process), Outcome::Killed);
    drop(early);
}
