//! summary = "std's mpsc: numbers pass through four stages in order, and each stage ends when the one before has"
//! clauses = ["waits-3", "waits-12", "join-2", "memory-1", "output-1"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "500 in order, the last is 2000\n"
//! threads = { spawned = 5 }

use std::sync::mpsc::{Receiver, channel, sync_channel};

use raddle_guest::{println, thread};

/// A thread that adds 1 to whatever comes; every other stage has room for one number only.
fn stage(input: Receiver<u32>, is_narrow: bool) -> Receiver<u32> {
    if is_narrow {
        let (sender, output) = sync_channel(1);
        thread::spawn(move || input.iter().for_each(|number| sender.send(number + 1).unwrap()));
        output
    } else {
        let (sender, output) = channel();
        thread::spawn(move || input.iter().for_each(|number| sender.send(number + 1).unwrap()));
        output
    }
}

fn main() {
    let (sender, first) = channel();
    let source = thread::spawn(move || (0..500).for_each(|turn| sender.send(turn * 4).unwrap()));
    let last = (0..4).fold(first, |input, stage_number| stage(input, stage_number % 2 == 0));
    let numbers: Vec<u32> = last.iter().collect();
    source.join().unwrap();
    assert!(numbers.iter().zip(0..).all(|(number, turn)| *number == turn * 4 + 4));
    println!("{} in order, the last is {}", numbers.len(), numbers.last().unwrap());
}
