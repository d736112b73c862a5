//! What a program serves that can show the suite as a page.

use std::{any::Any, fmt, path::PathBuf};

use crate::{KnownFailures, Suite};

/// What to serve.
#[derive(Debug)]
#[non_exhaustive]
pub struct Pages {
    /// The cases.
    pub suite: Suite,
    /// The cases that the backend is known to fail; by default the browser's built-in list.
    pub known: Option<KnownFailures>,
    /// The folder of the package raddle-web, if it is given.
    pub package: Option<PathBuf>,
    /// The port on this machine; 0 picks a free one.
    pub port: u16,
    /// Every case's time-out is multiplied by this.
    pub timeout_scale: f64,
}

/// Pages that are served until this is dropped.
pub struct Served {
    /// Where they are.
    pub url: String,
    /// What serves them.
    pub server: Box<dyn Any + Send>,
}

impl fmt::Debug for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Served").field("url", &self.url).finish_non_exhaustive()
    }
}
