//! The report of a deadlock: which thread waits for what, and in which cycles.

use alloc::{collections::BTreeMap, vec::Vec};
use core::fmt;

use super::{Frame, ThreadLabel, trap::write_backtrace};

/// What a blocked thread waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Waiting {
    /// A notify of an address.
    Memory {
        /// The address.
        address: u64,
    },
    /// A mutex.
    Mutex {
        /// The mutex's address.
        address: u64,
        /// The id of the thread that holds it, 0 if none does.
        owner: u32,
    },
    /// A condition variable.
    Condvar {
        /// The condition variable's address.
        address: u64,
    },
    /// Another thread's end.
    Join {
        /// That thread's id.
        thread: u32,
    },
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Waiting::Memory { address } => write!(f, "waits for a notify of address {address:#x}"),
            Waiting::Mutex { address, owner: 0 } => write!(f, "waits for the mutex at {address:#x}"),
            Waiting::Mutex { address, owner } => {
                write!(f, "waits for the mutex at {address:#x}, which thread {owner} holds")
            }
            Waiting::Condvar { address } => write!(f, "waits on the condition variable at {address:#x}"),
            Waiting::Join { thread } => write!(f, "joins thread {thread}"),
        }
    }
}

/// A thread that is blocked for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BlockedThread {
    /// The thread.
    pub thread: ThreadLabel,
    /// What it waits for.
    pub waiting: Waiting,
    /// The functions that were running, the innermost first; empty if the host cannot tell, and for threads beyond the
    /// first few dozen.
    pub backtrace: Vec<Frame>,
}

impl BlockedThread {
    /// A blocked thread without a backtrace.
    #[must_use]
    pub const fn new(thread: ThreadLabel, waiting: Waiting) -> BlockedThread {
        BlockedThread { thread, waiting, backtrace: Vec::new() }
    }
}

/// What it waits for, and the backtrace on lines below.
impl fmt::Display for BlockedThread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.thread, self.waiting)?;
        write_backtrace(f, &self.backtrace)
    }
}

impl Waiting {
    /// The only thread that could end the wait, if there is certain to be only one: a mutex's owner, or the thread
    /// being joined.
    #[must_use]
    pub const fn on_thread(&self) -> Option<u32> {
        match *self {
            Waiting::Mutex { owner, .. } if owner != 0 => Some(owner),
            Waiting::Join { thread } => Some(thread),
            _ => None,
        }
    }
}

/// The cycles among blocked threads, as ids: each thread of a cycle waits for the next, and the last for the first. A
/// cycle begins with its lowest id, and the cycles are ordered by those. A deadlock need not have a cycle: the missing
/// notify might have come from any thread.
#[must_use]
pub fn cycles(threads: &[BlockedThread]) -> Vec<Vec<u32>> {
    let next: BTreeMap<u32, u32> =
        threads.iter().filter_map(|blocked| Some((blocked.thread.id, blocked.waiting.on_thread()?))).collect();
    // Each thread waits for one other at most, so a walk meets each thread once: in which walk, says this.
    let mut met: BTreeMap<u32, u32> = BTreeMap::new();
    let mut cycles = Vec::new();
    for &start in next.keys() {
        let mut at = start;
        while !met.contains_key(&at) {
            met.insert(at, start);
            match next.get(&at) {
                Some(&to) => at = to,
                None => break,
            }
        }
        if next.contains_key(&at) && met.get(&at) == Some(&start) {
            cycles.push(cycle_from(&next, at));
        }
    }
    // A walk that began outside may have met a later cycle first.
    cycles.sort();
    cycles
}

/// The cycle that a thread is in, starting from its lowest id.
fn cycle_from(next: &BTreeMap<u32, u32>, member: u32) -> Vec<u32> {
    let mut ids = Vec::new();
    let mut at = member;
    while !ids.contains(&at) {
        ids.push(at);
        at = next.get(&at).copied().unwrap_or(member);
    }
    let lowest = (0..ids.len()).min_by_key(|&place| ids[place]).unwrap_or(0);
    ids.rotate_left(lowest);
    ids
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn blocked(id: u32, waiting: Waiting) -> BlockedThread {
        BlockedThread::new(ThreadLabel::unnamed(id), waiting)
    }

    fn mutex(owner: u32) -> Waiting {
        Waiting::Mutex { address: 8, owner }
    }

    #[test]
    fn cycles_are_found_once_each_and_begin_with_the_lowest_id() {
        let threads = [
            blocked(1, Waiting::Join { thread: 3 }),
            blocked(2, mutex(4)),
            blocked(3, mutex(2)),
            blocked(4, Waiting::Join { thread: 3 }),
            blocked(5, mutex(6)),
            blocked(6, mutex(5)),
            blocked(7, mutex(6)),
        ];
        assert_eq!(cycles(&threads), [vec![2, 4, 3], vec![5, 6]]);
    }

    #[test]
    fn cycles_are_in_order_whoever_else_waits_for_them() {
        let threads = [
            blocked(1, mutex(4)),
            blocked(2, mutex(3)),
            blocked(3, mutex(2)),
            blocked(4, mutex(5)),
            blocked(5, mutex(4)),
        ];
        assert_eq!(cycles(&threads), [[2, 3], [4, 5]]);
    }

    #[test]
    fn what_ends_outside_is_no_cycle() {
        let threads = [
            blocked(1, Waiting::Join { thread: 2 }),
            blocked(2, Waiting::Memory { address: 8 }),
            blocked(3, mutex(0)),
            // Its owner is no thread of the report.
            blocked(4, mutex(99)),
            blocked(5, Waiting::Condvar { address: 8 }),
        ];
        assert_eq!(cycles(&threads), Vec::<Vec<u32>>::new());
        assert_eq!(cycles(&[]), Vec::<Vec<u32>>::new());
    }
}
