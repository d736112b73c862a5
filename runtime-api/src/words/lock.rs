//! A lock in a control word, for the short critical sections of the protocols.
//!
//! The word is 0 when free, 1 when held, 2 when held and a thread may be parked on it: the usual futex lock. It is held
//! for tens of instructions, never while guest code runs, and never while its holder is parked for anything except
//! another such lock. Under a bucket's lock `join_lock` or `notifier_lock` may be taken, and under those no other: so
//! every thread that waits for a lock gets it.

use core::hint::spin_loop;

use crate::host::{Host, Words};

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;

/// How often to look again before parking: about as long as a critical section takes. Few in tests, so that threads do
/// park there.
const SPINS: u32 = if cfg!(test) { 1 } else { 64 };

/// A held lock; dropping it releases it.
pub(crate) struct Lock<'a, H: Host> {
    host: &'a H,
    at: u32,
}

impl<'a, H: Host> Lock<'a, H> {
    /// Takes the lock in word `at`.
    pub(crate) fn acquire(host: &'a H, at: u32) -> Self {
        let words = host.words();
        let mut spins = 0;
        while words.compare_exchange(at, FREE, HELD).is_err() {
            if spins < SPINS {
                spins += 1;
                spin_loop();
                continue;
            }
            // Whoever gets the lock this way leaves CONTENDED in it, since it cannot know that nobody else is parked.
            while words.swap(at, CONTENDED) != FREE {
                host.park(at, CONTENDED, None);
            }
            break;
        }
        Lock { host, at }
    }
}

impl<H: Host> Drop for Lock<'_, H> {
    fn drop(&mut self) {
        if self.host.words().swap(self.at, FREE) == CONTENDED {
            self.host.unpark_one(self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::{
        Config,
        memory_host::{MemoryHost, Program},
    };

    #[test]
    fn it_excludes_and_is_free_in_the_end() {
        let program = Program::new();
        let host = MemoryHost::bare(&Config::new(&program.section, &program.limits).unwrap());
        let (lock, count) = (10, 20);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5000 {
                        let _lock = Lock::acquire(&host, lock);
                        host.words().store(count, host.words().load(count) + 1);
                    }
                });
            }
        });
        assert_eq!((host.words().load(count), host.words().load(lock)), (20_000, FREE));
    }

    #[test]
    fn a_waiter_parks_and_is_woken() {
        let program = Program::new();
        let host = MemoryHost::bare(&Config::new(&program.section, &program.limits).unwrap());
        let held = Lock::acquire(&host, 10);
        thread::scope(|scope| {
            scope.spawn(|| drop(Lock::acquire(&host, 10)));
            while host.words().load(10) != CONTENDED {
                thread::yield_now();
            }
            drop(held);
        });
        assert_eq!(host.words().load(10), FREE);
    }
}
