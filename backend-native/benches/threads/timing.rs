//! Medians of rounds that alternate.

use std::time::Duration;

/// How many rounds a figure has.
const ROUNDS: usize = 9;

/// The medians of two things that are timed in turn, after one round of each that is not counted.
pub(crate) fn medians(
    mut ours: impl FnMut() -> Duration,
    mut reference: impl FnMut() -> Duration,
) -> (Duration, Duration) {
    ours();
    reference();
    let (mut our_times, mut reference_times): (Vec<_>, Vec<_>) = (0..ROUNDS).map(|_| (ours(), reference())).unzip();
    our_times.sort();
    reference_times.sort();
    (our_times[ROUNDS / 2], reference_times[ROUNDS / 2])
}
