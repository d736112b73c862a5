//! Why cases cannot be run in a browser.

use std::{io, path::PathBuf};

use raddle_conformance::AdapterError;

/// Why a case cannot be run in a browser. The text begins with the stable [`code`](Error::code).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The browser is not installed.
    #[error("CW0001: {name} is not installed{}; {get}, or name one with --browser", looked_at(.path.as_ref()))]
    NoBrowser {
        /// The browser.
        name: &'static str,
        /// Where it was expected.
        path: Option<PathBuf>,
        /// How to get it.
        get: &'static str,
    },
    /// The browser's driver is missing.
    #[error("CW0002: {browser} is installed, but not its driver {name}{}; {get}, or name one with --driver", looked_at(.path.as_ref()))]
    NoDriver {
        /// The browser.
        browser: &'static str,
        /// The driver.
        name: &'static str,
        /// Where it was expected.
        path: Option<PathBuf>,
        /// How to get it.
        get: &'static str,
    },
    /// The package is missing.
    #[error("CW0003: the package raddle-web is missing{}; build it with `cargo xtask web`, or name its folder with --package", looked_at(.path.as_ref()))]
    NoPackage {
        /// Where it was expected.
        path: Option<PathBuf>,
    },
    /// The driver cannot be started, or does not listen.
    #[error("CW0004: the driver {} does not start: {message}", path.display())]
    DriverStart {
        /// The driver.
        path: PathBuf,
        /// What went wrong, or its last output.
        message: String,
    },
    /// The driver cannot start the browser.
    #[error("CW0005: {name} does not start: {message}{hint}")]
    BrowserStart {
        /// The browser.
        name: &'static str,
        /// What the driver said.
        message: String,
        /// What helps, if that is known.
        hint: &'static str,
    },
    /// The browser or its driver has died or does not answer.
    #[error("CW0006: {name} does not {doing}: {message}")]
    Browser {
        /// The browser.
        name: &'static str,
        /// What it was asked to do, such as `open a page`.
        doing: &'static str,
        /// What the driver said.
        message: String,
    },
    /// The page did not fetch its job.
    #[error(
        "CW0007: the page did not load within {seconds} s: check that the package is complete and the machine is not too busy"
    )]
    Page {
        /// How long the suite waited for it.
        seconds: u64,
    },
    /// The pages cannot be served.
    #[error("CW0008: the pages cannot be served: {0}")]
    Server(#[from] raddle_web_server::Error),
    /// The folder for a profile cannot be created.
    #[error("CW0009: cannot create a folder for the browser's profile: {0}")]
    Profile(io::Error),
    /// The arguments cannot be split into words.
    #[error("CW0010: --browser-args: a quote is not closed: {words}")]
    Words {
        /// What was given.
        words: String,
    },
    /// The run was interrupted.
    #[error("CW0011: the run was interrupted")]
    Interrupted,
}

impl Error {
    /// The stable code, such as `CW0003`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::NoBrowser { .. } => "CW0001",
            Error::NoDriver { .. } => "CW0002",
            Error::NoPackage { .. } => "CW0003",
            Error::DriverStart { .. } => "CW0004",
            Error::BrowserStart { .. } => "CW0005",
            Error::Browser { .. } => "CW0006",
            Error::Page { .. } => "CW0007",
            Error::Server(_) => "CW0008",
            Error::Profile(_) => "CW0009",
            Error::Words { .. } => "CW0010",
            Error::Interrupted => "CW0011",
        }
    }
}

impl From<Error> for AdapterError {
    fn from(error: Error) -> AdapterError {
        AdapterError::new(error.to_string())
    }
}

fn looked_at(path: Option<&PathBuf>) -> String {
    path.map_or(String::new(), |path| format!(" at {}", path.display()))
}
