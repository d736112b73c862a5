//! summary = "a guard that is leaked keeps its mutex locked when its thread has ended: a try answers that, and a lock ends the process"
//! clauses = ["mutex-11", "end-3", "end-8", "output-6"]
//! requires = ["spawn"]
//! [expect]
//! abort = { thread = 1, message = "panicked at rust/leaked-guard.rs:35:15:\nthis mutex stays locked for ever: a thread ended while holding it, without dropping its guard" }
//! stdout = "it would block, whoever asks\nlent: 41\n"
//! threads = { spawned = 2 }

#![forbid(unsafe_code)]

use std::sync::mpsc;

use raddle_guest::{
    println,
    sync::{Mutex, TryLockError},
    thread,
};

static DATA: Mutex<u32> = Mutex::new(41);

fn main() {
    // The thread ends, and what its guard lends goes on living here.
    let (give, take) = mpsc::channel::<&'static mut u32>();
    let owner = thread::spawn(move || {
        let guard = Box::leak(Box::new(DATA.lock().unwrap()));
        give.send(guard).unwrap();
    });
    owner.join().unwrap();
    let lent = take.recv().unwrap();

    let would_block = || matches!(DATA.try_lock(), Err(TryLockError::WouldBlock));
    assert!(would_block() && would_block() && thread::spawn(would_block).join().unwrap());
    println!("it would block, whoever asks");
    println!("lent: {lent}");
    drop(DATA.lock());
    println!("lent twice");
}
