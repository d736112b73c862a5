//! Two threads, each with a lock that the other one wants.

// ANCHOR: program
use std::sync::Barrier;

use raddle_guest::{sync::Mutex, thread};

static WARP: Mutex<u32> = Mutex::new(0);
static WEFT: Mutex<u32> = Mutex::new(0);
static BOTH_HOLD_ONE: Barrier = Barrier::new(2);

fn take(first: &Mutex<u32>, second: &Mutex<u32>) {
    let _first = first.lock().unwrap();
    BOTH_HOLD_ONE.wait();
    let _second = second.lock().unwrap();
}

fn main() {
    let weaver = thread::Builder::new().name("weaver".into());
    let weaver = weaver.spawn(|| take(&WARP, &WEFT)).unwrap();
    take(&WEFT, &WARP);
    weaver.join().unwrap();
}
// ANCHOR_END: program
