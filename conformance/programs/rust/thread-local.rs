//! summary = "std's thread_local!: each thread has its own values, as they were initialised, at addresses of its own"
//! clauses = ["tls-15", "tls-16", "tls-17"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "9 threads, 9 places\n"
//! threads = { spawned = 8 }

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    ptr,
    sync::Barrier,
};

use raddle_guest::{println, thread};

#[repr(align(64))]
struct Aligned(Cell<u32>);

thread_local! {
    static CONSTANT: Aligned = const { Aligned(Cell::new(7)) };
    static LAZY: RefCell<Vec<u32>> = RefCell::new(vec![1, 2, 3]);
}

/// Uses this thread's values while all others live, and returns where they are.
fn use_values(number: u32, barrier: &Barrier) -> usize {
    assert_eq!(CONSTANT.with(|value| value.0.replace(number)), 7);
    assert_eq!(LAZY.take(), [1, 2, 3]);
    LAZY.with_borrow_mut(|values| values.push(number));
    barrier.wait();
    assert_eq!(CONSTANT.with(|value| value.0.get()), number);
    assert_eq!(LAZY.take(), [number]);
    let place = CONSTANT.with(|value| ptr::from_ref(value).addr());
    assert_eq!(place % 64, 0);
    barrier.wait();
    place
}

fn main() {
    let barrier = &Barrier::new(9);
    let places = thread::scope(|scope| {
        let others: Vec<_> = (1..9).map(|number| scope.spawn(move || use_values(number, barrier))).collect();
        let mut places = vec![use_values(0, barrier)];
        places.extend(others.into_iter().map(|thread| thread.join().unwrap()));
        places
    });
    println!("{} threads, {} places", places.len(), BTreeSet::from_iter(&places).len());
}
