//! summary = "park and unpark: two threads take turns a thousand times, and an unpark that comes first is not lost"
//! clauses = ["waits-1", "waits-3", "waits-12", "deadlock-9"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "2000 turns\n"
//! threads = { spawned = 1 }

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use raddle_guest::{
    println,
    thread::{self, Thread},
};

/// Makes every second move, from `first` on, and wakes the other.
fn play(turn: &AtomicU32, first: u32, other: &Thread) {
    for mine in (first..2000).step_by(2) {
        while turn.load(SeqCst) != mine {
            thread::park();
        }
        turn.store(mine + 1, SeqCst);
        other.unpark();
    }
}

fn main() {
    thread::current().unpark();
    thread::park();

    let turn = Arc::new(AtomicU32::new(0));
    let main = thread::current();
    let other = {
        let turn = Arc::clone(&turn);
        thread::spawn(move || play(&turn, 1, &main))
    };
    play(&turn, 0, other.thread());
    other.join().unwrap();
    println!("{} turns", turn.load(SeqCst));
}
