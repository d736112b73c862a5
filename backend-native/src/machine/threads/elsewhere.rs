//! Threads of the standard library's.

use std::{io, thread};

use super::StackEnd;

/// Threads with stacks of one size.
#[derive(Debug)]
pub(crate) struct Threads {
    name: &'static str,
    stack_size: usize,
}

/// A thread that is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Joined(Option<thread::JoinHandle<()>>);

impl Drop for Joined {
    fn drop(&mut self) {
        // The panic has been told of.
        let _ = self.0.take().map(thread::JoinHandle::join);
    }
}

impl Threads {
    pub(crate) fn new(name: &'static str, stack_size: usize) -> Threads {
        Threads { name, stack_size }
    }

    /// Starts a thread.
    ///
    /// # Errors
    /// If the system has none.
    pub(crate) fn spawn(&self, run: impl FnOnce(StackEnd) + Send + 'static) -> io::Result<()> {
        let builder = thread::Builder::new().name(self.name.into()).stack_size(self.stack_size);
        builder.spawn(|| run(None)).map(drop)
    }

    /// Starts a thread that is waited for.
    ///
    /// # Errors
    /// If the system has none.
    pub(crate) fn spawn_joined(&self, run: impl FnOnce() + Send + 'static) -> io::Result<Joined> {
        let builder = thread::Builder::new().name(self.name.into()).stack_size(self.stack_size);
        builder.spawn(run).map(|handle| Joined(Some(handle)))
    }
}
