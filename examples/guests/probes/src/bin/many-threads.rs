//! Many threads alive at once, all asleep on one condition variable, then all released.
//!
//! `main` has 2,000; `many_threads` takes the number. It returns how many were alive at once.

use std::process::ExitCode;
use std::sync::Arc;

use raddle_guest::sync::{Condvar, Mutex};
use raddle_guest::{println, thread};

const COUNT: i32 = 2_000;

fn main() -> ExitCode {
    let alive = many_threads(COUNT);
    println!("{alive} threads alive at once");
    ExitCode::from(u8::from(alive != COUNT))
}

#[derive(Default)]
struct Gate {
    state: Mutex<State>,
    arrived: Condvar,
    opened: Condvar,
}

#[derive(Default)]
struct State {
    waiting: i32,
    open: bool,
}

/// Returns how many threads waited at the gate at once.
#[unsafe(no_mangle)]
pub extern "C" fn many_threads(count: i32) -> i32 {
    let gate = Arc::new(Gate::default());
    let wait = |gate: Arc<Gate>| {
        let mut state = gate.state.lock().unwrap();
        state.waiting += 1;
        gate.arrived.notify_one();
        drop(gate.opened.wait_while(state, |state| !state.open).unwrap());
    };
    let spawn = |_| {
        let gate = Arc::clone(&gate);
        thread::Builder::new().stack_size(64 * 1024).spawn(move || wait(gate)).expect("a thread from the host")
    };
    let threads = (0..count).map(spawn).collect::<Vec<_>>();

    let mut state = gate.arrived.wait_while(gate.state.lock().unwrap(), |state| state.waiting < count).unwrap();
    let alive = state.waiting;
    state.open = true;
    drop(state);
    gate.opened.notify_all();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    alive
}
