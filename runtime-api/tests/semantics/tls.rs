//! Thread-local storage by key.

use crate::common::*;
use raddle_runtime_api::{Event, Limit, MAX_TLS_KEYS, TrapKind};

const KEY: u64 = 0x1000;
const CALLS: u64 = 0x1004;
const LAST: u64 = 0x1008;
const LOG: u64 = 0x1100;

fn create(thread: &Guest, destructor: u64) -> Call<i32> {
    let out = scratch(thread);
    assert_eq!(thread.tls_create(destructor, out)?, OK);
    Ok(thread.load(out) as i32)
}

#[test]
fn a_value_is_its_threads_own() {
    let mut program = Program::new();
    let other = program.function(|thread, key| {
        let key = key as i32;
        assert_eq!(thread.tls_get(key), 0);
        assert_eq!(thread.tls_set(key, 2)?, OK);
        Ok(thread.tls_get(key))
    });
    returns(program, move |thread| {
        let key = create(thread, 0)?;
        assert_eq!(thread.tls_get(key), 0);
        assert_eq!(thread.tls_set(key, u64::MAX)?, OK);
        let other = spawn(thread, other, key as u64)?;
        assert_eq!(join(thread, other)?, 2);
        assert_eq!(thread.tls_get(key), u64::MAX);
        Ok(())
    });
}

#[test]
fn a_number_that_is_no_key_is_refused() {
    returns(Program::new(), |thread| {
        let key = create(thread, 0)?;
        assert_eq!(thread.tls_set(key, 1)?, OK);
        assert_eq!(thread.tls_delete(key)?, OK);
        let new = create(thread, 0)?;
        assert_ne!(key, new, "a deleted key's number does not come back soon");
        for key in [key, 0, -1, i32::MIN, i32::MAX, new + 1, new + MAX_TLS_KEYS as i32] {
            assert_eq!(thread.tls_set(key, 1)?, Invalid, "{key}");
            assert_eq!(thread.tls_delete(key)?, Invalid, "{key}");
            assert_eq!(thread.tls_get(key), 0, "{key}");
        }
        assert_eq!(thread.tls_get(new), 0, "the deleted key's value is gone");
        for bad in [2, thread.host().memory().byte_len(), u64::MAX] {
            assert_eq!(thread.tls_create(0, bad)?, Fault);
        }
        Ok(())
    });
}

#[test]
fn there_is_a_limit_that_deletions_move() {
    let process = Program::new()
        .start(|thread| {
            let keys: Vec<_> = (0..MAX_TLS_KEYS).map(|_| create(thread, 0)).collect::<Result<_, _>>()?;
            assert_eq!(thread.tls_create(0, KEY)?, Again);
            assert_eq!(thread.tls_delete(keys[500])?, OK);
            assert_eq!(thread.tls_create(0, KEY)?, OK);
            assert_eq!(thread.tls_create(0, KEY)?, Again);
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    let reached = Event::LimitReached { limit: Limit::TlsKeys, value: MAX_TLS_KEYS.into() };
    assert_eq!(process.host().events().iter().filter(|event| **event == reached).count(), 2);
}

/// A program with a destructor that counts its calls and keeps the last value.
fn counting() -> (Program, u64) {
    let mut program = Program::new();
    let destructor = program.function(|thread, value| {
        assert_eq!(thread.tls_get(thread.load(KEY) as i32), 0, "the value was set to 0 before");
        thread.fetch_add(CALLS, 1);
        thread.store(LAST, value as u32);
        Ok(0)
    });
    (program, destructor)
}

#[test]
fn a_thread_that_ends_runs_destructors_before_it_is_joined() {
    let (mut program, destructor) = counting();
    let returns_ = program.function(|thread, value| Ok(thread.tls_set(thread.load(KEY) as i32, value)?.code() as u64));
    let exits = program.function(|thread, value| {
        let _ = thread.tls_set(thread.load(KEY) as i32, value)?;
        thread.thread_exit(0).map(|()| 0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.tls_create(destructor, KEY)?, OK);
        for (call, (function, value)) in (1..).zip([(returns_, 7), (exits, 8)]) {
            let id = spawn(thread, function, value)?;
            join(thread, id)?;
            assert_eq!((thread.load(CALLS), u64::from(thread.load(LAST))), (call, value));
        }
        // A value of 0 has none.
        let id = spawn(thread, returns_, 0)?;
        join(thread, id)?;
        assert_eq!(thread.load(CALLS), 2);
        Ok(())
    });
}

#[test]
fn mains_destructors_run_too() {
    for exits in [false, true] {
        let (program, destructor) = counting();
        let process = program
            .start(move |thread| {
                assert_eq!(thread.tls_create(destructor, KEY)?, OK);
                assert_eq!(thread.tls_set(thread.load(KEY) as i32, 5)?, OK);
                if exits {
                    thread.thread_exit(0)?;
                }
                Ok(vec![])
            })
            .unwrap();
        assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
        assert_eq!(process.host().memory().load32(LAST), Ok(5));
    }
}

#[test]
fn while_destructors_set_new_values_there_are_four_rounds() {
    let mut program = Program::new();
    let again = program.function(|thread, value| {
        thread.fetch_add(CALLS, 1);
        assert_eq!(thread.tls_set(thread.load(KEY) as i32, value + 1)?, OK);
        Ok(0)
    });
    let worker = program.function(|thread, _| {
        assert_eq!(thread.tls_set(thread.load(KEY) as i32, 1)?, OK);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.tls_create(again, KEY)?, OK);
        let id = spawn(thread, worker, 0)?;
        join(thread, id)?;
        assert_eq!(thread.load(CALLS), 4);
        Ok(())
    });
}

#[test]
fn a_deleted_keys_destructor_does_not_run() {
    let (mut program, destructor) = counting();
    let worker = program.function(|thread, _| {
        let key = thread.load(KEY) as i32;
        assert_eq!(thread.tls_set(key, 1)?, OK);
        assert_eq!(thread.tls_delete(key)?, OK);
        assert_eq!(thread.tls_get(key), 0);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.tls_create(destructor, KEY)?, OK);
        let id = spawn(thread, worker, 0)?;
        join(thread, id)?;
        // Nor when the place is another key's by then.
        assert_eq!(thread.tls_create(destructor, KEY)?, OK);
        assert_eq!(thread.load(CALLS), 0);
        Ok(())
    });
}

#[test]
fn a_destructor_can_exit_and_the_others_still_run() {
    let mut program = Program::new();
    let exits = program.function(|thread, value| {
        thread.store(LOG + 4 * value, 1);
        thread.thread_exit(99).map(|()| 0)
    });
    let worker = program.function(move |thread, _| {
        for value in 1..4 {
            let key = create(thread, exits)?;
            assert_eq!(thread.tls_set(key, value)?, OK);
        }
        Ok(5)
    });
    returns(program, move |thread| {
        let id = spawn(thread, worker, 0)?;
        assert_eq!(join(thread, id)?, 5, "the thread's value stands");
        assert_eq!([1, 2, 3].map(|value| thread.load(LOG + 4 * value)), [1, 1, 1]);
        Ok(())
    });
}

#[test]
fn a_destructor_that_is_no_function_traps() {
    let mut program = Program::new();
    let worker = program.function(|thread, destructor| {
        let key = create(thread, destructor)?;
        assert_eq!(thread.tls_set(key, 1)?, OK);
        Ok(0)
    });
    let outcome = program.run(move |thread| {
        let id = spawn(thread, worker, u32::MAX.into())?;
        join(thread, id)?;
        unreachable!("the process has ended");
    });
    let Outcome::Trapped { thread, trap } = outcome else { panic!("{outcome:?}") };
    assert_eq!((thread.id, trap.kind), (2, TrapKind::TableOutOfBounds));
}

#[test]
fn when_the_process_is_ended_from_outside_no_destructor_runs() {
    let (mut program, destructor) = counting();
    let blocks = program.function(|thread, _| {
        assert_eq!(thread.tls_set(thread.load(KEY) as i32, 1)?, OK);
        thread.fetch_add(LOG, 1);
        thread.wait32(0x2000, 0, FOREVER)?;
        unreachable!("nobody notifies");
    });
    let process = program
        .start(move |thread| {
            assert_eq!(thread.tls_create(destructor, KEY)?, OK);
            assert_eq!(thread.tls_set(thread.load(KEY) as i32, 1)?, OK);
            for _ in 0..3 {
                spawn(thread, blocks, 0)?;
            }
            until(thread, "they run", || Ok(thread.load(LOG) == 3))?;
            thread.process_exit(1).map(|()| vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Exited(1)));
    assert_eq!(process.host().memory().load32(CALLS), Ok(0));
}
