//! Threads, in the shapes of [`std::thread`].
//!
//! Every thread is an instance of the module over the one memory, on a thread of the host. The host decides how many there
//! may be, and how large their stacks are if the program does not say.
//!
//! `start` is the way from a closure to a thread of the host and back. `builder`, `join` and `scope` are what programs see of
//! it. `current` is a thread's handle.

mod builder;
mod current;
mod join;
mod scope;
mod start;

use std::cell::Cell;
use std::io;
use std::num::NonZero;
use std::time::Duration;

use super::host;

pub use super::local::{AccessError, LocalKey};
pub use builder::Builder;
pub use current::{Thread, ThreadId, current, park, park_timeout};
pub use join::JoinHandle;
pub use scope::{Scope, ScopedJoinHandle, scope};
pub use std::thread::{Result, panicking};

/// Starts a thread, as [`std::thread::spawn`].
///
/// # Panics
/// When the host gives no thread. [`Builder::spawn`] returns an error instead.
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(f).expect("failed to spawn thread")
}

/// Sleeps for at least that long.
///
/// # Blocking
/// For that long.
pub fn sleep(duration: Duration) {
    host::sleep(duration).unwrap_or_else(|status| panic!("the host cannot sleep: {}", status.name()));
}

/// Lets other threads run.
pub fn yield_now() {
    host::yield_now();
}

/// How many threads can run at the same time: usually, how many processors there are.
///
/// # Errors
/// When the host does not know.
pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    usize::try_from(host::parallelism()).ok().and_then(NonZero::new).ok_or_else(|| {
        io::Error::new(io::ErrorKind::Unsupported, "the host does not know how many threads run at once")
    })
}

/// The calling thread's id in the ABI, never 0: what the word of a locked mutex holds.
#[inline]
pub(crate) fn id() -> u32 {
    std::thread_local! { static ID: Cell<u32> = const { Cell::new(0) } }
    match ID.get() {
        0 => {
            let id = host::thread_id();
            ID.set(id);
            id
        }
        id => id,
    }
}
