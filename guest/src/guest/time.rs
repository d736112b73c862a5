//! A monotonic clock, in the shapes of [`std::time`], whose own panics on this target.

use std::ops::{Add, AddAssign, Sub, SubAssign};

pub use std::time::Duration;

use super::host;

/// A point in time, as [`std::time::Instant`]. All threads of a process share one clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    since_origin: Duration,
}

impl Instant {
    /// This moment.
    #[must_use]
    pub fn now() -> Instant {
        Instant { since_origin: host::clock_now() }
    }

    /// The time since `earlier`, zero if that is later.
    #[must_use]
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.saturating_duration_since(earlier)
    }

    /// The time since `earlier`, `None` if that is later.
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.since_origin.checked_sub(earlier.since_origin)
    }

    /// The time since `earlier`, zero if that is later.
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.since_origin.saturating_sub(earlier.since_origin)
    }

    /// The time since this moment.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Instant::now().saturating_duration_since(*self)
    }

    /// That much later, `None` if the clock cannot say it.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.since_origin.checked_add(duration).map(|since_origin| Instant { since_origin })
    }

    /// That much earlier, `None` if that is before the clock's origin.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        self.since_origin.checked_sub(duration).map(|since_origin| Instant { since_origin })
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        self.checked_add(duration).expect("a moment that the clock can say")
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;

    fn sub(self, duration: Duration) -> Instant {
        self.checked_sub(duration).expect("a moment after the clock's origin")
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}
