//! summary = "two threads that lock two mutexes crosswise are found, with who waits for whom, while main joins one of them"
//! clauses = ["deadlock-1", "deadlock-2", "deadlock-3", "output-6"]
//! requires = ["spawn", "deadlock-report"]
//! [expect]
//! stdout = "both have one\n"
//! threads = { spawned = 2 }
//! [expect.deadlock]
//! threads = [{ id = 1, for = "join", thread = 2 }, { id = 2, for = "mutex", owner = 3 }, { id = 3, for = "mutex", owner = 2 }]
//! cycles = [[2, 3]]

use std::sync::Barrier;

use raddle_guest::{println, sync::Mutex, thread};

static LEFT: Mutex<()> = Mutex::new(());
static RIGHT: Mutex<()> = Mutex::new(());
static BOTH_HAVE_ONE: Barrier = Barrier::new(2);

fn lock(first: &Mutex<()>, second: &Mutex<()>) {
    let _first = first.lock().unwrap();
    if BOTH_HAVE_ONE.wait().is_leader() {
        println!("both have one");
    }
    let _second = second.lock().unwrap();
}

fn main() {
    let a = thread::spawn(|| lock(&LEFT, &RIGHT));
    let b = thread::spawn(|| lock(&RIGHT, &LEFT));
    a.join().unwrap();
    b.join().unwrap();
}
