//! A thread's handle, and parking.

use std::fmt;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicU32, AtomicU64};
use std::time::Duration;

use crate::sdk::host;
use crate::sdk::local::{LocalKey, Slot};

std::thread_local! {
    static SLOT: Slot<Thread> = const { Slot::dropped_last() };
}

/// The calling thread's handle. A thread that this crate started has it from the start; any other makes one when asked. It is
/// the only one that the thread ever has, so whoever holds it can unpark the thread: thread-local values are dropped
/// before it, because their destructors may park.
static CURRENT: LocalKey<Thread> = LocalKey::__new(&SLOT, Thread::foreign);

/// The ABI's id of the main thread.
const MAIN: u32 = 1;

/// A handle of a thread, as [`std::thread::Thread`].
#[derive(Clone)]
pub struct Thread {
    inner: Arc<Inner>,
}

struct Inner {
    id: ThreadId,
    name: Option<String>,
    parker: Parker,
}

/// A thread's identity, as [`std::thread::ThreadId`]: no two threads of a process ever have the same.
///
/// It is not the ABI's thread id, which is used again once nobody can name the thread any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(NonZero<u64>);

impl ThreadId {
    fn new() -> ThreadId {
        static LAST: AtomicU64 = AtomicU64::new(0);
        // Relaxed: only that the numbers differ matters. A process does not live to use up 64 bits.
        ThreadId(NonZero::new(LAST.fetch_add(1, Relaxed) + 1).expect("fewer threads than 64 bits can count"))
    }
}

impl Thread {
    pub(super) fn new(name: Option<String>) -> Thread {
        Thread { inner: Arc::new(Inner { id: ThreadId::new(), name, parker: Parker::new() }) }
    }

    /// The handle of a thread that this crate did not start: the main thread, or one that C code started.
    fn foreign() -> Thread {
        Thread::new((super::id() == MAIN).then(|| String::from("main")))
    }

    /// The thread's identity.
    #[must_use]
    pub fn id(&self) -> ThreadId {
        self.inner.id
    }

    /// The name that [`Builder::name`](super::Builder::name) gave it; `main` for the main thread.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.inner.name.as_deref()
    }

    /// Wakes the thread from [`park`], or makes its next park return at once.
    pub fn unpark(&self) {
        self.inner.parker.unpark();
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}

/// The calling thread's handle.
///
/// # Panics
/// When the thread has dropped its thread-local values. Only C code's destructors of TLS keys can still run then.
#[must_use]
pub fn current() -> Thread {
    CURRENT.try_with(Thread::clone).expect("a thread whose values are dropped has no handle any more")
}

/// Makes the handle the calling thread's, which has none yet.
pub(super) fn set_current(thread: Thread) {
    CURRENT.with_first(thread, |late, _| debug_assert!(late.is_none()));
}

/// Blocks until [`Thread::unpark`] is called for this thread; returns at once if it was called since the last park. It may
/// also return for no reason.
///
/// # Panics
/// As [`current`].
///
/// # Blocking
/// Until another thread unparks this one.
pub fn park() {
    current().inner.parker.park(None);
}

/// Like [`park`], but for that long at most.
///
/// # Panics
/// As [`current`].
///
/// # Blocking
/// Until another thread unparks this one, or the time has passed.
pub fn park_timeout(timeout: Duration) {
    current().inner.parker.park(Some(timeout));
}

/// A token that `unpark` puts down and `park` picks up.
///
/// Any thread may go from any state to `TOKEN`; only the thread itself goes to `PARKED`, from `EMPTY`, and back to `EMPTY`.
struct Parker {
    state: AtomicU32,
}

const EMPTY: u32 = 0;
const TOKEN: u32 = 1;
const PARKED: u32 = 2;

impl Parker {
    fn new() -> Parker {
        Parker { state: AtomicU32::new(EMPTY) }
    }

    fn park(&self, timeout: Option<Duration>) {
        if self.state.compare_exchange(EMPTY, PARKED, Relaxed, Relaxed).is_ok() {
            // Sleeps only while nobody has put the token down: the host compares the word before it lets the thread sleep.
            host::wait(&self.state, PARKED, timeout);
        }
        // Acquire pairs with the Release in `unpark`: what was done before it is seen after this.
        self.state.swap(EMPTY, Acquire);
    }

    fn unpark(&self) {
        if self.state.swap(TOKEN, Release) == PARKED {
            host::notify(&self.state, 1);
        }
    }
}
