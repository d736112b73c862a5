//! A browser with its driver: found, started, told to open pages, and ended with all that belongs to it.
//!
//! [`Kind`] is what is known of each browser, `find` looks for its programs, `driver` is the driver's process, and `session` speaks WebDriver with it.

mod driver;
mod find;
mod kind;
mod living;
mod session;

use std::time::Duration;

use driver::Driver;
pub use kind::Kind;
pub(crate) use living::Living;
use session::Session;

use crate::{Error, Options};

/// How long a browser may take to say that it is there, and to end by itself.
const ASKED: Duration = Duration::from_secs(3);

/// Looks for a browser and its driver.
pub(crate) fn check(kind: Kind, options: &Options) -> Result<(), Error> {
    find::programs(kind, options).map(drop)
}

/// A browser that runs. Dropped, it ends, with its driver, its profile and all that it has started.
#[derive(Debug)]
pub(crate) struct Browser {
    kind: Kind,
    session: Session,
    // After the session: the folder of the profile goes last.
    driver: Driver,
}

impl Browser {
    /// Starts one, with a profile of its own.
    pub(crate) fn start(kind: Kind, options: &Options, living: &Living) -> Result<Browser, Error> {
        let programs = find::programs(kind, options)?;
        let driver = Driver::start(&programs.driver, living)?;
        let session = Session::begin(kind, &driver, &kind.capabilities(&programs.browser, options))?;
        Ok(Browser { kind, session, driver })
    }

    /// Its name and version, as `Chromium 156.0.8078.108`.
    pub(crate) fn engine(&self) -> String {
        format!("{} {}", self.kind.title(), self.session.version)
    }

    /// Leaves the page that is open, and opens another.
    pub(crate) fn open(&self, url: &str) -> Result<(), Error> {
        self.session.open(url).map_err(|message| self.broken("open a page", message))
    }

    /// Whether the page that is open still answers: a browser can live on when a page of it has crashed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.session.check(ASKED).map_err(|message| self.broken("answer for its page", message))
    }

    fn broken(&self, doing: &'static str, message: String) -> Error {
        Error::Browser { name: self.kind.title(), doing, message }
    }

    /// Ends it at once: it is not asked.
    pub(crate) fn kill(self) {
        self.driver.kill();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if self.driver.lives() {
            // It is killed if it does not.
            let _ = self.session.end(ASKED);
        }
    }
}
