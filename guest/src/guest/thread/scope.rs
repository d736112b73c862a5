//! Threads that borrow.

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use super::join::Joinable;
use super::start::{Wishes, start};
use super::{Result, Thread};
use crate::sdk::host;

/// A scope for threads that borrow, as [`std::thread::Scope`].
pub struct Scope<'scope, 'env: 'scope> {
    threads: Arc<Threads>,
    /// Invariant in both: a longer scope must not pass for a shorter one, nor the other way round.
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// The threads that a scope has to wait for. It waits until they no longer borrow anything, not until they have ended.
#[derive(Default)]
struct Threads {
    /// How many are running. The owner waits on this word and does not park, so a scope takes no token that the program's own
    /// code has put down for a park.
    running: AtomicU32,
}

impl Threads {
    /// # Panics
    /// When there are so many that the count might wrap, so that the scope would end while they run. No host has that many
    /// ids; only threads that C code ends, and that are never counted down, can get there.
    fn begin(&self) {
        // Relaxed: the owner itself or a running thread of the scope begins another, so the count is not 0 meanwhile.
        if self.running.fetch_add(1, Relaxed) > u32::MAX / 2 {
            self.end();
            panic!("a scope has too many threads");
        }
    }

    fn end(&self) {
        // Release pairs with the Acquire in `wait`: all that the thread did is over when the scope ends.
        if self.running.fetch_sub(1, Release) == 1 {
            host::notify(&self.running, 1);
        }
    }

    fn wait(&self) {
        loop {
            match self.running.load(Acquire) {
                0 => return,
                running => host::wait(&self.running, running, None),
            }
        }
    }
}

/// Runs `f`, which may start threads that borrow from outside, and returns when all of them have run their closures, as
/// [`std::thread::scope`].
///
/// A thread whose closure has run may still be busy dropping its thread-local values. It counts as a live thread until it has
/// ended; [`ScopedJoinHandle::join`] waits for that.
///
/// # Blocking
/// Until every closure has run.
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    /// Waits when `f` unwinds, too, in a program that is built to.
    struct WaitAtEnd(Arc<Threads>);

    impl Drop for WaitAtEnd {
        fn drop(&mut self) {
            self.0.wait();
        }
    }

    let threads = Arc::<Threads>::default();
    let scope = Scope { threads: Arc::clone(&threads), scope: PhantomData, env: PhantomData };
    let _wait = WaitAtEnd(threads);
    f(&scope)
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that may borrow what outlives the scope.
    ///
    /// # Panics
    /// When the host gives no thread. [`Builder::spawn_scoped`](super::Builder::spawn_scoped) returns an error instead.
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.start(Wishes::default(), f).expect("failed to spawn thread")
    }

    pub(super) fn start<F, T>(&'scope self, wishes: Wishes, f: F) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.threads.begin();
        let threads = Arc::clone(&self.threads);
        // SAFETY: what `f` and its value borrow outlives 'scope, and `scope` does not return before `end` was called.
        let joinable = unsafe { start(wishes, f, move || threads.end()) };
        if joinable.is_err() {
            self.threads.end();
        }
        joinable.map(|joinable| ScopedJoinHandle { joinable, scope: PhantomData })
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("running", &self.threads.running).finish_non_exhaustive()
    }
}

/// The right to join a thread of a scope, as [`std::thread::ScopedJoinHandle`].
pub struct ScopedJoinHandle<'scope, T> {
    joinable: Joinable<T>,
    scope: PhantomData<&'scope ()>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread has ended and its thread-local values are dropped, and gives its value.
    ///
    /// # Errors
    /// As [`JoinHandle::join`](super::JoinHandle::join).
    ///
    /// # Blocking
    /// Until the thread's end.
    pub fn join(self) -> Result<T> {
        self.joinable.join()
    }

    /// The thread's handle.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        self.joinable.thread()
    }

    /// Whether the thread has run its closure.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.joinable.is_finished()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use crate::sdk::sync::Mutex;
    use crate::sdk::thread::scope;
    use crate::test_host;

    #[test]
    fn what_is_borrowed_may_go_when_the_scope_has_returned() {
        test_host::run(|| {
            for _ in 0..10 {
                let (words, mut sum, log) =
                    (vec![String::from("warp"), String::from("weft")], 0, Mutex::new(Vec::new()));
                scope(|scope| {
                    let (words, log) = (&words, &log);
                    // Nobody joins these, so the scope's end alone says when they have.
                    scope.spawn(|| sum = words.iter().map(String::len).sum());
                    scope.spawn(move || scope.spawn(move || log.lock().unwrap().push(&words[1])));
                });
                assert_eq!((sum, &log.into_inner().unwrap()[..]), (8, &[&words[1]][..]));
            }
        });
    }

    #[test]
    fn a_value_that_borrows_and_that_nobody_takes_is_dropped_before_the_scope_returns() {
        struct Counts<'a>(&'a Mutex<u32>);

        impl Drop for Counts<'_> {
            fn drop(&mut self) {
                *self.0.lock().unwrap() += 1;
            }
        }

        test_host::run(|| {
            for _ in 0..10 {
                let dropped = Mutex::new(0);
                scope(|scope| {
                    let (captured, dropped) = (Counts(&dropped), &dropped);
                    scope.spawn(move || {
                        let _captured = &captured;
                        Counts(dropped)
                    });
                });
                assert_eq!(dropped.into_inner().unwrap(), 2);
            }
        });
    }
}
