//! Deadlocks, and what only looks like one.

use crate::common::*;
use raddle_runtime_api::Waiting;

const ADDR: u64 = 0x1000;
const MUTEX: u64 = 0x1010;
const COND: u64 = 0x1014;
const FLAG: u64 = 0x1018;

/// Who waits for what.
#[track_caller]
fn deadlocked(outcome: Outcome) -> Vec<(u32, Waiting)> {
    let Outcome::Deadlocked { threads } = outcome else { panic!("{outcome:?}") };
    threads.iter().map(|blocked| (blocked.thread.id, blocked.waiting)).collect()
}

#[test]
fn a_thread_alone_that_waits_for_ever_is_one() {
    let outcome = Program::new().run(|thread| {
        thread.wait32(ADDR, 0, FOREVER)?;
        unreachable!()
    });
    assert_eq!(deadlocked(outcome), [(1, Waiting::Memory { address: ADDR })]);
    let outcome = Program::new().run(|thread| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        let _ = thread.cond_wait(COND, MUTEX, FOREVER)?;
        unreachable!()
    });
    assert_eq!(deadlocked(outcome), [(1, Waiting::Condvar { address: COND })]);
}

#[test]
fn the_report_says_who_waits_for_what() {
    let mut program = Program::new();
    let waits = program.function(|thread, how| {
        match how {
            0 => drop(thread.wait64(ADDR, 0, FOREVER)?),
            1 => drop(thread.mutex_lock(MUTEX, i64::MIN)?),
            2 => {
                let _ = thread.mutex_lock(MUTEX + 0x20, FOREVER)?;
                let _ = thread.cond_wait(COND, MUTEX + 0x20, FOREVER)?;
            }
            _ => drop(thread.thread_join(1, FOREVER, 0)?),
        }
        unreachable!()
    });
    let process = program
        .start(move |thread| {
            let text = [b'm', b'a', b'i', b'n'];
            thread.store(0x2000, u32::from_le_bytes(text));
            assert_eq!(thread.thread_set_name(0x2000, 4)?, OK);
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
            for how in 0..4 {
                spawn(thread, waits, how)?;
            }
            let _ = thread.thread_join(2, FOREVER, 0)?;
            unreachable!()
        })
        .unwrap();
    let outcome = process.wait(None).unwrap();
    let Outcome::Deadlocked { threads } = &outcome else { panic!("{outcome:?}") };
    assert_eq!(threads[0].thread.name, "main");
    assert_eq!(
        deadlocked(outcome),
        [
            (1, Waiting::Join { thread: 2 }),
            (2, Waiting::Memory { address: ADDR }),
            (3, Waiting::Mutex { address: MUTEX, owner: 1 }),
            (4, Waiting::Condvar { address: COND }),
            (5, Waiting::Join { thread: 1 }),
        ]
    );
    assert_given_back(&process);
}

#[test]
fn the_last_thread_to_end_can_leave_one_behind() {
    let mut program = Program::new();
    let waits = program.function(|thread, _| thread.wait32(ADDR, 0, FOREVER).map(|_| 0));
    let ends = program.function(|thread, _| {
        assert_eq!(thread.thread_sleep(MS)?, OK);
        Ok(0)
    });
    let outcome = program.run(move |thread| {
        spawn(thread, waits, 0)?;
        spawn(thread, ends, 0)?;
        thread.thread_exit(0).map(|()| vec![])
    });
    assert_eq!(deadlocked(outcome), [(2, Waiting::Memory { address: ADDR })]);
}

#[test]
fn a_time_out_however_long_is_none() {
    let mut program = Program::new();
    let waits = program.function(|thread, _| {
        assert_eq!(thread.wait32(ADDR, 0, FOREVER)?, 0);
        Ok(0)
    });
    returns(program, move |thread| {
        let id = spawn(thread, waits, 0)?;
        // Both are blocked, but this one only for a while.
        assert_eq!(thread.wait32(FLAG, 0, 20 * MS)?, 2);
        assert_eq!(thread.thread_join(id, 5 * MS, 0)?, TimedOut);
        assert_eq!(thread.thread_sleep(5 * MS)?, OK);
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        assert_eq!(thread.cond_wait(COND, MUTEX, 5 * MS)?, TimedOut);
        until(thread, "it waits", || Ok(thread.notify(ADDR, 1)? == 1))?;
        join(thread, id).map(drop)
    });
}

#[test]
fn one_that_sleeps_or_computes_may_wake_the_others() {
    for sleeps in [0, 1] {
        let mut program = Program::new();
        let waits = program.function(|thread, _| wait_for(thread, ADDR).map(u64::from));
        let wakes = program.function(|thread, sleeps| {
            if sleeps == 1 {
                assert_eq!(thread.thread_sleep(10 * MS)?, OK);
            }
            for _ in 0..rounds(10_000) {
                thread.thread_yield()?;
            }
            set(thread, ADDR, 1)?;
            Ok(0)
        });
        returns(program, move |thread| {
            let ids = [waits, waits, wakes].map(|function| spawn(thread, function, sleeps));
            for id in ids {
                join(thread, id?)?;
            }
            Ok(())
        });
    }
}

#[test]
fn a_hand_over_through_a_condition_variable_is_none() {
    let mut program = Program::new();
    // Each waits on the condition variable while the other is about to take the mutex: at times both are in a queue.
    let turn = program.function(|thread, me| {
        let me = me as u32;
        for _ in 0..rounds(300) {
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
            while thread.load(FLAG) != me {
                assert_eq!(thread.cond_wait(COND, MUTEX, FOREVER)?, OK);
            }
            thread.store(FLAG, 1 - me);
            thread.cond_notify(COND, -1)?;
            assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        }
        Ok(0)
    });
    returns(program, move |thread| {
        let ids = [spawn(thread, turn, 0)?, spawn(thread, turn, 1)?];
        for id in ids {
            join(thread, id)?;
        }
        Ok(())
    });
}

#[test]
fn a_thread_that_waits_for_an_owner_that_ends_is_none() {
    let mut program = Program::new();
    let owner = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        set(thread, FLAG, 1)?;
        Ok(0)
    });
    returns(program, move |thread| {
        for _ in 0..rounds(200) {
            thread.store(FLAG, 0);
            let id = spawn(thread, owner, 0)?;
            wait_for(thread, FLAG)?;
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OwnerDied);
            assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
            join(thread, id)?;
        }
        Ok(())
    });
}
