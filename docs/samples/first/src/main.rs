//! The first program: four threads, one number each.

// ANCHOR: program
use raddle_guest::{println, thread};

fn main() {
    let threads: Vec<_> = (1..=4).map(|number| thread::spawn(move || number * number)).collect();
    let squares: Vec<i32> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    println!("{squares:?} add up to {}", squares.iter().sum::<i32>());
}
// ANCHOR_END: program
