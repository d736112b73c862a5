//! Limits: each answers `AGAIN`, tells the embedder, and gives way when there is room again.

use crate::common::*;
use raddle_runtime_api::{ConfigError, Event, Limit, MAX_THREADS, memory_host::StartError};

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
