//! A thread that ends while it holds locks leaves poison, not a deadlock: the next to lock gets the mutex and is told.
//!
//! In wasm the thread ends by the ABI's `thread_exit`, as C code may; natively by a panic. `main` returns 0 if all is as it
//! should be.

use std::io::Write;
use std::sync::Arc;

use raddle_guest::sync::{Condvar, Mutex, TryLockError};
use raddle_guest::{io, println, thread};

fn main() {
    let data = Arc::new(Mutex::new(1));
    end_with(&data, |data| *data.lock().unwrap() = 2);
    assert!(!data.is_poisoned());

    // Held at the end: whoever waits, tries or comes later is told.
    let waiter = thread::spawn({
        let data = Arc::clone(&data);
        move || {
            while !data.is_poisoned() {
                match data.try_lock() {
                    Err(TryLockError::Poisoned(_)) => break,
                    Ok(_) | Err(TryLockError::WouldBlock) => thread::yield_now(),
                }
            }
        }
    });
    end_with(&data, |data| {
        let mut guard = data.lock().unwrap();
        *guard = 3;
        // Ends here, with the guard.
        end_thread();
    });
    let guard = data.lock().unwrap_err().into_inner();
    assert_eq!(*guard, 3);
    drop(guard);
    waiter.join().unwrap();
    assert!(data.is_poisoned() && data.lock().is_err() && matches!(data.try_lock(), Err(TryLockError::Poisoned(_))));
    data.clear_poison();
    assert_eq!(*data.lock().unwrap(), 3);

    // Held at the end while another sleeps on its condition variable: that one is told when it has the mutex again.
    let shared = Arc::new((Mutex::new(false), Condvar::new()));
    let sleeper = thread::spawn({
        let shared = Arc::clone(&shared);
        move || {
            let mut asleep = shared.0.lock().unwrap();
            *asleep = true;
            shared.1.wait_while(asleep, |asleep| *asleep).is_err()
        }
    });
    while !*shared.0.lock().unwrap() {
        thread::yield_now();
    }
    end_with(&shared, |shared| {
        let mut asleep = shared.0.lock().unwrap();
        *asleep = false;
        shared.1.notify_all();
        end_thread();
    });
    assert!(sleeper.join().unwrap());

    // The lock of standard output is given on, without poison, and what was written comes out.
    end_with(&data, |_| {
        let mut out = io::stdout().lock();
        out.write_all(b"written under a lock that its thread took to the grave\n").unwrap();
        end_thread();
    });
    println!("all owners died as they should");
}

/// Runs the closure on a thread and ends that there: its join has no value to give.
fn end_with<T: Send + Sync + 'static>(shared: &Arc<T>, f: impl FnOnce(&T) + Send + 'static) {
    let shared = Arc::clone(shared);
    let ended = thread::spawn(move || {
        f(&shared);
        end_thread();
    });
    assert!(ended.join().is_err());
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
fn end_thread() {
    panic!("the thread ends, with all that it holds");
}
