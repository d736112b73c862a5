//! The kernel's futex.

use std::{sync::atomic::AtomicU32, time::Duration};

use rustix::thread::{
    Timespec,
    futex::{self, Flags},
};

pub(crate) fn park(word: &AtomicU32, expected: u32, timeout: Option<Duration>) {
    let timeout = timeout.map(|timeout| Timespec {
        tv_sec: timeout.as_secs().try_into().unwrap_or(i64::MAX),
        tv_nsec: timeout.subsec_nanos().into(),
    });
    // Every error (a changed word, a time-out, a signal) means the same: look again.
    let _ = futex::wait(word, Flags::PRIVATE, expected, timeout.as_ref());
}

pub(crate) fn unpark_one(word: &AtomicU32) {
    let _ = futex::wake(word, Flags::PRIVATE, 1);
}

pub(crate) fn unpark_all(word: &AtomicU32) {
    // The kernel takes the count as a signed number.
    let _ = futex::wake(word, Flags::PRIVATE, i32::MAX.unsigned_abs());
}
