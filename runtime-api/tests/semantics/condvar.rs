//! Condition variables.
use crate::common::*;

const COND: u64 = 0x1000;
const MUTEX: u64 = 0x1004;
const ITEMS: u64 = 0x1008;
const WAITING: u64 = 0x100c;

/// Waits under the mutex, which tells others that it does.
fn wait(thread: &Guest, timeout: i64) -> Call<Status> {
    assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
    thread.fetch_add(WAITING, 1);
    let status = thread.cond_wait(COND, MUTEX, timeout)?;
    assert_eq!(thread.mutex_lock(MUTEX, 0)?, Deadlock, "the caller owns the mutex again");
    assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
    Ok(status)
}

/// Returns with so many threads in the wait: each added to the count and then released the mutex, in the queue.
fn until_waiting(thread: &Guest, count: u32) -> Call<()> {
    until(thread, "they wait", || {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        let waiting = thread.load(WAITING);
        assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        Ok(waiting == count)
    })
}

#[test]
fn a_notify_wakes_as_many_as_it_says() {
    let mut program = Program::new();
    let waiter = program.function(|thread, _| Ok(wait(thread, FOREVER)?.code() as u64));
    returns(program, move |thread| {
        assert_eq!(thread.cond_notify(COND, -1)?, 0, "nobody is there");
        let ids = [(); 5].map(|()| spawn(thread, waiter, 0));
        until_waiting(thread, 5)?;
        for (count, woken) in [(0, 0), (1, 1), (2, 2), (-1, 2), (1, 0), (i32::MIN, 0), (i32::MAX, 0)] {
            assert_eq!(thread.cond_notify(COND, count)?, woken, "{count}");
        }
        for id in ids {
            assert_eq!(join(thread, id?)?, OK.code() as u32);
        }
        assert_eq!(thread.load(COND), 0, "the host needs no word");
        Ok(())
    });
}

#[test]
fn after_a_time_out_the_mutex_is_the_callers_again() {
    returns(Program::new(), |thread| {
        for timeout in [0, 1, MS] {
            assert_eq!(wait(thread, timeout)?, TimedOut);
        }
        assert_eq!(thread.load(MUTEX), 0);
        Ok(())
    });
}

#[test]
fn only_the_mutexs_owner_can_wait() {
    let mut program = Program::new();
    let other = program.function(|thread, _| {
        assert_eq!(thread.cond_wait(COND, MUTEX, FOREVER)?, NotOwner);
        Ok(0)
    });
    returns(program, move |thread| {
        assert_eq!(thread.cond_wait(COND, MUTEX, FOREVER)?, NotOwner);
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        let other = spawn(thread, other, 0)?;
        join(thread, other)?;
        let end = thread.host().memory().byte_len();
        for bad in [1, COND + 2, end, u64::MAX - 3] {
            assert_eq!(thread.cond_wait(bad, MUTEX, FOREVER)?, Fault);
            assert_eq!(thread.cond_wait(COND, bad, FOREVER)?, Fault);
            assert_eq!(thread.cond_notify(bad, -1)?, 0);
        }
        assert_eq!(thread.load(MUTEX), 1, "and still owns it");
        Ok(())
    });
}

#[test]
fn the_mutex_is_free_while_a_thread_waits() {
    let mut program = Program::new();
    let consumer = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        for _ in 0..rounds(200) {
            while thread.load(ITEMS) == 0 {
                assert_eq!(thread.cond_wait(COND, MUTEX, FOREVER)?, OK);
            }
            thread.store(ITEMS, thread.load(ITEMS) - 1);
        }
        assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
        Ok(0)
    });
    returns(program, move |thread| {
        let consumers = [spawn(thread, consumer, 0)?, spawn(thread, consumer, 0)?];
        for _ in 0..2 * rounds(200) {
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
            thread.store(ITEMS, thread.load(ITEMS) + 1);
            assert_eq!(thread.mutex_unlock(MUTEX)?, OK);
            thread.cond_notify(COND, 1)?;
        }
        for consumer in consumers {
            join(thread, consumer)?;
        }
        assert_eq!(thread.load(ITEMS), 0);
        Ok(())
    });
}

#[test]
fn a_waiter_whose_mutexs_owner_ended_is_told() {
    let mut program = Program::new();
    let waiter = program.function(|thread, _| Ok(wait(thread, FOREVER)?.code() as u64));
    let owner = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        assert_eq!(thread.cond_notify(COND, 1)?, 1);
        Ok(0)
    });
    returns(program, move |thread| {
        let waiter = spawn(thread, waiter, 0)?;
        until_waiting(thread, 1)?;
        let owner = spawn(thread, owner, 0)?;
        assert_eq!(join(thread, waiter)?, OwnerDied.code() as u32);
        join(thread, owner)?;
        Ok(())
    });
}

#[test]
fn a_waiter_that_the_guest_made_the_owner_is_told_of_no_deadlock() {
    let mut program = Program::new();
    let waiter = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        thread.fetch_add(WAITING, 1);
        Ok(thread.cond_wait(COND, MUTEX, FOREVER)?.code() as u64)
    });
    returns(program, move |thread| {
        let waiter = spawn(thread, waiter, 0)?;
        until(thread, "it waits", || Ok(thread.load(WAITING) == 1 && thread.load(MUTEX) == 0))?;
        thread.store(MUTEX, waiter as u32);
        assert_eq!(thread.cond_notify(COND, 1)?, 1);
        assert_eq!(join(thread, waiter)?, OK.code() as u32);
        Ok(())
    });
}
