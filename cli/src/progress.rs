//! Shows a waiting user what is being done: on standard error, and only if that is a terminal.

use std::{
    fmt::Arguments,
    io::{self, IsTerminal, Write},
};

/// A line that is shown while something is done, and disappears when this is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
}

impl Progress {
    /// Shows what is being done now.
    pub(crate) fn start(what: Arguments<'_>) -> Progress {
        let mut stderr = io::stderr().lock();
        // Progress that cannot be shown is no reason to fail.
        let shown = stderr.is_terminal() && write!(stderr, "raddle: {what} …").and_then(|()| stderr.flush()).is_ok();
        Progress { shown }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            // Back to the line's start, and clear it. Nothing is lost if this fails.
            let _ = io::stderr().write_all(b"\r\x1b[2K");
        }
    }
}
