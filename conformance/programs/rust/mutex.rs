//! summary = "std's Mutex excludes: of eight threads that add to one number, no addition is lost"
//! clauses = ["memory-1", "waits-12", "litmus-3", "join-2"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "8000\n"
//! threads = { spawned = 8 }

use std::sync::{Arc, Mutex};

use raddle_guest::{println, thread};

fn main() {
    let number = Arc::new(Mutex::new(0));
    let adders = (0..8).map(|_| {
        let number = Arc::clone(&number);
        thread::spawn(move || {
            for turn in 0..1000 {
                let mut guard = number.lock().unwrap();
                let read = *guard;
                if turn % 100 == 0 {
                    // While it holds the lock, so that others have to wait for it.
                    thread::yield_now();
                }
                *guard = read + 1;
            }
        })
    });
    for adder in adders.collect::<Vec<_>>() {
        adder.join().unwrap();
    }
    println!("{}", number.lock().unwrap());
}
