//! Starts threads and joins them, one at a time: what a thread leaves behind adds up.
//!
//! `main` does it 100,000 times; `spawn_join` and `spawn_detached` take the number. They return 0, or 1 for a wrong result.

use std::process::ExitCode;
use std::sync::Arc;

use raddle_guest::sync::{Condvar, Mutex};
use raddle_guest::{println, thread};

const COUNT: i32 = 100_000;

fn main() -> ExitCode {
    let code = spawn_join(COUNT);
    println!("{COUNT} threads started and joined");
    ExitCode::from(code as u8)
}

/// Each thread returns its number.
#[unsafe(no_mangle)]
pub extern "C" fn spawn_join(count: i32) -> i32 {
    let sum = (0..count).map(|number| i64::from(thread::spawn(move || number).join().unwrap())).sum::<i64>();
    i32::from(sum != i64::from(count) * (i64::from(count) - 1) / 2)
}

/// Nobody joins; each thread says that it is about to end, and the next begins then.
#[unsafe(no_mangle)]
pub extern "C" fn spawn_detached(count: i32) -> i32 {
    let ended = Arc::new((Mutex::new(0), Condvar::new()));
    for number in 0..count {
        let other = Arc::clone(&ended);
        drop(thread::spawn(move || {
            *other.0.lock().unwrap() += 1;
            other.1.notify_one();
        }));
        drop(ended.1.wait_while(ended.0.lock().unwrap(), |ended| *ended <= number).unwrap());
    }
    let ended = *ended.0.lock().unwrap();
    i32::from(ended != count)
}
