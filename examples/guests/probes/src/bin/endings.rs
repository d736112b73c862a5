//! Every way in which a process can end, one export each. `main` returns.
//!
//! The thread that does it is called `weaver`, but where the name says otherwise it is the main thread.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Barrier};

use raddle_guest::sync::Mutex;
use raddle_guest::{install_panic_hook, process, thread};

fn main() {}

/// Runs the closure on the thread `weaver`, which is not expected to return.
fn on_weaver(f: impl FnOnce() + Send + 'static) {
    thread::Builder::new().name("weaver".into()).spawn(f).expect("a thread from the host").join().unwrap();
}

/// Aborted, with a message that ends in "the shuttle is lost" and names this file and line.
#[unsafe(no_mangle)]
pub extern "C" fn panic_on_main() {
    install_panic_hook();
    panic!("the shuttle is lost"); // panic on main
}

/// Aborted likewise, while main waits to join.
#[unsafe(no_mangle)]
pub extern "C" fn panic_on_child() {
    on_weaver(|| panic!("the shuttle is lost")); // panic on child
}

/// Exited with that code.
#[unsafe(no_mangle)]
pub extern "C" fn exit_on_main(code: i32) {
    process::exit(code)
}

/// Exited with that code, while main waits to join and another thread computes for ever.
#[unsafe(no_mangle)]
pub extern "C" fn exit_on_child(code: i32) {
    thread::spawn(|| spin());
    on_weaver(move || process::exit(code));
}

/// Printed a line; aborted where nobody takes it.
#[unsafe(no_mangle)]
pub extern "C" fn print_on_main() {
    raddle_guest::println!("a line"); // print on main
}

/// Aborted, as `process::abort` says.
#[unsafe(no_mangle)]
pub extern "C" fn abort_on_child() {
    on_weaver(|| process::abort());
}

/// Returned 7, while a thread computes for ever and another sleeps for ever.
#[unsafe(no_mangle)]
pub extern "C" fn return_with_threads() -> i32 {
    thread::spawn(|| spin());
    thread::spawn(thread::park);
    7
}

/// Never ends: for a time-out and a kill to end.
#[unsafe(no_mangle)]
pub extern "C" fn spin() {
    static TURNS: AtomicU32 = AtomicU32::new(0);
    loop {
        TURNS.fetch_add(1, Relaxed);
    }
}

/// Never ends, as `spin`, with every core and a joiner.
#[unsafe(no_mangle)]
pub extern "C" fn spin_on_children() {
    for _ in 0..3 {
        thread::spawn(|| spin());
    }
    on_weaver(|| spin());
}

/// Deadlocked: main waits to be unparked, and nobody is there.
#[unsafe(no_mangle)]
pub extern "C" fn deadlock_parked() {
    // A park may return without reason.
    loop {
        thread::park();
    }
}

/// Deadlocked: `weaver` has the mutex a and waits for b, `winder` the other way round, and main joins `weaver`.
#[unsafe(no_mangle)]
pub extern "C" fn deadlock_crossed() {
    let mutexes = Arc::new((Mutex::new(()), Mutex::new(())));
    let both_have_one = Arc::new(Barrier::new(2));
    let (others, barrier) = (Arc::clone(&mutexes), Arc::clone(&both_have_one));
    let winder = move || {
        let _b = others.1.lock().unwrap();
        barrier.wait();
        let _a = others.0.lock().unwrap();
    };
    drop(thread::Builder::new().name("winder".into()).spawn(winder));
    on_weaver(move || {
        let _a = mutexes.0.lock().unwrap();
        both_have_one.wait();
        let _b = mutexes.1.lock().unwrap();
    });
}

/// Aborted, as a lock of what the thread holds already can never be had.
#[unsafe(no_mangle)]
pub extern "C" fn relock() {
    on_weaver(|| {
        let mutex = Mutex::new(());
        let _first = mutex.lock().unwrap();
        let _second = mutex.lock().unwrap();
    });
}

/// Trapped, as the memory's maximum is reached: `std` has no words for that here, only an `unreachable`.
#[unsafe(no_mangle)]
pub extern "C" fn out_of_memory() {
    on_weaver(|| {
        let mut kept = Vec::new();
        loop {
            kept.push(std::hint::black_box(vec![1u8; 16 << 20]));
        }
    });
}
