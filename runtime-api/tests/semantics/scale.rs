//! Many threads at once, and many one after another.

use crate::common::*;

const FLAG: u64 = 0x1000;
const COUNT: u64 = 0x1004;

/// How many threads are alive at once.
const THREADS: u32 = rounds(2000) as u32;

/// How many come and go.
const PASSING: u32 = rounds(100_000) as u32;

#[test]
fn two_thousand_threads_are_alive_at_once() {
    let mut program = Program::new();
    let wait = program.function(|thread, _| {
        thread.fetch_add(COUNT, 1);
        thread.notify(COUNT, 1)?;
        wait_for(thread, FLAG).map(u64::from)
    });
    returns(program, move |thread| {
        let ids: Vec<_> = (0..THREADS).map(|_| spawn(thread, wait, 0)).collect::<Result<_, _>>()?;
        loop {
            match thread.load(COUNT) {
                THREADS => break,
                count => drop(thread.wait32(COUNT, count as i32, FOREVER)?),
            }
        }
        let stats = thread.process().stats();
        assert_eq!((stats.live, stats.peak_live, stats.slots_in_use), (THREADS + 1, THREADS + 1, THREADS + 1));
        set(thread, FLAG, 1)?;
        for id in ids {
            assert_eq!(join(thread, id)?, 1);
        }
        Ok(())
    });
}

#[test]
fn a_hundred_thousand_threads_come_and_go() {
    let mut program = Program::new();
    let echo = program.function(|_, arg| Ok(arg));
    returns(program, move |thread| {
        let first = spawn(thread, echo, 0)?;
        join(thread, first)?;
        let memory = thread.process().stats().memory;
        for arg in 0..u64::from(PASSING) {
            let id = spawn(thread, echo, arg)?;
            assert_eq!(u64::from(join(thread, id)?), arg);
        }
        let stats = thread.process().stats();
        assert_eq!((stats.spawned, stats.slots_in_use, stats.memory), (PASSING + 1, 1, memory));
        assert!(stats.peak_live <= 3, "{}", stats.peak_live);
        Ok(())
    });
}
