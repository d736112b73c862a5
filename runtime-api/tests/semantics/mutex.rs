//! Mutexes.
use crate::common::*;
use raddle_runtime_api::abi::mutex::{OWNER_DIED, OWNER_MASK, WAITERS};

const MUTEX: u64 = 0x1000;
const COUNT: u64 = 0x1004;
const FLAG: u64 = 0x1008;

fn exchange(thread: &Guest, current: u32, new: u32) -> bool {
    thread.host().memory().compare_exchange32(MUTEX, current, new) == Ok(Ok(current))
}

#[test]
fn the_word_says_who_owns_it() {
    returns(Program::new(), |thread| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        assert_eq!(thread.load(MUTEX), thread.thread_id() as u32);
        assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        assert_eq!(thread.load(MUTEX), 0);
        // Inline in the guest and by the host go together.
        assert!(exchange(thread, 0, 1));
        assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        assert_eq!(thread.mutex_lock(MUTEX, 0)?, OK);
        assert!(exchange(thread, 1, 0));
        Ok(())
    });
}

#[test]
fn the_owner_cannot_lock_again_and_nobody_else_can_unlock() {
    let mut program = Program::new();
    let other = program.function(|thread, _| {
        assert_eq!(thread.mutex_unlock(MUTEX)?, NotOwner);
        assert_eq!(thread.mutex_lock(MUTEX, 0)?, Busy);
        assert_eq!(thread.load(MUTEX), 1, "a lock that would not wait leaves no trace");
        assert_eq!(thread.mutex_lock(MUTEX, MS)?, TimedOut);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.mutex_unlock(MUTEX)?, NotOwner);
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        for timeout in [FOREVER, 0, MS] {
            assert_eq!(thread.mutex_lock(MUTEX, timeout)?, Deadlock);
        }
        let other = spawn(thread, other, 0)?;
        join(thread, other)?;
        assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        assert_eq!(thread.load(MUTEX), 0, "who gave up waiting is forgotten");
        Ok(())
    });
}

#[test]
fn an_address_that_no_mutex_can_have_is_a_fault() {
    returns(Program::new(), |thread| {
        let end = thread.host().memory().byte_len();
        for addr in [MUTEX + 1, MUTEX + 2, end, end - 2, u64::MAX, u64::MAX - 3, 1 << 32] {
            assert_eq!(thread.mutex_lock(addr, FOREVER)?, Fault, "{addr:#x}");
            assert_eq!(thread.mutex_unlock(addr)?, Fault, "{addr:#x}");
        }
        assert_eq!(thread.mutex_lock(end - 4, FOREVER)?, OK);
        Ok(())
    });
}

#[test]
fn it_excludes() {
    let mut program = Program::new();
    let add = program.function(|thread, _| {
        for _ in 0..rounds(500) {
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
            let count = thread.load(COUNT);
            thread.thread_yield()?;
            thread.store(COUNT, count + 1);
            assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        }
        Ok(0)
    });
    returns(program, move |thread| {
        let ids = [(); 4].map(|()| spawn(thread, add, 0));
        for id in ids {
            join(thread, id?)?;
        }
        assert_eq!((thread.load(COUNT) as usize, thread.load(MUTEX)), (4 * rounds(500), 0));
        Ok(())
    });
}

#[test]
fn an_unlock_wakes_a_waiter() {
    let mut program = Program::new();
    let lock = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        let ids = [spawn(thread, lock, 0)?, spawn(thread, lock, 0)?];
        until(thread, "somebody waits", || Ok(thread.load(MUTEX) == 1 | WAITERS))?;
        assert!(!exchange(thread, 1, 0), "so an unlock goes through the host");
        assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        for id in ids {
            join(thread, id)?;
        }
        assert_eq!(thread.load(MUTEX), 0);
        Ok(())
    });
}

#[test]
fn after_its_owner_ended_the_next_to_lock_is_told() {
    let mut program = Program::new();
    let owner = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        Ok(0)
    });
    for timeout in [FOREVER, 0, MS] {
        let mut program = Program::new();
        assert_eq!(program.function(|thread, _| thread.mutex_lock(MUTEX, 0).map(|_| 0)), owner);
        returns(program, move |thread| {
            let id = spawn(thread, owner, 0)?;
            join(thread, id)?;
            assert_eq!(thread.load(MUTEX) & OWNER_MASK, id as u32);
            assert_eq!(thread.mutex_lock(MUTEX, timeout)?, OwnerDied);
            assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
            assert_eq!(thread.mutex_lock(MUTEX, timeout)?, OK, "told once");
            Ok(())
        });
    }
}

#[test]
fn when_its_owner_ends_one_waiter_gets_it_and_is_told() {
    let mut program = Program::new();
    let owner = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        // Another one, so that what is counted of the first does not cover it.
        assert_eq!(thread.mutex_lock(MUTEX + 0x100, FOREVER)?, OK);
        wait_for(thread, FLAG).map(|_| 0)
    });
    let waiter = program.function(|thread, mutex| {
        let status = thread.mutex_lock(mutex, FOREVER)?;
        assert_eq!(thread.load(mutex) & !WAITERS, thread.thread_id() as u32);
        assert_eq!(thread.mutex_unlock(mutex)?, OK);
        Ok(status.code() as u64)
    });
    returns(program, move |thread| {
        let owner = spawn(thread, owner, 0)?;
        until(thread, "it is locked", || Ok(thread.load(MUTEX + 0x100) != 0))?;
        let mutexes = [MUTEX, MUTEX, MUTEX, MUTEX + 0x100];
        let waiters = mutexes.map(|mutex| spawn(thread, waiter, mutex));
        until(thread, "they wait", || {
            Ok([MUTEX, MUTEX + 0x100].iter().all(|&mutex| thread.load(mutex) & WAITERS != 0))
        })?;
        set(thread, FLAG, 1)?;
        join(thread, owner)?;
        let mut told = [0, 0];
        for (mutex, waiter) in mutexes.into_iter().zip(waiters) {
            let status = join(thread, waiter?)?;
            told[usize::from(mutex != MUTEX)] += u32::from(status == OwnerDied.code() as u32);
        }
        assert_eq!(told, [1, 1]);
        assert_eq!((thread.load(MUTEX), thread.load(MUTEX + 0x100)), (0, 0));
        Ok(())
    });
}

#[test]
fn main_too_can_end_while_it_owns_one() {
    let mut program = Program::new();
    let waiter = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OwnerDied);
        thread.store(FLAG, 1);
        Ok(0)
    });
    let process = program
        .start(move |thread| {
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
            spawn(thread, waiter, 0)?;
            until(thread, "it waits", || Ok(thread.load(MUTEX) & WAITERS != 0))?;
            thread.thread_exit(0).map(|()| vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(process.host().memory().load32(FLAG), Ok(1));
}

#[test]
fn whatever_the_guest_writes_there_a_lock_answers() {
    returns(Program::new(), |thread| {
        for word in [
            0,
            1,
            2,
            3,
            4095,
            4096,
            OWNER_MASK,
            OWNER_DIED,
            WAITERS,
            u32::MAX,
            OWNER_DIED | 1,
            WAITERS | 1,
            0x1fff_ffff,
        ] {
            thread.store(MUTEX, word);
            let status = thread.mutex_lock(MUTEX, MS)?;
            assert!(matches!(status, OK | OwnerDied | Deadlock), "{word:#x}: {status:?}");
            thread.store(MUTEX, word);
            let status = thread.mutex_unlock(MUTEX)?;
            assert!(matches!(status, OK | NotOwner), "{word:#x}: {status:?}");
        }
        Ok(())
    });
}
