//! The host's clocks and randomness.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::System;
use crate::abi::{Errno, Result};

/// The host's. Its monotonic clock begins when it is made.
pub(crate) struct Native {
    origin: Instant,
}

impl Native {
    pub(crate) fn new() -> Native {
        Native { origin: Instant::now() }
    }
}

/// A time in 64 bits: they last until the year 2554.
fn nanos(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// Nanoseconds since 1970.
pub(crate) fn realtime() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, nanos)
}

impl System for Native {
    fn realtime(&self) -> u64 {
        realtime()
    }

    fn monotonic(&self) -> u64 {
        // Never 0, which programs take for an error.
        nanos(self.origin.elapsed()) + 1
    }

    fn random(&self, into: &mut [u8]) -> Result<()> {
        getrandom::fill(into).map_err(|_| Errno::Io)
    }
}
