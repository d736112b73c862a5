//! A monotonic clock, in the shapes of [`std::time`], whose own panics on this target.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};

pub use std::time::Duration;

use super::host;

/// A moment, as [`std::time::Instant`]. All threads of a process share one clock.
///
/// An `Instant` reaches 2^63 seconds, longer than the universe has existed, to either side of the clock's origin.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// Counted from [`ORIGIN`] before the clock's own, so that it can be earlier than that.
    time: Duration,
}

/// The origin of the host's clock, as an [`Instant`] counts. That origin may be the process's start, and programs subtract more
/// than they have run for.
const ORIGIN: Duration = Duration::from_secs(1 << 63);

impl Instant {
    /// This moment.
    #[must_use]
    pub fn now() -> Instant {
        Instant { time: ORIGIN + host::clock_now() }
    }

    /// The time since `earlier`, zero if that is later.
    #[must_use]
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.saturating_duration_since(earlier)
    }

    /// The time since `earlier`, `None` if that is later.
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.time.checked_sub(earlier.time)
    }

    /// The time since `earlier`, zero if that is later.
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.time.saturating_sub(earlier.time)
    }

    /// The time since this moment.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Instant::now().saturating_duration_since(*self)
    }

    /// That much later, `None` if an `Instant` does not reach so far.
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.time.checked_add(duration).map(|time| Instant { time })
    }

    /// That much earlier, `None` if an `Instant` does not reach so far.
    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        self.time.checked_sub(duration).map(|time| Instant { time })
    }
}

impl fmt::Debug for Instant {
    /// Shows the time since the clock's origin.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time.checked_sub(ORIGIN) {
            Some(after) => write!(f, "Instant({after:?})"),
            None => write!(f, "Instant(-{:?})", ORIGIN - self.time),
        }
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        self.checked_add(duration).expect("a moment that an Instant reaches")
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;

    fn sub(self, duration: Duration) -> Instant {
        self.checked_sub(duration).expect("a moment that an Instant reaches")
    }
}

impl Sub<Instant> for Instant {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_may_be_long_before_the_clock_s_origin() {
        let now = Instant::now();
        let year = Duration::from_secs(365 * 24 * 60 * 60);
        let long_ago = now - 1_000 * year;
        assert_eq!(now - long_ago, 1_000 * year);
        assert!(long_ago < now && long_ago.elapsed() >= 1_000 * year);
        assert_eq!(long_ago + 1_000 * year, now);
        assert_eq!((long_ago.duration_since(now), long_ago.checked_duration_since(now)), (Duration::ZERO, None));

        let mut moving = now;
        moving -= year;
        moving += 2 * year;
        assert_eq!(moving - now, year);
    }

    #[test]
    fn what_cannot_be_said_is_none() {
        let now = Instant::now();
        assert_eq!((now.checked_add(Duration::MAX), now.checked_sub(Duration::MAX)), (None, None));
    }

    #[test]
    fn it_shows_its_distance_from_the_origin() {
        let at = |time| format!("{:?}", Instant { time });
        assert_eq!(at(ORIGIN + Duration::from_millis(1_500)), "Instant(1.5s)");
        assert_eq!(at(ORIGIN - Duration::from_secs(60)), "Instant(-60s)");
    }
}
