//! Waiting for a thread's end.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use raddle_runtime_api::abi::Status;

use super::{Result, Thread};
use crate::sdk::host;
use crate::sdk::sync::Mutex;

/// A thread's value, once it has one.
type Value<T> = Arc<Mutex<Option<T>>>;

/// The right to join a thread: used up by [`join`](Self::join), given up by dropping it.
pub(super) struct Joinable<T> {
    /// `None` once the right is used up.
    tid: Option<u32>,
    thread: Thread,
    value: Value<T>,
    /// `std`'s handles are not unwind-safe. If these were, a program could build on it that does not build natively.
    not_unwind_safe: PhantomData<Box<dyn Any + Send + Sync>>,
}

impl<T> Joinable<T> {
    pub(super) fn new(tid: u32, thread: Thread, value: Value<T>) -> Joinable<T> {
        Joinable { tid: Some(tid), thread, value, not_unwind_safe: PhantomData }
    }

    pub(super) fn join(mut self) -> Result<T> {
        let tid = self.tid.take().expect("a right to join is used once");
        match host::join(tid) {
            Ok(()) => {}
            Err(Status::Deadlock) => {
                panic!("joining this thread would wait for ever: it waits for the caller, or is the caller")
            }
            Err(status) => panic!("the host refused to join a thread: {}", status.name()),
        }
        // The host's join orders the thread's writes before this.
        let value = self.value.lock().unwrap_or_else(|error| error.into_inner()).take();
        value.ok_or_else(|| Box::new("the thread ended by a call of the host, without a value") as _)
    }

    pub(super) fn thread(&self) -> &Thread {
        &self.thread
    }

    pub(super) fn is_finished(&self) -> bool {
        // Letting go of the value's place is the last thing that the thread does with its closure.
        Arc::strong_count(&self.value) == 1
    }
}

impl<T> Drop for Joinable<T> {
    fn drop(&mut self) {
        if let Some(tid) = self.tid {
            // Nobody else has the right to join, so the host still knows the thread.
            let _ = host::detach(tid);
        }
    }
}

/// The right to join a thread, as [`std::thread::JoinHandle`]. Dropping it detaches the thread.
pub struct JoinHandle<T>(pub(super) Joinable<T>);

// SAFETY: whoever starts a thread has shown that its value may be sent, so that is known of the value in every handle.
unsafe impl<T> Send for JoinHandle<T> {}
// SAFETY: as for `Send`; a shared handle does not lend the value.
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// Waits until the thread has ended and its thread-local values are dropped, and gives its value.
    ///
    /// # Errors
    /// When the thread ended without a value, because C code called `raddle_thread_exit`. A thread that panics ends the process.
    ///
    /// # Panics
    /// When the thread is the caller or waits for it.
    ///
    /// # Blocking
    /// Until the thread's end.
    pub fn join(self) -> Result<T> {
        self.0.join()
    }

    /// The thread's handle.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        self.0.thread()
    }

    /// Whether the thread has run its closure. Then a join takes next to no time.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
