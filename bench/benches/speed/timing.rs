//! Rounds that alternate.

use std::time::{Duration, Instant};

use cpu_time::{ProcessTime, ThreadTime};

use crate::row::{Figures, Round, Unit};

/// How many rounds a figure has if one takes some hundredths of a second.
pub(crate) const ROUNDS: usize = 15;

/// Times two things in turn, so many times each, after one round that is not counted.
pub(crate) fn alternate(
    rounds: usize,
    mut raddle: impl FnMut() -> Duration,
    mut reference: impl FnMut() -> Duration,
) -> Figures {
    let mut round = || Round { raddle: raddle().as_secs_f64(), reference: reference().as_secs_f64() };
    round();
    Figures { unit: Unit::Seconds, rounds: (0..rounds).map(|_| round()).collect() }
}

/// Holds something against a limit that stands.
pub(crate) fn against(limit: Duration, rounds: usize, raddle: impl FnMut() -> Duration) -> Figures {
    alternate(rounds, raddle, || limit)
}

/// How long something takes.
pub(crate) fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// For how long this thread has run, without the times when it waited for anything, a processor included. Only
/// differences mean something.
pub(crate) fn thread_run() -> Duration {
    ThreadTime::now().as_duration()
}

/// For how long all threads of this process have run, together.
pub(crate) fn process_run() -> Duration {
    ProcessTime::now().as_duration()
}
