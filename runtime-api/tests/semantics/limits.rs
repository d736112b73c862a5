//! Limits: each tells the embedder, answers `AGAIN` and gives way when there is room again; or it is the end.

use std::time::Duration;

use crate::common::*;
use raddle_runtime_api::{ConfigError, Event, Limit, MAX_THREADS, Stream, TrapKind, memory_host::StartError};

const FLAG: u64 = 0x1000;

#[test]
fn threads_that_live_or_were_not_joined_count() {
    let mut program = Program::new();
    program.limits.max_threads = Some(3);
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    let process = program
        .start(move |thread| {
            let ids = [spawn(thread, wait, 0)?, spawn(thread, wait, 0)?];
            assert_eq!(thread.thread_spawn(wait, 0, 0, 0)?, Again);
            set(thread, FLAG, 1)?;
            until(thread, "they end", || Ok(thread.process().stats().live == 1))?;
            assert_eq!(thread.thread_spawn(wait, 0, 0, 0)?, Again, "nobody has joined them");
            join(thread, ids[0])?;
            let id = spawn(thread, wait, 0)?;
            join(thread, id)?;
            join(thread, ids[1])?;
            assert!(thread.thread_parallelism() <= 3);
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    let reached = Event::LimitReached { limit: Limit::Threads, value: 3 };
    assert_eq!(process.host().events().iter().filter(|event| **event == reached).count(), 2);
    assert_eq!((process.stats().spawned, process.stats().peak_live), (3, 3));
}

#[test]
fn instances_of_live_threads_count() {
    let mut program = Program::new();
    program.section.instance_size = 1000;
    program.limits.max_instance_memory = Some(2999);
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    let process = program
        .start(move |thread| {
            let id = spawn(thread, wait, 0)?;
            assert_eq!(thread.thread_spawn(wait, 0, 0, 0)?, Again);
            set(thread, FLAG, 1)?;
            until(thread, "it ends", || Ok(thread.process().stats().live == 1))?;
            let another = spawn(thread, wait, 0)?;
            join(thread, id)?;
            join(thread, another)?;
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(reached(&process, Limit::InstanceMemory, 2999), 1);
    assert_eq!((process.stats().spawned, process.stats().peak_live, process.stats().slots_in_use), (2, 2, 0));
}

#[test]
fn main_needs_an_instance_too() {
    let start = |max_instance_memory| {
        let mut program = Program::new();
        program.section.instance_size = 1000;
        program.limits.max_instance_memory = Some(max_instance_memory);
        program.start(|_| Ok(vec![]))
    };
    assert_eq!(start(1000).unwrap().wait(None), Some(Outcome::Returned(vec![])));
    let error = start(999).unwrap_err();
    assert!(matches!(error, StartError::Config(ConfigError::Instance { needed: 1000, limit: 999 })), "{error}");
}

#[test]
fn main_alone_is_a_process_too() {
    let mut program = Program::new();
    program.limits.max_threads = Some(1);
    returns(program, |thread| {
        assert_eq!(thread.thread_spawn(1, 0, 0, 0)?, Again);
        assert_eq!(thread.thread_parallelism(), 1);
        Ok(())
    });
}

#[test]
fn limits_that_make_no_sense_are_refused_before_anything_runs() {
    for max_threads in [0, MAX_THREADS + 1, u32::MAX] {
        let mut program = Program::new();
        program.limits.max_threads = Some(max_threads);
        let error = program.start(|_| unreachable!("it does not start")).unwrap_err();
        assert!(matches!(error, StartError::Config(ConfigError::Threads { found }) if found == max_threads));
    }
}

const MUTEX: u64 = 0x1010;
const COND: u64 = 0x1014;

/// How often each limit was reached.
fn reached(process: &Process<MemoryHost>, limit: Limit, value: u64) -> usize {
    let event = Event::LimitReached { limit, value };
    process.host().events().iter().filter(|found| **found == event).count()
}

/// One way to wait for long, with the mutex held by another thread.
type Wait = fn(&Guest, i64) -> Call<()>;

const WAITS: [Wait; 5] = [
    |thread, timeout| thread.wait32(FLAG, 0, timeout).map(drop),
    |thread, timeout| thread.mutex_lock(MUTEX, timeout).map(drop),
    |thread, timeout| {
        let _ = thread.mutex_lock(MUTEX + 0x20, FOREVER)?;
        thread.cond_wait(COND, MUTEX + 0x20, timeout).map(drop)
    },
    |thread, timeout| thread.thread_join(2, timeout, 0).map(drop),
    |thread, timeout| thread.thread_sleep(if timeout < 0 { i64::MAX } else { timeout }).map(drop),
];

/// Runs a process in which a thread waits, beside one that only sleeps and holds the mutex.
fn waiting(wait: Wait, timeout: i64, max_wait: Duration) -> Process<MemoryHost> {
    const HELD: u64 = FLAG + 4;
    let mut program = Program::new();
    program.limits.max_wait = Some(max_wait);
    let keeper = program.function(|thread, _| {
        assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, OK);
        set(thread, HELD, 1)?;
        // In pieces that no limit forbids.
        while !thread.has_ended() {
            let _ = thread.thread_sleep(1000)?;
        }
        Ok(0)
    });
    let waiter = program.function(move |thread, _| {
        wait_for(thread, HELD)?;
        wait(thread, timeout).map(|()| 0)
    });
    let process = program
        .start(move |thread| {
            spawn(thread, keeper, 0)?;
            let id = spawn(thread, waiter, 0)?;
            while thread.thread_join(id, 0, 0)? == TimedOut {
                thread.thread_yield()?;
            }
            Ok(vec![])
        })
        .unwrap();
    process.wait(None).expect("no deadline");
    process
}

#[test]
fn a_wait_that_takes_too_long_is_a_trap() {
    for wait in WAITS {
        for timeout in [FOREVER, i64::MAX, 3600 * 1000 * MS] {
            let process = waiting(wait, timeout, Duration::from_millis(5));
            let Some(Outcome::Trapped { thread, trap }) = process.outcome() else { panic!("{:?}", process.outcome()) };
            assert_eq!((thread.id, trap.kind), (3, TrapKind::WaitLimit));
            assert!(trap.message.contains("limit on waits"), "{trap:?}");
            assert_eq!(reached(&process, Limit::WaitTime, 5_000_000), 1);
            assert_given_back(&process);
        }
    }
}

#[test]
fn a_wait_within_the_limit_times_out() {
    for wait in WAITS {
        let process = waiting(wait, MS, Duration::from_secs(3600));
        assert_eq!(process.outcome(), Some(Outcome::Returned(vec![])));
        assert_eq!(reached(&process, Limit::WaitTime, 3600 * 1_000_000_000), 0);
    }
}

#[test]
fn a_deadlock_is_found_before_the_limit_on_waits() {
    let mut program = Program::new();
    program.limits.max_wait = Some(Duration::from_secs(3600));
    let outcome = program.run(|thread| thread.wait32(FLAG, 0, FOREVER).map(|_| vec![]));
    assert_eq!(outcome.name(), "deadlocked");
}

#[test]
fn output_is_refused_whole_when_there_would_be_too_much() {
    let mut program = Program::new();
    program.limits.max_output = Some(10);
    let process = program
        .start(|thread| {
            assert_eq!(thread.write(1, 0, 6)?, OK);
            assert_eq!(thread.write(2, 0, 5)?, Again);
            assert_eq!(thread.write(9, 0, 5)?, Invalid, "what is written nowhere does not count");
            assert_eq!(thread.write(1, u64::MAX, 5)?, Fault);
            assert_eq!(thread.write(2, 0, 4)?, OK);
            assert_eq!(thread.write(1, 0, 0)?, OK, "nothing is always within");
            assert_eq!(thread.write(1, 0, 1)?, Again);
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    let written = [Stream::Stdout, Stream::Stderr].map(|stream| process.host().output(stream).len());
    assert_eq!((written, reached(&process, Limit::Output, 10)), ([6, 4], 2));
}

#[test]
fn threads_share_the_limit_on_output() {
    let mut program = Program::new();
    program.limits.max_output = Some(100);
    let writes = program.function(|thread, _| {
        while thread.write(1, 0, 3)? == OK {}
        Ok(0)
    });
    let process = program
        .start(move |thread| {
            let ids = [spawn(thread, writes, 0)?, spawn(thread, writes, 0)?];
            for id in ids {
                join(thread, id)?;
            }
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(process.host().output(Stream::Stdout).len(), 99);
}
