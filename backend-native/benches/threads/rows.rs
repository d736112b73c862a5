//! The table's rows.

use std::time::Duration;

use crate::{guests, native, timing::medians};

/// One comparison.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// Measures raddle's figure and the reference's.
    pub(crate) measure: fn() -> (Duration, Duration),
}

/// Every comparison.
pub(crate) const ALL: &[Row] = &[
    Row { name: "spawn + join, against std::thread", measure: spawn_join },
    Row { name: "two wake-ups, against std::thread::park", measure: wake_native },
    Row { name: "two wake-ups, against the wait instructions", measure: wake_engine },
    Row { name: "uncontended mutex, against std::sync::Mutex", measure: uncontended },
    Row { name: "contended mutex, against std::sync::Mutex", measure: contended },
    Row { name: "100 threads from a kill to the outcome, against 10 ms", measure: stop },
    Row { name: "a spawn among 10,000 live threads, against among 10", measure: crowd },
];

fn spawn_join() -> (Duration, Duration) {
    let program = guests::program(guests::SPAWN_JOIN);
    medians(|| guests::time_each(&program, 2000), || native::spawn_join(2000))
}

fn wake_native() -> (Duration, Duration) {
    let program = guests::program(guests::PING_PONG);
    medians(|| guests::time_each(&program, 10_000), || native::ping_pong(10_000))
}

fn wake_engine() -> (Duration, Duration) {
    let program = guests::program(guests::PING_PONG);
    medians(|| guests::time_each(&program, 10_000), || native::engine_ping_pong(10_000))
}

fn uncontended() -> (Duration, Duration) {
    let program = guests::program(&guests::uncontended());
    medians(|| guests::time_each(&program, 2_000_000), || native::uncontended(2_000_000))
}

fn contended() -> (Duration, Duration) {
    let program = guests::program(guests::CONTENDED);
    medians(|| guests::time_each(&program, 400_000), || native::contended(400_000))
}

/// From the kill of 100 threads, half of them computing and half waiting, until they have all stopped.
fn stop() -> (Duration, Duration) {
    let program = guests::program(guests::STOPPED);
    medians(|| guests::time_stop(&program, 100), || Duration::from_millis(10))
}

fn crowd() -> (Duration, Duration) {
    let program = guests::program(guests::CROWD);
    medians(|| guests::time_each(&program, 10_000), || guests::time_each(&program, 10))
}
