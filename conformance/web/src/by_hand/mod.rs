//! The suite as a page, for whoever wants to look: a table of the cases in any browser, which runs those that are
//! clicked.
//!
//! The page asks for a run of a case and is given its jobs, each of which it opens in a frame of its own; the frame is
//! `page/run.html`, as with a driver. The runner and the judge are the suite's own. `runs` is that exchange, `agent`
//! tells browsers by what they call themselves.

mod agent;
mod runs;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use raddle_conformance::{CaseResult, Description, Json, KnownFailures, Report, Suite};
use raddle_web_server::axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use runs::Runs;
use serde_json::json;

use crate::{
    Error, package,
    site::{Jobs, Site},
};

/// What is served, and how its cases are run.
#[derive(Debug)]
pub struct Settings {
    /// The cases.
    pub suite: Suite,
    /// The package's folder; the one that is built in this repository unless it is given.
    pub package: Option<PathBuf>,
    /// The port of this machine; 0 is any that is free.
    pub port: u16,
    /// Every case's time-out is multiplied by this.
    pub timeout_scale: f64,
    /// Cases that are known to fail; those that are built in for the browser unless they are given.
    pub known: Option<KnownFailures>,
}

/// The page, which is served until this is dropped.
#[derive(Debug)]
pub struct ByHand {
    site: Site,
}

impl ByHand {
    /// Serves the page.
    ///
    /// # Errors
    /// When the package is not there, or the port is taken.
    pub fn start(settings: Settings) -> Result<ByHand, Error> {
        let package = package::find(settings.package.as_deref())?;
        let port = settings.port;
        let jobs = Arc::<Jobs>::default();
        let desk = Arc::new(Desk {
            settings,
            runs: Runs::new(Arc::clone(&jobs)),
            results: Mutex::default(),
            begin: Instant::now(),
        });
        Ok(ByHand { site: Site::start(&package, port, jobs, router(desk))? })
    }

    /// Where the page is.
    #[must_use]
    pub fn url(&self) -> String {
        self.site.server.url()
    }
}

impl Drop for ByHand {
    fn drop(&mut self) {
        self.site.jobs.stop();
    }
}

/// What the routes share.
struct Desk {
    settings: Settings,
    runs: Runs,
    /// The last results, in the order in which they came, each case's once.
    results: Mutex<Vec<CaseResult>>,
    begin: Instant,
}

impl Desk {
    /// A case has been run: what was known of it is out of date.
    fn keep(&self, result: CaseResult) {
        let mut results = self.results();
        results.retain(|other| other.id != result.id);
        results.push(result);
    }

    fn report(&self, backend: Description) -> Report {
        let mut results = self.results().clone();
        results.sort_by(|a, b| a.id.cmp(&b.id));
        let is_whole = results.len() == self.settings.suite.cases.len();
        Report::new(backend, results, self.begin.elapsed(), !is_whole)
    }

    /// The list is as good after a panic: a result is there or not.
    fn results(&self) -> MutexGuard<'_, Vec<CaseResult>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/suite.json", get(suite))
        .route("/report.json", get(report))
        .merge(runs::routes())
        .with_state(desk)
}

async fn suite(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Response {
    let suite = &desk.settings.suite;
    let cases = suite.cases.iter().map(|case| {
        json!({
            "id": case.id, "group": case.group(), "summary": case.summary, "clauses": case.clauses,
            "profile": case.profile.name(), "repeat": case.repeat,
        })
    });
    let broken = suite.broken.iter().map(|broken| json!({ "id": broken.id, "error": broken.error.to_string() }));
    let all = json!({
        "browser": agent::describe(&headers).engine,
        "cases": cases.collect::<Vec<_>>(),
        "broken": broken.collect::<Vec<_>>(),
    });
    answer(&all.to_string())
}

/// The results so far, in the form of `conform run --format json`.
async fn report(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Response {
    let report = desk.report(agent::describe(&headers));
    let name = format!("attachment; filename=\"raddle-{}.json\"", report.backend.name);
    ([(header::CONTENT_DISPOSITION, name)], answer(&Json(&report).to_string())).into_response()
}

fn answer(json: &str) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::OK, headers, json.to_owned()).into_response()
}
