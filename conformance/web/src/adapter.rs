//! [`BrowserAdapter`]: what the runner calls.

use std::{
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use raddle_conformance::{Adapter, AdapterError, Description, Isolation, Job, Observation};
use raddle_runtime_api::{Capabilities, Capability};
use raddle_web_server::axum::Router;

use crate::{
    Error, Kind, Options,
    browser::{self, Browser, Living, Opened},
    package,
    site::{Jobs, Said, Site},
};

/// How long a page may take to fetch its job.
pub(crate) const LOAD: Duration = Duration::from_secs(30);

/// How long it may take beyond the job's time-out: to start the host module, to compile, and to end what runs.
pub(crate) const GRACE: Duration = Duration::from_secs(10);

/// The web backend in a browser. Each job is run in a page of its own; a browser serves one job at a time and many in
/// turn, and is started when all others are at work. One that hangs or dies is replaced.
#[derive(Debug)]
pub struct BrowserAdapter {
    kind: Kind,
    options: Options,
    site: Site,
    living: Living,
    /// Browsers that have nothing to do.
    idle: Mutex<Vec<Browser>>,
    engine: OnceLock<String>,
    grace: Duration,
}

impl BrowserAdapter {
    /// An adapter with a server of its own, and no browser yet.
    ///
    /// # Errors
    /// When the package is not there, or cannot be served.
    pub fn new(kind: Kind, options: Options) -> Result<BrowserAdapter, Error> {
        let package = package::find(options.package.as_deref())?;
        let site = Site::start(&package, 0, Arc::<Jobs>::default(), Router::new())?;
        let (living, idle, engine) = (Living::default(), Mutex::default(), OnceLock::new());
        Ok(BrowserAdapter { kind, options, site, living, idle, engine, grace: GRACE })
    }

    /// Looks for the browser, its driver and the package, and starts nothing.
    ///
    /// # Errors
    /// The first that is missing.
    pub fn check(kind: Kind, options: &Options) -> Result<(), Error> {
        browser::check(kind, options)?;
        package::find(options.package.as_deref()).map(drop)
    }

    /// Sets how long a page may take beyond a job's time-out until its browser is killed.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> BrowserAdapter {
        self.grace = grace;
        self
    }

    /// A browser that does nothing just now.
    fn browser(&self) -> Result<Browser, Error> {
        if let Some(browser) = self.idle().pop() {
            return Ok(browser);
        }
        let browser = Browser::start(self.kind, &self.options, Opened::Asked, &self.living)?;
        // Each says the same.
        self.engine.get_or_init(|| browser.engine());
        Ok(browser)
    }

    /// What the page said of the job; `None` when it said nothing in time, though the browser is there still.
    fn run_in(&self, browser: &Browser, job: &Job) -> Result<Option<Said>, Error> {
        let ticket = self.site.jobs.add(job)?;
        browser.open(&self.site.page_of(ticket.id))?;
        ticket.wait_taken(LOAD)?;
        let said = ticket.wait_answer(job.timeout + self.grace)?;
        if said.is_none() {
            // A page that is gone has not hung: it crashed.
            browser.check()?;
        }
        Ok(said)
    }

    /// The list is as good after a panic: nothing is changed in more than one step.
    fn idle(&self) -> MutexGuard<'_, Vec<Browser>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Adapter for BrowserAdapter {
    fn describe(&self) -> Result<Description, AdapterError> {
        if self.engine.get().is_none() {
            let browser = self.browser()?;
            self.idle().push(browser);
        }
        Ok(describe(self.kind.name(), self.engine.get().map_or("", String::as_str)))
    }

    fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
        let browser = self.browser()?;
        let said = self.run_in(&browser, job);
        match said {
            Ok(Some(said)) if said != Ok(Observation::Hung) => {
                self.idle().push(browser);
                said
            }
            // What is left of the process may keep the browser busy.
            Ok(_) => {
                browser.kill();
                Ok(Observation::Hung)
            }
            Err(error) => {
                browser.kill();
                Err(error.into())
            }
        }
    }

    fn stop(&self) {
        self.living.kill_all();
        self.site.jobs.stop();
    }
}

/// The most threads that a process has: a page has 480 workers unless it is told otherwise, and some are no threads but
/// look after them.
const THREADS: u32 = 476;

/// The web backend in that browser, as the suite sees it.
pub(crate) fn describe(name: &str, engine: &str) -> Description {
    Description::new(name, engine, env!("CARGO_PKG_VERSION"))
        // A guest's write only adds to what is on its way to the page.
        .capabilities(Capabilities::all().without(Capability::Outside))
        .max_threads(THREADS)
        .isolation(Isolation::OwnPage)
}
