//! summary = "a panic on a child ends the process as aborted, and says so, while main joins that child"
//! clauses = ["end-3", "end-8", "output-6"]
//! requires = ["spawn"]
//! [expect]
//! abort = { thread = 2, message = "panicked at rust/panic.rs:15:9:\nthe weft is torn" }
//! stdout = "before\n"
//! threads = { spawned = 1 }

use raddle_guest::{println, thread};

fn main() {
    println!("before");
    let child = thread::spawn(|| {
        // The line that the message above has.
        panic!("the weft is torn")
    });
    let _: Result<(), _> = child.join();
    println!("after");
}
