//! How a process ends: by itself, by a thread, by its embedder.

use crate::common::*;
use raddle_runtime_api::{TrapKind, Value, abi::mutex::WAITERS};

const FLAG: u64 = 0x1000;
const MUTEX: u64 = 0x1004;
const COND: u64 = 0x1008;
const RUNNING: u64 = 0x100c;

#[test]
fn main_returns_its_values() {
    let values = vec![Value::I32(-1), Value::I64(i64::MIN), Value::F32(1.5), Value::F64(-0.0)];
    let expected = values.clone();
    assert_eq!(Program::new().run(|_| Ok(values)), Outcome::Returned(expected));
}

#[test]
fn any_thread_can_exit() {
    let mut program = Program::new();
    let exits = program.function(|thread, code| {
        thread.process_exit(code as i32)?;
        unreachable!("process_exit does not return");
    });
    let outcome = program.run(move |thread| {
        spawn(thread, exits, 0xffff_fffd)?;
        thread.wait32(FLAG, 0, FOREVER)?;
        unreachable!("the process has ended");
    });
    assert_eq!(outcome, Outcome::Exited(-3));
}

#[test]
fn any_thread_can_abort() {
    let mut program = Program::new();
    let aborts = program.function(|thread, _| {
        for (at, word) in (0x2000..).step_by(4).zip([0x6c6c_6548, 0xff21_216f]) {
            thread.store(at, word);
        }
        thread.process_abort(0x2000, 8)?;
        unreachable!("process_abort does not return");
    });
    let outcome = program.run(move |thread| {
        spawn(thread, aborts, 0)?;
        thread.wait32(FLAG, 0, FOREVER)?;
        unreachable!("the process has ended");
    });
    let Outcome::Aborted { message, thread } = outcome else { panic!("{outcome:?}") };
    assert_eq!((&*message, thread.id), ("Hello!!\u{fffd}", 2));
}

#[test]
fn an_abort_with_a_bad_message_aborts_all_the_same() {
    for (ptr, len) in [(0, u64::MAX), (u64::MAX, 1), (1 << 40, 0), (0, 0), (0, 0x1_0000)] {
        let outcome = Program::new().run(move |thread| thread.process_abort(ptr, len).map(|()| vec![]));
        let Outcome::Aborted { message, .. } = outcome else { panic!("{outcome:?}") };
        assert!(message.len() <= 4096);
    }
}

#[test]
fn a_trap_of_any_thread_ends_the_process() {
    let mut program = Program::new();
    let traps = program.function(|_, _| panic!("as a trap"));
    let outcome = program.run(move |thread| {
        spawn(thread, traps, 0)?;
        thread.wait32(FLAG, 0, FOREVER)?;
        unreachable!("the process has ended");
    });
    let Outcome::Trapped { thread, trap } = outcome else { panic!("{outcome:?}") };
    assert_eq!((thread.id, trap.kind, &*trap.message), (2, TrapKind::Unreachable, "as a trap"));
}

#[test]
fn a_start_function_that_does_not_exist_traps() {
    for start in [0, 1, u64::MAX] {
        let outcome = Program::new().run(move |thread| {
            let id = spawn(thread, start, 0)?;
            let _ = thread.thread_join(id, FOREVER, 0)?;
            unreachable!("the process has ended");
        });
        let Outcome::Trapped { thread, trap } = outcome else { panic!("{outcome:?}") };
        assert_eq!((thread.id, trap.kind), (2, TrapKind::TableOutOfBounds));
    }
}

/// A process whose other thread blocks in some way, while its main thread sleeps.
fn blocked_in(how: u64) -> Process<MemoryHost> {
    let mut program = Program::new();
    let blocks = program.function(|thread, how| {
        if how == 2 {
            assert_eq!(thread.mutex_lock(MUTEX + 0x20, FOREVER)?, OK);
        }
        thread.store(RUNNING, 1);
        match how {
            0 => drop(thread.wait32(FLAG, 0, FOREVER)?),
            1 => drop(thread.mutex_lock(MUTEX, FOREVER)?),
            2 => drop(thread.cond_wait(COND, MUTEX + 0x20, FOREVER)?),
            3 => drop(thread.thread_join(1, FOREVER, 0)?),
            4 => drop(thread.thread_sleep(i64::MAX)?),
            5 => drop(thread.wait64(0x2000, 0, i64::MAX)?),
            6 => drop(thread.mutex_lock(MUTEX, i64::MAX)?),
            7 => drop(thread.thread_join(1, i64::MAX, 0)?),
            _ => loop {
                thread.thread_yield()?;
            },
        }
        panic!("nobody ends this: {how}");
    });
    let process = program
        .start(move |thread| {
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
            spawn(thread, blocks, how)?;
            loop {
                assert_eq!(thread.thread_sleep(MS)?, OK);
            }
        })
        .unwrap();
    // Where it can be seen that the thread is in its queue, see it.
    let memory = |addr| process.host().memory().load32(addr).unwrap();
    while memory(RUNNING) == 0
        || matches!(how, 1 | 6) && memory(MUTEX) & WAITERS == 0
        || how == 2 && memory(MUTEX + 0x20) != 0
    {
        std::thread::yield_now();
    }
    process
}

#[test]
fn a_kill_reaches_a_thread_however_it_blocks() {
    for how in 0..9 {
        let process = blocked_in(how);
        assert!(process.end(&Outcome::Killed));
        assert_eq!(process.wait(None), Some(Outcome::Killed), "{how}");
        assert!(process.has_ended());
        assert_given_back(&process);
    }
}

#[test]
fn the_first_end_wins() {
    let process = blocked_in(0);
    assert_eq!(process.outcome(), None);
    assert_eq!(process.wait(Some(process.host().now() + 1_000_000)), None, "it has not ended");
    assert!(process.end(&Outcome::TimedOut));
    assert!(!process.end(&Outcome::Killed));
    assert_eq!(process.wait(None), Some(Outcome::TimedOut));
    assert!(!process.end(&Outcome::Killed));
    assert_eq!(process.outcome(), Some(Outcome::TimedOut));
}

#[test]
fn of_many_ends_at_once_one_wins() {
    let mut program = Program::new();
    let exits = program.function(|thread, code| {
        wait_for(thread, FLAG)?;
        thread.process_exit(code as i32).map(|()| 0)
    });
    let outcome = program.run(move |thread| {
        for code in 1..=8 {
            spawn(thread, exits, code)?;
        }
        set(thread, FLAG, 1)?;
        thread.process_exit(9).map(|()| vec![])
    });
    assert!(matches!(outcome, Outcome::Exited(1..=9)), "{outcome:?}");
}

#[test]
fn after_the_end_every_call_unwinds() {
    let mut program = Program::new();
    let tries_on = program.function(|thread, _| {
        thread.store(RUNNING, 1);
        while !thread.process().has_ended() {
            std::thread::yield_now();
        }
        let stopped = Err(raddle_runtime_api::Unwind::Stopped);
        assert_eq!(thread.thread_spawn(1, 0, 0, 0), stopped);
        assert_eq!(thread.thread_join(1, FOREVER, 0), stopped);
        assert_eq!(thread.mutex_lock(MUTEX, 0), stopped);
        assert_eq!(thread.write(1, 0, 0), stopped);
        assert_eq!(thread.notify(FLAG, 1), Err(raddle_runtime_api::Unwind::Stopped));
        thread.store(RUNNING, 2);
        Ok(0)
    });
    let process = program
        .start(move |thread| {
            spawn(thread, tries_on, 0)?;
            until(thread, "it runs", || Ok(thread.load(RUNNING) == 1))?;
            thread.process_exit(0).map(|()| vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Exited(0)));
    assert_eq!(process.host().memory().load32(RUNNING), Ok(2));
}

#[test]
fn a_spawn_during_the_end_leaves_nothing_behind() {
    for _ in 0..rounds(30) {
        let mut program = Program::new();
        let blocks = program.function(|thread, _| thread.wait32(FLAG, 0, FOREVER).map(|_| 0));
        let process = program
            .start(move |thread| {
                thread.store(RUNNING, 1);
                loop {
                    let _ = thread.thread_spawn(blocks, 0, 0, 0)?;
                }
            })
            .unwrap();
        while process.host().memory().load32(RUNNING) == Ok(0) {
            std::thread::yield_now();
        }
        assert!(process.end(&Outcome::Killed));
        assert_eq!(process.wait(None), Some(Outcome::Killed));
        assert_given_back(&process);
    }
}
