//! Waiting for what comes from outside a process, in a way that an unpark of the thread's word ends as well.
//!
//! `interests` is what a thread waits for: descriptors and times, which the system knows, and handles, which somebody
//! wakes (`wake_handle`). A thread blocks on its `parker`, which others can call. While it waits, its process's
//! `waiting` finds it by its word. `bell` makes a call visible to the system call that waits for descriptors.
//!
//! When a thread waits, and what ends a wait, is the protocol's: see `outside.md` in `raddle-runtime-api`.

#[cfg(unix)]
mod bell;
mod interests;
mod parker;
mod waiting;
mod wake_handle;

use std::{sync::Arc, time::Duration};

use self::parker::Parker;
pub(crate) use self::waiting::Waiting;
pub use self::{interests::Interests, wake_handle::WakeHandle};

thread_local! {
    /// What this thread blocks on. It waits in one place at a time.
    static PARKER: Arc<Parker> = Arc::default();
}

/// Blocks until any of the interests has come about, the thread is called under its word, or `timeout` has passed. It
/// does not block if the word `has_changed` since the caller looked. Returns whether anything but the time-out ended
/// the wait; that may be nothing.
pub(crate) fn wait(
    interests: &Interests,
    timeout: Option<Duration>,
    waiting: &Waiting,
    word: u32,
    has_changed: impl Fn() -> bool,
) -> bool {
    PARKER.with(|parker| {
        parker.begin();
        let _entry = waiting.enter(word, parker);
        let Some(_watch) = interests.watch(parker) else { return true };
        // After the entry: see `Waiting::call`.
        has_changed() || parker.wait(interests, timeout)
    })
}

/// The same for a thread that belongs to no process.
fn wait_alone(interests: &Interests, timeout: Option<Duration>) -> bool {
    PARKER.with(|parker| {
        parker.begin();
        let Some(_watch) = interests.watch(parker) else { return true };
        parker.wait(interests, timeout)
    })
}
