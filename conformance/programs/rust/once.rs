//! summary = "std's Once, OnceLock and LazyLock: of eight threads that come at once, one initialises and all see what it wrote"
//! clauses = ["waits-12", "memory-1", "litmus-3"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "1 1 1\n"
//! threads = { spawned = 8 }

use std::sync::{
    LazyLock, Once, OnceLock,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use raddle_guest::{println, thread};

static COUNTS: [AtomicU32; 3] = [const { AtomicU32::new(0) }; 3];

static ONCE: Once = Once::new();
static ONCE_LOCK: OnceLock<Vec<u32>> = OnceLock::new();
static LAZY_LOCK: LazyLock<Vec<u32>> = LazyLock::new(|| initialise(2));

/// Takes its time, so that the others come while it runs.
fn initialise(which: usize) -> Vec<u32> {
    let numbers = (0..100).inspect(|_| thread::yield_now()).collect();
    COUNTS[which].fetch_add(1, Relaxed);
    numbers
}

fn main() {
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                ONCE.call_once(|| drop(initialise(0)));
                assert_eq!(COUNTS[0].load(Relaxed), 1);
                assert_eq!(ONCE_LOCK.get_or_init(|| initialise(1)).iter().sum::<u32>(), 4950);
                assert_eq!(LAZY_LOCK.iter().sum::<u32>(), 4950);
            });
        }
    });
    let [once, once_lock, lazy_lock] = COUNTS.each_ref().map(|count| count.load(Relaxed));
    println!("{once} {once_lock} {lazy_lock}");
}
