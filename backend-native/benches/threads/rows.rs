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
