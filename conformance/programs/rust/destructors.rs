//! summary = "thread-local values are dropped when their thread ends and before its joiner goes on, those that a drop makes too"
//! clauses = ["tls-1", "tls-8", "join-3"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "16 dropped\n"
//! threads = { spawned = 8 }

use std::{
    cell::Cell,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use raddle_guest::{println, thread};

static DROPPED: AtomicU32 = AtomicU32::new(0);

/// Knows the thread that made it.
struct Owned(Cell<u32>);

raddle_guest::thread_local! {
    static FIRST: Owned = const { Owned(Cell::new(0)) };
    static MADE_BY_A_DROP: Owned = const { Owned(Cell::new(0)) };
}

thread_local! {
    static NUMBER: Cell<u32> = const { Cell::new(0) };
}

impl Drop for Owned {
    fn drop(&mut self) {
        assert_eq!(self.0.get(), NUMBER.get(), "it is dropped on its own thread");
        if self.0.get() < 100 {
            NUMBER.set(NUMBER.get() + 100);
            MADE_BY_A_DROP.with(|value| value.0.set(NUMBER.get()));
        }
        DROPPED.fetch_add(1, Relaxed);
    }
}

fn main() {
    for number in 1..=8 {
        let child = thread::spawn(move || {
            NUMBER.set(number);
            FIRST.with(|value| value.0.set(number));
        });
        child.join().unwrap();
        assert_eq!(DROPPED.load(Relaxed), 2 * number);
    }
    println!("{} dropped", DROPPED.load(Relaxed));
}
