//! `wait32`, `wait64` and `notify`, against the text of the instructions.
use crate::common::*;
use raddle_runtime_api::TrapKind;

const ADDR: u64 = 0x1000;
const OTHER: u64 = 0x1010;
const COUNT: u64 = 0x1020;

const WOKEN: i32 = 0;
const NOT_EQUAL: i32 = 1;
const TIMED_OUT: i32 = 2;

#[test]
fn a_wait_on_another_value_returns_at_once() {
    returns(Program::new(), |thread| {
        thread.store(ADDR, 5);
        thread.store(ADDR + 4, 6);
        for timeout in [FOREVER, 0, MS, i64::MAX, i64::MIN] {
            assert_eq!(thread.wait32(ADDR, 4, timeout)?, NOT_EQUAL);
            assert_eq!(thread.wait64(ADDR, 5, timeout)?, NOT_EQUAL, "all 64 bits are compared");
        }
        Ok(())
    });
}

#[test]
fn a_wait_ends_by_its_time_out() {
    returns(Program::new(), |thread| {
        thread.store(ADDR, 5);
        thread.store(ADDR + 4, u32::MAX);
        for timeout in [0, 1, 2 * MS] {
            let start = thread.clock_now();
            assert_eq!(thread.wait32(ADDR, 5, timeout)?, TIMED_OUT);
            assert!(thread.clock_now() - start >= timeout);
            assert_eq!(thread.wait64(ADDR, 5 | -1 << 32, timeout)?, TIMED_OUT);
        }
        Ok(())
    });
}

#[test]
fn notify_wakes_as_many_as_it_says_at_its_address_only() {
    let mut program = Program::new();
    let wait32 = program.function(|thread, addr| {
        assert_eq!(thread.wait32(addr, 0, FOREVER)?, WOKEN);
        thread.fetch_add(COUNT, 1);
        Ok(0)
    });
    let wait64 = program.function(|thread, addr| {
        assert_eq!(thread.wait64(addr, 0, FOREVER)?, WOKEN);
        thread.fetch_add(COUNT, 1);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.notify(ADDR, -1)?, 0);
        let ids = [wait32, wait64, wait32, wait64].map(|function| spawn(thread, function, ADDR));
        let other = spawn(thread, wait32, OTHER)?;
        // One at a time, as they come: the widths share a queue.
        for _ in 0..2 {
            until(thread, "one waits", || Ok(thread.notify(ADDR, 1)? == 1))?;
        }
        assert_eq!(thread.notify(ADDR, 0)?, 0);
        let mut woken = 0;
        until(thread, "the others wait", || {
            woken += thread.notify(ADDR, -1)?;
            Ok(woken == 2)
        })?;
        for id in ids {
            join(thread, id?)?;
        }
        assert_eq!(thread.load(COUNT), 4);
        assert_eq!(thread.thread_join(other, 0, 0)?, TimedOut);
        until(thread, "the other waits", || Ok(thread.notify(OTHER, i32::MIN)? == 1))?;
        join(thread, other)?;
        Ok(())
    });
}

#[test]
fn keys_of_different_kinds_do_not_meet() {
    let mut program = Program::new();
    let lock = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(ADDR, FOREVER)?, OK);
        assert_eq!(thread.mutex_unlock(ADDR)?, OK);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.mutex_lock(ADDR, FOREVER)?, OK);
        let id = spawn(thread, lock, 0)?;
        until(thread, "it waits", || Ok(thread.load(ADDR) >> 31 == 1))?;
        for _ in 0..rounds(100) {
            assert_eq!(thread.notify(ADDR, -1)?, 0);
            assert_eq!(thread.cond_notify(ADDR, -1)?, 0);
            thread.thread_yield()?;
        }
        assert_eq!(thread.mutex_unlock(ADDR)?, OK);
        join(thread, id).map(drop)
    });
}

/// How a process ends whose main thread makes a call that traps.
fn trap(call: impl FnOnce(&Guest, u64) -> Call<i32> + Send + 'static) -> TrapKind {
    let outcome = Program::new().run(move |thread| {
        let end = thread.host().memory().byte_len();
        let answer = call(thread, end)?;
        panic!("it returned {answer}");
    });
    match outcome {
        Outcome::Trapped { thread, trap } if thread.id == 1 => trap.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn they_trap_where_the_instructions_do() {
    for timeout in [FOREVER, 0, MS] {
        assert_eq!(trap(move |thread, _| thread.wait32(ADDR + 2, 0, timeout)), TrapKind::UnalignedAtomic);
        assert_eq!(trap(move |thread, _| thread.wait64(ADDR + 4, 0, timeout)), TrapKind::UnalignedAtomic);
        assert_eq!(trap(move |thread, end| thread.wait32(end, 0, timeout)), TrapKind::MemoryOutOfBounds);
        assert_eq!(trap(move |thread, end| thread.wait64(end, 0, timeout)), TrapKind::MemoryOutOfBounds);
        assert_eq!(trap(move |thread, _| thread.wait32(u64::MAX - 3, 0, timeout)), TrapKind::MemoryOutOfBounds);
    }
    for count in [0, 1, -1] {
        assert_eq!(trap(move |thread, _| thread.notify(ADDR + 1, count)), TrapKind::UnalignedAtomic);
        assert_eq!(trap(move |thread, end| thread.notify(end, count)), TrapKind::MemoryOutOfBounds);
        assert_eq!(trap(move |thread, _| thread.notify(u64::MAX - 7, count)), TrapKind::MemoryOutOfBounds);
    }
}
