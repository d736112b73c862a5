//! Threads end with locks that they have not dropped. As with `std`, nobody else gets what such a mutex guards, because the
//! thread may have lent it to somebody who still has it. An output lends nothing, so its lock is handed on.
//!
//! In wasm the threads end by the ABI's `thread_exit`, as C code may; natively they return, with the lock leaked. `main` returns
//! 0 if all is as it should be.

use std::sync::mpsc;

use raddle_guest::sync::{Mutex, TryLockError};
use raddle_guest::{println, thread};

static FREE: Mutex<i32> = Mutex::new(1);
static LENT: Mutex<Vec<i32>> = Mutex::new(Vec::new());

fn main() {
    end_with(|| *FREE.lock().unwrap() = 2);
    assert_eq!(*FREE.try_lock().unwrap(), 2);

    // What the thread lent is used for longer than it lives.
    let (give, take) = mpsc::channel();
    end_with(move || {
        let guard = Box::leak(Box::new(LENT.lock().unwrap()));
        give.send(&mut **guard).unwrap();
    });
    let lent: &'static mut Vec<i32> = take.recv().unwrap();
    lent.push(3);
    let would_block = || matches!(LENT.try_lock(), Err(TryLockError::WouldBlock));
    assert!(would_block() && would_block() && thread::spawn(would_block).join().unwrap());
    assert!(!LENT.is_poisoned() && format!("{LENT:?}").contains("<locked>"));
    assert_eq!(*lent, [3]);

    end_with(write_and_keep_the_lock);
    println!("all owners died as they should");
}

/// Runs the closure on a thread that ends right behind it.
fn end_with(f: impl FnOnce() + Send + 'static) {
    let ended = thread::spawn(move || {
        f();
        end_thread();
    });
    // A thread that did not return has no value to give.
    assert_eq!(ended.join().is_err(), cfg!(target_family = "wasm"));
}

#[cfg(target_family = "wasm")]
fn end_thread() {
    #[link(wasm_import_module = "raddle_v1")]
    unsafe extern "C" {
        safe fn thread_exit(value: usize) -> !;
    }
    thread_exit(0)
}

#[cfg(not(target_family = "wasm"))]
fn end_thread() {}

/// What was written comes out, and others can write.
#[cfg(target_family = "wasm")]
fn write_and_keep_the_lock() {
    let mut out = raddle_guest::io::stdout().lock();
    std::io::Write::write_all(&mut out, LAST_WORDS.as_bytes()).unwrap();
    std::mem::forget(out);
}

/// With `std`, nobody could write any more.
#[cfg(not(target_family = "wasm"))]
fn write_and_keep_the_lock() {
    println!("{}", LAST_WORDS.trim_end());
}

const LAST_WORDS: &str = "written under a lock that its thread took to the grave\n";
