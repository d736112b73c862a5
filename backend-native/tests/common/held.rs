//! What processes hold of the host: stores, and threads of the operating system.

use std::{cell::OnceCell, sync::Arc};

use super::until;

/// Counts what the processes hold whose threads' stores have a [`Hold`] of it.
#[derive(Debug, Clone, Default)]
pub struct Held(Arc<Tokens>);

/// What is held has a clone of one of these, so that to count it is to count clones.
#[derive(Debug, Default)]
struct Tokens {
    store: Arc<()>,
    os_thread: Arc<()>,
}

/// In a thread's store, as the embedder's data.
#[derive(Debug)]
pub struct Hold {
    _store: Arc<()>,
}

thread_local! {
    /// On an OS thread, as long as that lives. It is of one runtime's, and a test counts one runtime's.
    static OS_THREAD: OnceCell<Arc<()>> = const { OnceCell::new() };
}

impl Held {
    /// Counts the calling thread and the store that this is put into.
    pub fn hold(&self) -> Hold {
        OS_THREAD.with(|thread| drop(thread.get_or_init(|| self.0.os_thread.clone()).clone()));
        Hold { _store: self.0.store.clone() }
    }

    /// How many stores there are.
    pub fn stores(&self) -> usize {
        Arc::strong_count(&self.0.store) - 1
    }

    /// How many OS threads there are that ran a guest thread, idle ones included.
    pub fn os_threads(&self) -> usize {
        Arc::strong_count(&self.0.os_thread) - 1
    }

    /// Waits until the OS threads have gone: those without work go with their runtime, which must be dropped.
    #[track_caller]
    pub fn await_os_threads_gone(&self) {
        until("every OS thread is idle, so it goes", || self.os_threads() == 0);
    }
}
