//! A thread that panics.

// ANCHOR: program
use raddle_guest::thread;

fn pick(yarns: &[&str], number: usize) -> usize {
    yarns[number].len()
}

fn main() {
    let weaver = thread::Builder::new().name("weaver".into());
    let weaver = weaver.spawn(|| pick(&["linen", "wool"], 2)).unwrap();
    weaver.join().unwrap();
}
// ANCHOR_END: program
