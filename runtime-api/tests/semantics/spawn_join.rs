//! Spawn and join.
use crate::common::*;
use raddle_runtime_api::abi::PointerWidth;

const FLAG: u64 = 0x1000;
const COUNT: u64 = 0x1004;
const OUT: u64 = 0x1008;

#[test]
fn a_thread_runs_its_function_with_its_argument_and_is_joined_for_its_value() {
    let mut program = Program::new();
    let double = program.function(|_, arg| Ok(arg * 2));
    returns(program, move |thread| {
        let ids = [spawn(thread, double, 4)?, spawn(thread, double, 5)?];
        assert_eq!([join(thread, ids[0])?, join(thread, ids[1])?], [8, 10]);
        Ok(())
    });
}

#[test]
fn the_id_is_stored_before_the_thread_runs() {
    let mut program = Program::new();
    let own_id = program.function(|thread, _| {
        assert_eq!(thread.thread_id() as u32, thread.load(OUT));
        Ok(0)
    });
    returns(program, move |thread| {
        for _ in 0..rounds(200) {
            assert_eq!(thread.thread_spawn(own_id, 0, 0, OUT)?, OK);
            join(thread, thread.load(OUT) as i32)?;
        }
        Ok(())
    });
}

#[test]
fn both_out_pointers_may_be_zero() {
    let mut program = Program::new();
    let tell_id = program.function(|thread, _| set(thread, FLAG, thread.thread_id() as u32).map(|()| 1));
    returns(program, move |thread| {
        assert_eq!(thread.thread_spawn(tell_id, 0, 0, 0)?, OK);
        let id = wait_for(thread, FLAG)? as i32;
        assert_eq!(thread.thread_join(id, FOREVER, 0)?, OK);
        assert_eq!(thread.load(0), 0);
        Ok(())
    });
}

#[test]
fn a_value_is_as_wide_as_a_pointer() {
    let mut program = Program::new();
    program.section.pointer_width = PointerWidth::Bits64;
    let wide = program.function(|_, arg| Ok(arg + 1));
    returns(program, move |thread| {
        let id = spawn(thread, wide, u64::MAX - 1)?;
        assert_eq!(thread.thread_join(id, FOREVER, 0x1004)?, Fault, "a pointer here is 8 bytes");
        assert_eq!(thread.thread_join(id, FOREVER, OUT)?, OK);
        assert_eq!(thread.host().memory().load64(OUT), Ok(u64::MAX));
        Ok(())
    });
}

#[test]
fn whoever_was_joined_or_never_was_is_no_thread() {
    let mut program = Program::new();
    let nothing = program.function(|_, _| Ok(0));
    returns(program, move |thread| {
        let id = spawn(thread, nothing, 0)?;
        join(thread, id)?;
        for id in [id, 0, -1, i32::MIN, i32::MAX, 2, 4095, 4096, 1 << 29] {
            assert_eq!(thread.thread_join(id, FOREVER, 0)?, NoThread, "{id}");
            assert_eq!(thread.thread_detach(id)?, NoThread, "{id}");
        }
        Ok(())
    });
}

#[test]
fn nobody_joins_itself() {
    let mut program = Program::new();
    let join_self = program.function(|thread, _| {
        assert_eq!(thread.thread_join(thread.thread_id(), FOREVER, 0)?, Deadlock);
        assert_eq!(thread.thread_join(thread.thread_id(), 5, 0)?, Deadlock);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.thread_join(1, FOREVER, 0)?, Deadlock);
        let id = spawn(thread, join_self, 0)?;
        join(thread, id).map(drop)
    });
}

/// A ring of so many threads, each joining the next.
fn ring(len: u64) {
    let ids = move |position: u64| 0x2000 + 4 * (position % len);
    let mut program = Program::new();
    let link = program.function(move |thread, position| {
        let next = wait_for(thread, ids(position + 1))? as i32;
        match thread.thread_join(next, FOREVER, 0)? {
            OK => {}
            Deadlock => drop(thread.fetch_add(COUNT, 1)),
            other => panic!("{other:?}"),
        }
        thread.fetch_add(FLAG, 1);
        thread.notify(FLAG, -1)?;
        Ok(0)
    });
    returns(program, move |thread| {
        for position in 0..len {
            let id = spawn(thread, link, position)?;
            set(thread, ids(position), id as u32)?;
        }
        until(thread, "all links end", || Ok(u64::from(thread.load(FLAG)) == len))?;
        assert_eq!(thread.load(COUNT), 1, "exactly one is refused");
        Ok(())
    });
}

#[test]
fn one_join_of_a_ring_is_refused_and_the_others_succeed() {
    for len in 2..=5 {
        ring(len);
    }
}

#[test]
fn a_ring_with_a_time_out_in_it_is_none() {
    let mut program = Program::new();
    let joins_main = program.function(|thread, _| {
        // Main joins this thread for ever; so this one must not wait for main for ever, but may for a while.
        assert_eq!(thread.thread_join(1, 5 * MS, 0)?, TimedOut);
        Ok(3)
    });
    returns(program, move |thread| {
        let id = spawn(thread, joins_main, 0)?;
        assert_eq!(join(thread, id)?, 3);
        Ok(())
    });
}

#[test]
fn a_join_that_timed_out_can_be_tried_again_by_anybody() {
    let mut program = Program::new();
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    let try_join = program.function(|thread, id| {
        assert_eq!(thread.thread_join(id as i32, MS, OUT)?, TimedOut);
        assert_eq!(thread.load(OUT), 0, "nothing is stored");
        Ok(0)
    });
    returns(program, move |thread| {
        let id = spawn(thread, wait, 0)?;
        assert_eq!(thread.thread_join(id, 0, OUT)?, TimedOut);
        assert_eq!(thread.thread_join(id, MS, OUT)?, TimedOut);
        let other = spawn(thread, try_join, id as u64)?;
        join(thread, other)?;
        set(thread, FLAG, 9)?;
        assert_eq!(join(thread, id)?, 9);
        assert_eq!(thread.thread_join(id, 0, 0)?, NoThread);
        Ok(())
    });
}

#[test]
fn a_join_that_does_not_wait_collects_a_thread_that_has_ended() {
    let mut program = Program::new();
    let nothing = program.function(|_, _| Ok(5));
    returns(program, move |thread| {
        let id = spawn(thread, nothing, 0)?;
        until(thread, "the thread ends", || match thread.thread_join(id, 0, OUT)? {
            OK => Ok(true),
            TimedOut => Ok(false),
            other => panic!("{other:?}"),
        })?;
        assert_eq!(thread.load(OUT), 5);
        Ok(())
    });
}

#[test]
fn a_thread_has_one_joiner() {
    let mut program = Program::new();
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    let joiner = program.function(|thread, id| join(thread, id as i32).map(u64::from));
    returns(program, move |thread| {
        let id = spawn(thread, wait, 0)?;
        let joiner = spawn(thread, joiner, id as u64)?;
        until(thread, "the joiner joins", || Ok(thread.thread_join(id, 0, 0)? == Invalid))?;
        assert_eq!(thread.thread_join(id, FOREVER, 0)?, Invalid);
        assert_eq!(thread.thread_detach(id)?, Invalid);
        set(thread, FLAG, 6)?;
        assert_eq!(join(thread, joiner)?, 6);
        assert_eq!(thread.thread_join(id, FOREVER, 0)?, NoThread);
        Ok(())
    });
}

#[test]
fn a_join_with_a_bad_pointer_joins_nobody() {
    let mut program = Program::new();
    let nothing = program.function(|_, _| Ok(5));
    returns(program, move |thread| {
        let id = spawn(thread, nothing, 0)?;
        for out in [2, 0x1_0000_0000, u64::MAX, u64::MAX - 3] {
            assert_eq!(thread.thread_join(id, FOREVER, out)?, Fault, "{out:#x}");
        }
        assert_eq!(join(thread, id)?, 5);
        Ok(())
    });
}

#[test]
fn the_main_thread_can_be_joined() {
    let mut program = Program::new();
    let join_main = program.function(|thread, _| {
        assert_eq!(join(thread, 1)?, 77);
        set(thread, FLAG, 1)?;
        Ok(0)
    });
    let process = program
        .start(move |thread| {
            spawn(thread, join_main, 0)?;
            thread.thread_exit(77)?;
            unreachable!("thread_exit does not return")
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(process.host().memory().load32(FLAG), Ok(1));
    assert_given_back(&process);
}

#[test]
fn ids_come_back_late() {
    let mut program = Program::new();
    let nothing = program.function(|_, _| Ok(0));
    returns(program, move |thread| {
        assert_eq!(thread.thread_id(), 1);
        let mut ids = std::collections::BTreeSet::from([1]);
        for _ in 0..rounds(2000) {
            let id = spawn(thread, nothing, 0)?;
            assert!(id > 0 && id as u32 <= raddle_runtime_api::abi::MAX_THREAD_ID);
            assert!(ids.insert(id), "{id} again");
            join(thread, id)?;
        }
        Ok(())
    });
}

#[test]
fn time_passes_and_threads_yield() {
    returns(Program::new(), |thread| {
        assert!(thread.thread_parallelism() >= 1);
        thread.thread_yield()?;
        let start = thread.clock_now();
        assert!(start >= 0);
        assert_eq!(thread.thread_sleep(3 * MS)?, OK);
        assert!(thread.clock_now() - start >= 3 * MS);
        assert_eq!(thread.thread_sleep(0)?, OK);
        for negative in [-1, i64::MIN] {
            assert_eq!(thread.thread_sleep(negative)?, Invalid);
        }
        Ok(())
    });
}
