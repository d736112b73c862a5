//! summary = "std's Barrier: eight threads go through fifty rounds together, with one leader in each"
//! clauses = ["waits-5", "waits-12", "deadlock-9", "litmus-3"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "50 leaders\n"
//! threads = { spawned = 8 }

use std::sync::{
    Barrier,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use raddle_guest::{println, thread};

const THREADS: usize = 8;
const ROUNDS: u32 = 50;

fn main() {
    let barrier = Barrier::new(THREADS);
    let leaders = AtomicU32::new(0);
    // The round that each thread is in: the barrier makes the relaxed stores visible.
    let rounds = [const { AtomicU32::new(0) }; THREADS];
    thread::scope(|scope| {
        for mine in &rounds {
            scope.spawn(|| {
                for round in 1..=ROUNDS {
                    mine.store(round, Relaxed);
                    leaders.fetch_add(u32::from(barrier.wait().is_leader()), Relaxed);
                    assert!(rounds.iter().all(|other| other.load(Relaxed) == round));
                    // Nobody begins the next round before all have looked.
                    barrier.wait();
                }
            });
        }
    });
    println!("{} leaders", leaders.load(Relaxed));
}
