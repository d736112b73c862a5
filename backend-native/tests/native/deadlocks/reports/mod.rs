//! Deadlocks of every kind: each report names the threads that wait, what each waits for, where it stands, and the
//! cycles.
//!
//! `circles` has those where threads wait for each other, `notifies` those where a notify is missing, and `lives` those
//! at the edges of a thread's life.

mod circles;
mod lives;
mod notifies;

use raddle_backend_native::{BlockedThread, Outcome, Program, Waiting, cycles};

use crate::common::{guest::guest, outcome, program, rounds};

/// A thread of a report: its id, its name, what it waits for, and the functions that it is in.
type Blocked<'a> = (u32, &'a str, Waiting, &'a [&'a str]);

/// The threads of a deadlock that this program ends in.
#[track_caller]
fn deadlock(program: &Program) -> Vec<BlockedThread> {
    let process = program.process().start().expect("a process");
    let outcome = outcome(&process);
    assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    let Outcome::Deadlocked { threads } = outcome else { panic!("{outcome:?}") };
    threads
}

/// Runs the program a few times: always these threads and these cycles.
#[track_caller]
fn deadlocks(functions: &[&str], body: &str, expected: &[Blocked<'_>], expected_cycles: &[&[u32]]) {
    let program = program(&guest(functions, body));
    for _ in 0..10 * rounds() {
        let threads = deadlock(&program);
        let found: Vec<_> = threads.iter().map(|blocked| (blocked, stack(blocked))).collect();
        let found: Vec<Blocked<'_>> = found
            .iter()
            .map(|(blocked, stack)| (blocked.thread.id, blocked.thread.name.as_str(), blocked.waiting, &stack[..]))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(cycles(&threads), expected_cycles);
    }
}

/// The functions that a thread is in, the innermost first, without what threadify has added.
fn stack(blocked: &BlockedThread) -> Vec<&str> {
    let functions = blocked.backtrace.iter().filter_map(|frame| frame.function.as_deref());
    functions.filter(|name| !name.starts_with("raddle_")).collect()
}

const fn memory(address: u64) -> Waiting {
    Waiting::Memory { address }
}

const fn mutex(address: u64, owner: u32) -> Waiting {
    Waiting::Mutex { address, owner }
}

const fn condvar(address: u64) -> Waiting {
    Waiting::Condvar { address }
}

const fn join(thread: u32) -> Waiting {
    Waiting::Join { thread }
}
