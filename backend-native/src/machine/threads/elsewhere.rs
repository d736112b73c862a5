//! Threads of the standard library's.

use std::{io, thread};

use super::StackEnd;

/// Threads with stacks of one size.
#[derive(Debug)]
pub(crate) struct Threads {
    name: &'static str,
    stack_size: usize,
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
}
