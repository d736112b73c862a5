//! summary = "a panic on a child ends the process as aborted, and says so, while main joins that child"
//! clauses = ["end-3", "end-8", "output-6"]
//! requires = ["spawn"]
//! [expect]
//! abort = { thread = 2, message = "panicked at rust/panic.rs:20:9:\nthe weft is torn" }
//! stdout = "before\nthe loom is threaded\n"
//! threads = { spawned = 1 }

use std::io::Write;

use raddle_guest::{io, println, thread};

fn main() {
    println!("before");
    let child = thread::spawn(|| {
        // What is written under a lock is not lost.
        let mut out = io::stdout().lock();
        writeln!(out, "the loom is threaded").unwrap();
        // The line that the message above has.
        panic!("the weft is torn")
    });
    let _: Result<(), _> = child.join();
    println!("after");
}
