//! What can be said of browsers.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::Value;

use crate::Error;

/// Which browser, how it is started, and which package it is given.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The folder of the package `raddle-web`; the one that is built in this repository unless it is given.
    pub package: Option<PathBuf>,
    /// The browser's program; the one on the PATH unless it is given.
    pub browser: Option<PathBuf>,
    /// The driver's program; the one on the PATH unless it is given.
    pub driver: Option<PathBuf>,
    /// Arguments that the browser gets beyond those of the driver.
    pub args: Vec<String>,
    /// Firefox's preferences, as its page `about:config` has them. Chromium has none that it could be given.
    pub preferences: BTreeMap<String, Value>,
    /// Whether the browser shows its window.
    pub window: bool,
}

impl Options {
    /// Browsers and package as they are found, with no arguments and no window. The fields are public: set what is
    /// otherwise.
    #[must_use]
    pub fn new() -> Options {
        Options::default()
    }

    /// Sets the browser's arguments, as words with quotes as a shell has them.
    ///
    /// # Errors
    /// [`Error::Words`] for a quote that is not closed.
    pub fn words(mut self, words: &str) -> Result<Options, Error> {
        self.args = shlex::split(words).ok_or_else(|| Error::Words { words: words.into() })?;
        Ok(self)
    }
}
