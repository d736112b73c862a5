//! A browser with its driver: found, started, told to open pages, and ended with all that belongs to it.
//!
//! [`Kind`] is what is known of each browser, `find` looks for its programs, `driver` is the driver's process, and
//! `session` speaks WebDriver with it.

mod driver;
mod find;
mod kind;
mod living;
mod session;

use std::time::Duration;

use driver::Driver;
pub use kind::Kind;
pub(crate) use living::Living;
use serde_json::Value;
use session::Session;

use crate::{Error, Options};

/// How long a browser may take to say that it is there, and to end by itself.
const ASKED: Duration = Duration::from_secs(3);

/// Looks for a browser and its driver.
pub(crate) fn check(kind: Kind, options: &Options) -> Result<(), Error> {
    find::programs(kind, options).map(drop)
}

/// A browser that runs, with one page open. Dropped, it ends, with its driver, its profile and all that it has started.
///
/// The suite runs its cases in such; tests of other pages start their own.
#[derive(Debug)]
pub struct Browser {
    kind: Kind,
    session: Session,
    // After the session: the folder of the profile goes last.
    driver: Driver,
}

/// When a page counts as open.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Opened {
    /// At once. The suite's server knows when the page has its job.
    Asked,
    /// When its document is there.
    Loaded,
}

impl Browser {
    /// Starts one, with a profile of its own. Scripts that it [runs](Browser::run) may take so long.
    ///
    /// # Errors
    /// When browser or driver is missing, or does not start.
    ///
    /// # Blocking
    /// Until it is there, which takes some seconds.
    pub fn launch(kind: Kind, options: &Options, patience: Duration) -> Result<Browser, Error> {
        let browser = Browser::start(kind, options, Opened::Loaded, &Living::default())?;
        browser.session.set_patience(patience).map_err(|message| browser.broken("start", message))?;
        Ok(browser)
    }

    /// Starts one that [`Living`] can end, too.
    pub(crate) fn start(kind: Kind, options: &Options, opened: Opened, living: &Living) -> Result<Browser, Error> {
        let programs = find::programs(kind, options)?;
        let driver = Driver::start(&programs.driver, living)?;
        let session = Session::begin(kind, &driver, &kind.capabilities(&programs.browser, options, opened))?;
        Ok(Browser { kind, session, driver })
    }

    /// Its name and version, as `Chromium 156.0.8078.108`.
    #[must_use]
    pub fn engine(&self) -> String {
        format!("{} {}", self.kind.title(), self.session.version)
    }

    /// Leaves the page that is open, and opens another.
    ///
    /// # Errors
    /// When the browser does not answer.
    ///
    /// # Blocking
    /// Until the document is there.
    pub fn open(&self, url: &str) -> Result<(), Error> {
        self.session.open(url).map_err(|message| self.broken("open a page", message))
    }

    /// Clicks the element that a CSS selector finds first, as a user does.
    ///
    /// # Errors
    /// When there is none, or none that can be clicked.
    ///
    /// # Blocking
    /// Until it is done.
    pub fn click(&self, selector: &str) -> Result<(), Error> {
        self.session.click(selector).map_err(|message| self.broken("click", format!("{selector}: {message}")))
    }

    /// Runs the body of an asynchronous function in the page that is open, and waits for what it returns. Its arguments
    /// are `args`.
    ///
    /// # Errors
    /// When it throws, takes too long, or the browser does not answer.
    ///
    /// # Blocking
    /// Until it has returned.
    pub fn run(&self, body: &str, args: &[Value]) -> Result<Value, Error> {
        self.session.run(body, args).map_err(|message| self.broken("run a script", message))
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
