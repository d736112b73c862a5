//! Detach, `thread_exit`, and what becomes of the others when the main thread leaves.
use crate::common::*;
use raddle_runtime_api::abi::attributes::{AttributeLayout, DETACHED};

const FLAG: u64 = 0x1000;
const COUNT: u64 = 0x1004;
const ATTRIBUTES: u64 = 0x1100;

/// Attributes that say: start detached.
fn detached(thread: &Guest) -> u64 {
    let layout = AttributeLayout::new(raddle_runtime_api::abi::PointerWidth::Bits32);
    thread.store(ATTRIBUTES + u64::from(layout.size), 8);
    thread.store(ATTRIBUTES + u64::from(layout.flags), DETACHED);
    ATTRIBUTES
}

#[test]
fn a_detached_thread_cannot_be_joined_and_is_gone_when_it_ends() {
    let mut program = Program::new();
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    returns(program, move |thread| {
        let id = spawn(thread, wait, 0)?;
        assert_eq!(thread.thread_detach(id)?, OK);
        assert_eq!(thread.thread_detach(id)?, Invalid);
        assert_eq!(thread.thread_join(id, FOREVER, 0)?, Invalid);
        set(thread, FLAG, 1)?;
        until(thread, "it is gone", || Ok(thread.thread_join(id, 0, 0)? == NoThread))?;
        assert_eq!(thread.thread_detach(id)?, NoThread);
        Ok(())
    });
}

#[test]
fn a_thread_that_has_ended_can_be_detached() {
    let mut program = Program::new();
    program.limits.max_threads = Some(2);
    let nothing = program.function(|_, _| Ok(0));
    returns(program, move |thread| {
        // There is room for one thread only: each must be gone before the next.
        for _ in 0..20 {
            let mut id = 0;
            until(thread, "room", || match thread.thread_spawn(nothing, 0, 0, 0x1008)? {
                OK => {
                    id = thread.load(0x1008) as i32;
                    Ok(true)
                }
                Again => Ok(false),
                other => panic!("{other:?}"),
            })?;
            assert_eq!(thread.thread_detach(id)?, OK);
        }
        Ok(())
    });
}

#[test]
fn a_thread_can_start_detached_and_can_detach_itself() {
    let mut program = Program::new();
    let count = program.function(|thread, expected| {
        let status = thread.thread_detach(thread.thread_id())?;
        assert_eq!(status.code() as u64, expected);
        thread.fetch_add(COUNT, 1);
        Ok(0)
    });
    returns(program, move |thread| {
        let attributes = detached(thread);
        assert_eq!(thread.thread_spawn(count, Invalid.code() as u64, attributes, 0)?, OK);
        assert_eq!(thread.thread_spawn(count, OK.code() as u64, 0, 0)?, OK);
        until(thread, "both end", || Ok(thread.load(COUNT) == 2 && thread.process().stats().live == 1))
    });
}

#[test]
fn thread_exit_is_a_return_from_anywhere() {
    let mut program = Program::new();
    let exits = program.function(|thread, value| {
        thread.thread_exit(value)?;
        unreachable!("thread_exit does not return")
    });
    returns(program, move |thread| {
        let id = spawn(thread, exits, 31)?;
        assert_eq!(join(thread, id)?, 31);
        Ok(())
    });
}

#[test]
fn after_main_has_exited_the_others_live_on_and_may_spawn() {
    let mut program = Program::new();
    let last = program.function(|thread, _| thread.thread_sleep(MS).map(|_| thread.store(FLAG, 1)).map(|()| 0));
    let first = program.function(move |thread, _| {
        until(thread, "main ends", || Ok(thread.thread_join(1, 0, 0)? == OK))?;
        spawn(thread, last, 0).map(|_| 0)
    });
    let process = program
        .start(move |thread| {
            spawn(thread, first, 0)?;
            thread.thread_exit(0)?;
            unreachable!()
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(process.host().memory().load32(FLAG), Ok(1));
    assert_eq!(process.stats().spawned, 2);
    assert_given_back(&process);
}

#[test]
fn who_comes_after_the_main_thread_is_a_thread_like_any_other() {
    let mut program = Program::new();
    // So the main thread's record is the only one that others can get.
    program.limits.max_threads = Some(2);
    let child = program.function(|thread, value| {
        assert_ne!(thread.thread_id(), 1);
        thread.fetch_add(COUNT, 1);
        Ok(value)
    });
    let worker = program.function(move |thread, _| {
        assert_eq!(join(thread, 1)?, 5);
        for value in 0..10 {
            let id = spawn(thread, child, value)?;
            assert_eq!(u64::from(join(thread, id)?), value);
        }
        set(thread, FLAG, 1)?;
        Ok(0)
    });
    let process = program
        .start(move |thread| {
            spawn(thread, worker, 0)?;
            thread.thread_exit(5)?;
            unreachable!()
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    let memory = |addr| process.host().memory().load32(addr).unwrap();
    assert_eq!((memory(COUNT), memory(FLAG)), (10, 1), "each ran its own function, and the last one ended the process");
    assert_given_back(&process);
}

#[test]
fn a_return_from_main_ends_the_others_wherever_they_are() {
    let mut program = Program::new();
    let computes = program.function(|thread, _| {
        thread.fetch_add(COUNT, 1);
        loop {
            thread.thread_yield()?;
        }
    });
    let blocks = program.function(|thread, _| {
        thread.fetch_add(COUNT, 1);
        thread.wait32(FLAG, 0, FOREVER)?;
        panic!("nobody notifies");
    });
    returns(program, move |thread| {
        for function in [computes, blocks, computes, blocks] {
            spawn(thread, function, 0)?;
        }
        until(thread, "they run", || Ok(thread.load(COUNT) == 4))
    });
}
