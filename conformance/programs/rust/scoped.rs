//! summary = "scoped threads sort the two halves of what their parent borrowed to them, down to pieces of a few numbers"
//! clauses = ["spawn-8", "spawn-14", "join-1", "memory-1"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "10000 sorted\n"
//! threads = { spawned = 14 }

use raddle_guest::{println, thread};

/// Sorts with so many generations of children.
fn sort(numbers: &mut [u32], generations: u32) {
    if generations == 0 {
        return numbers.sort_unstable();
    }
    let (left, right) = numbers.split_at_mut(numbers.len() / 2);
    thread::scope(|scope| {
        scope.spawn(|| sort(left, generations - 1));
        scope.spawn(|| sort(right, generations - 1));
    });
    let merged = merge(left, right);
    numbers.copy_from_slice(&merged);
}

fn merge(mut left: &[u32], mut right: &[u32]) -> Vec<u32> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    while let ([first_left, rest_left @ ..], [first_right, rest_right @ ..]) = (left, right) {
        if first_left <= first_right {
            merged.push(*first_left);
            left = rest_left;
        } else {
            merged.push(*first_right);
            right = rest_right;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    merged
}

fn main() {
    // 7919 is prime, so each number from 0 to 9999 is there once.
    let mut numbers: Vec<u32> = (0..10_000).map(|number| number * 7919 % 10_000).collect();
    sort(&mut numbers, 3);
    assert!(numbers.iter().zip(0..).all(|(number, place)| *number == place));
    println!("{} sorted", numbers.len());
}
