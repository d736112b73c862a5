//! Philosophers at a round table, each a thread, with a fork between any two. Who eats needs both forks beside the plate.
//!
//! ```text
//! raddle run philosophers.wasm                        all eat, as they take the forks in one order
//! raddle run --entry deadlock philosophers.wasm       each takes the fork on the left and waits for the one on the right
//! ```

use std::sync::Barrier;

use raddle_guest::{println, sync::Mutex, thread};

const PHILOSOPHERS: [&str; 5] = ["Plato", "Hypatia", "Confucius", "Avicenna", "Spinoza"];
const SEATS: usize = PHILOSOPHERS.len();
const MEALS: u32 = 100;

/// Each counts how often it was eaten with. That of a seat's number lies left of it.
static FORKS: [Mutex<u32>; SEATS] = [const { Mutex::new(0) }; SEATS];

fn main() {
    seat(|seat| {
        let (left, right) = (seat, (seat + 1) % SEATS);
        for _ in 0..MEALS {
            // The last one takes the right fork first: so there is no ring in which all wait.
            eat(left.min(right), left.max(right), || {});
        }
    });
    let uses: u32 = FORKS.iter().map(|fork| *fork.lock().unwrap()).sum();
    println!("{SEATS} philosophers have had {} meals", uses / 2);
}

/// Ends in a deadlock, always.
#[unsafe(no_mangle)]
pub extern "C" fn deadlock() {
    let all_have_one = Barrier::new(SEATS);
    seat(|seat| eat(seat, (seat + 1) % SEATS, || drop(all_have_one.wait())));
}

/// Has every philosopher do something, and waits for all.
fn seat(dine: impl Fn(usize) + Sync) {
    thread::scope(|scope| {
        for (seat, name) in PHILOSOPHERS.into_iter().enumerate() {
            let dine = &dine;
            let builder = thread::Builder::new().name(name.into());
            builder.spawn_scoped(scope, move || dine(seat)).expect("a thread from the host");
        }
    });
}

/// Takes two forks, with something between, and eats. Not inlined, so that a report of the deadlock names it.
#[inline(never)]
fn eat(first: usize, second: usize, between: impl FnOnce()) {
    let mut first = FORKS[first].lock().unwrap();
    between();
    let mut second = FORKS[second].lock().unwrap();
    *first += 1;
    *second += 1;
}
