//! [`Runs`]: the exchange with the page. It posts a case's id to `/runs`, and is given the run's number; then it asks
//! for that again and again, and is given one job after another, and at last the result.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use raddle_conformance::{Adapter, AdapterError, Description, Job, KnownFailures, Observation, Runner};
use raddle_web_server::axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::{Desk, agent, answer};
use crate::{
    adapter::{GRACE, LOAD},
    site::Jobs,
};

/// The runs that go on.
pub(super) struct Runs {
    jobs: Arc<Jobs>,
    running: Mutex<Running>,
}

#[derive(Default)]
struct Running {
    next: u64,
    /// What is to come of each. Whoever waits for it has taken it out.
    steps: BTreeMap<u64, UnboundedReceiver<Value>>,
}

impl Runs {
    pub(super) fn new(jobs: Arc<Jobs>) -> Runs {
        Runs { jobs, running: Mutex::default() }
    }

    fn begin(&self, steps: UnboundedReceiver<Value>) -> u64 {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.next += 1;
        let number = running.next;
        running.steps.insert(number, steps);
        number
    }

    fn take(&self, number: u64) -> Option<UnboundedReceiver<Value>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).steps.remove(&number)
    }

    fn put_back(&self, number: u64, steps: UnboundedReceiver<Value>) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).steps.insert(number, steps);
    }
}

/// Routes to the runs.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new().route("/runs", post(begin)).route("/runs/{number}", get(next))
}

async fn begin(State(desk): State<Arc<Desk>>, headers: HeaderMap, case: String) -> Result<Response, StatusCode> {
    if desk.settings.suite.case(&case).is_none() {
        return Err(StatusCode::NOT_FOUND);
    }
    let (sender, steps) = mpsc::unbounded_channel();
    let number = desk.runs.begin(steps);
    let backend = agent::describe(&headers);
    let name = format!("by hand {case}");
    let run = move || run(&desk, &case, backend, sender);
    thread::Builder::new().name(name).spawn(run).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(answer(&json!({ "run": number }).to_string()))
}

/// The next job of a run, or its result.
async fn next(State(desk): State<Arc<Desk>>, Path(number): Path<u64>) -> Result<Response, StatusCode> {
    let mut steps = desk.runs.take(number).ok_or(StatusCode::NOT_FOUND)?;
    // A run that panicked has nothing more to say.
    let step = steps.recv().await.ok_or(StatusCode::GONE)?;
    if step.get("result").is_none() {
        desk.runs.put_back(number, steps);
    }
    Ok(answer(&step.to_string()))
}

/// Runs a case as the command does.
fn run(desk: &Desk, case: &str, backend: Description, steps: UnboundedSender<Value>) {
    let Some(case) = desk.settings.suite.case(case) else { return };
    let known = desk.settings.known.clone().or_else(|| KnownFailures::embedded(&backend.name).ok());
    let page = OpenPage { backend: backend.clone(), jobs: Arc::clone(&desk.runs.jobs), steps: steps.clone() };
    let runner = Runner::new(Arc::new(page)).known(known.unwrap_or_default());
    let result = runner.timeout_scale(desk.settings.timeout_scale).run_case(case, &backend);
    let told = json!({ "result": &result });
    desk.keep(result);
    // A page that was closed is told nothing.
    let _ = steps.send(told);
}

/// A page that somebody has open, as the runner sees it.
struct OpenPage {
    backend: Description,
    jobs: Arc<Jobs>,
    steps: UnboundedSender<Value>,
}

impl Adapter for OpenPage {
    fn describe(&self) -> Result<Description, AdapterError> {
        Ok(self.backend.clone())
    }

    fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
        let ticket = self.jobs.add(job)?;
        self.steps.send(json!({ "job": ticket.id })).map_err(|_| AdapterError::new("the page was closed"))?;
        ticket.wait_taken(LOAD)?;
        ticket.wait_answer(job.timeout + GRACE)?.unwrap_or(Ok(Observation::Hung))
    }
}
