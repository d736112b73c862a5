//! A user-space parking lot, for platforms whose futex has no time-out or that have none.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    time::{Duration, Instant},
};

use parking_lot_core::{DEFAULT_PARK_TOKEN, DEFAULT_UNPARK_TOKEN};

fn key(word: &AtomicU32) -> usize {
    std::ptr::from_ref(word).addr()
}

#[expect(
    unsafe_code,
    reason = "the crate asks that the key be an address of ours and that the callbacks do not call it"
)]
pub(crate) fn park(word: &AtomicU32, expected: u32, timeout: Option<Duration>) {
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    // SAFETY: the key is the address of a word of ours, which nobody else parks on by this crate; the callbacks neither
    // panic nor call into it.
    unsafe {
        parking_lot_core::park(
            key(word),
            || word.load(SeqCst) == expected,
            || {},
            |_, _| {},
            DEFAULT_PARK_TOKEN,
            deadline,
        );
    }
}

#[expect(unsafe_code, reason = "as for park")]
pub(crate) fn unpark_one(word: &AtomicU32) {
    // SAFETY: as in `park`.
    unsafe {
        parking_lot_core::unpark_one(key(word), |_| DEFAULT_UNPARK_TOKEN);
    }
}

#[expect(unsafe_code, reason = "as for park")]
pub(crate) fn unpark_all(word: &AtomicU32) {
    // SAFETY: as in `park`.
    unsafe {
        parking_lot_core::unpark_all(key(word), DEFAULT_UNPARK_TOKEN);
    }
}
