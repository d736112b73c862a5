//! summary = "process::exit on a child ends those who wait, lock, join and compute, and drops nothing"
//! clauses = ["end-1", "end-7", "end-8", "end-9", "end-12", "end-23"]
//! requires = ["spawn", "kill"]
//! [expect]
//! exit = 42
//! stdout = "all are there\n"
//! threads = { spawned = 4 }

use std::{io::Write, sync::Barrier};

use raddle_guest::{io, print, process, sync::Mutex, thread};

static HELD: Mutex<()> = Mutex::new(());
static ALL_ARE_THERE: Barrier = Barrier::new(4);

struct Loud;

impl Drop for Loud {
    fn drop(&mut self) {
        print!("dropped ");
    }
}

raddle_guest::thread_local! {
    static LOUD: Loud = const { Loud };
}

fn main() {
    let _held = HELD.lock().unwrap();
    let parks = thread::spawn(|| {
        LOUD.with(|_| ());
        ALL_ARE_THERE.wait();
        loop {
            thread::park();
        }
    });
    thread::spawn(|| {
        ALL_ARE_THERE.wait();
        let _held = HELD.lock().unwrap();
    });
    thread::spawn(|| {
        let _loud = Loud;
        ALL_ARE_THERE.wait();
        loop {
            std::hint::spin_loop();
        }
    });
    thread::spawn(|| {
        let _loud = Loud;
        ALL_ARE_THERE.wait();
        // What is written under a lock is not lost.
        let mut out = io::stdout().lock();
        writeln!(out, "all are there").unwrap();
        process::exit(42)
    });
    parks.join().unwrap();
}
