//! summary = "std's RwLock: readers read together, writers write alone, and nobody sees half a change"
//! clauses = ["memory-1", "waits-12", "litmus-3", "spawn-4"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "400 changes\n"
//! threads = { spawned = 6 }

use std::sync::{
    RwLock,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use raddle_guest::{println, thread};

/// Two numbers that are equal whenever nobody writes.
static PAIR: RwLock<(u32, u32)> = RwLock::new((0, 0));

/// How many readers are inside.
static INSIDE: AtomicU32 = AtomicU32::new(0);

fn read_together() {
    let pair = PAIR.read().unwrap();
    INSIDE.fetch_add(1, SeqCst);
    // Ends only if all four are inside at once.
    while INSIDE.load(SeqCst) < 4 {
        thread::yield_now();
    }
    assert_eq!(pair.0, pair.1);
}

fn main() {
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                read_together();
                while PAIR.read().unwrap().0 < 400 {
                    let pair = PAIR.read().unwrap();
                    assert_eq!(pair.0, pair.1);
                    drop(pair);
                    thread::yield_now();
                }
            });
        }
        for _ in 0..2 {
            scope.spawn(|| {
                while INSIDE.load(SeqCst) < 4 {
                    thread::yield_now();
                }
                for _ in 0..200 {
                    let mut pair = PAIR.write().unwrap();
                    pair.0 += 1;
                    thread::yield_now();
                    pair.1 += 1;
                }
            });
        }
    });
    println!("{} changes", PAIR.read().unwrap().1);
}
