//! One clock for all agents of a process.
//!
//! An agent's own clock counts from when that agent began; with that time added, all of them tell the time since 1970,
//! without the steps of a clock on the wall. A process's clock counts from its start. Browsers round both, so that two
//! agents differ by some microseconds: the latest time that was told is kept in the control words, and nobody is told
//! an earlier one.

use raddle_runtime_api::Words;

use crate::region::{Region, header};

/// Writes the origin of a new process's clock: milliseconds since 1970.
pub fn set_origin(words: &(impl Words + ?Sized), region: Region, milliseconds: f64) {
    let bits = milliseconds.to_bits();
    words.store(region.word(header::ORIGIN), bits as u32);
    words.store(region.word(header::ORIGIN + 1), (bits >> 32) as u32);
}

/// The origin of a process's clock.
pub fn origin(words: &(impl Words + ?Sized), region: Region) -> f64 {
    let low = words.load(region.word(header::ORIGIN));
    let high = words.load(region.word(header::ORIGIN + 1));
    f64::from_bits(u64::from(low) | u64::from(high) << 32)
}

/// Nanoseconds of a process's clock. An agent whose clock is a little behind the page's counts from 0 all the same.
#[must_use]
pub fn nanoseconds(origin: f64, milliseconds: f64) -> u64 {
    // A float's conversion saturates.
    ((milliseconds - origin) * 1e6) as u64
}

#[cfg(test)]
mod tests {
    use raddle_runtime_api::AtomicWords;

    use super::*;

    #[test]
    fn what_is_set_is_read() {
        let words = AtomicWords::zeroed(128);
        let region = Region::new(0, 1);
        let now = 1_700_000_000_123.456;
        set_origin(&words, region, now);
        assert_eq!(origin(&words, region), now);
        assert_eq!(nanoseconds(now, now + 2.5), 2_500_000);
        assert_eq!(nanoseconds(now, now - 1.0), 0);
    }
}
