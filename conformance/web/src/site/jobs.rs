//! [`Jobs`]: what pages are to run. A page fetches a job and its module, and posts what it saw.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use raddle_conformance::{AdapterError, Job, Observation, read_answer, write_request};
use raddle_web_server::axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};

use crate::Error;

/// The longest answer, in bytes: what a program wrote is in it.
const LONGEST: usize = 64 << 20;

/// The jobs that run.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<Board>);

#[derive(Debug, Default)]
struct Board {
    next: u64,
    running: BTreeMap<u64, Running>,
    stopped: bool,
}

#[derive(Debug)]
struct Running {
    request: String,
    module: Arc<[u8]>,
    told: Sender<Told>,
}

/// What is heard of a page.
#[derive(Debug)]
enum Told {
    /// It has fetched the job.
    Taken,
    /// It has seen the end.
    Answer(String),
}

/// What a page says of its job: what it saw, or that it could not run it.
pub(crate) type Said = Result<Observation, AdapterError>;

/// A job that a page is to run. It is nobody's any more when this is dropped.
#[derive(Debug)]
pub(crate) struct Ticket {
    pub(crate) id: u64,
    jobs: Arc<Jobs>,
    told: Receiver<Told>,
}

impl Jobs {
    /// A new job, for a page to fetch.
    pub(crate) fn add(self: &Arc<Jobs>, job: &Job) -> Result<Ticket, Error> {
        let mut state = self.lock();
        if state.stopped {
            return Err(Error::Interrupted);
        }
        state.next += 1;
        let id = state.next;
        let (told, hears) = mpsc::channel();
        let request = write_request(id, job, &format!("/jobs/{id}/module.wasm"));
        state.running.insert(id, Running { request, module: job.wasm.as_slice().into(), told });
        Ok(Ticket { id, jobs: Arc::clone(self), told: hears })
    }

    /// Nobody waits any more, and there are no new jobs.
    pub(crate) fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        state.running.clear();
    }

    fn with<T>(&self, id: u64, look: impl FnOnce(&Running) -> T) -> Result<T, StatusCode> {
        self.lock().running.get(&id).map(look).ok_or(StatusCode::NOT_FOUND)
    }

    /// The jobs are as good after a panic: nothing is changed in more than one step.
    fn lock(&self) -> MutexGuard<'_, Board> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// Waits until a page has fetched the job: its time begins.
    pub(crate) fn wait_taken(&self, patience: Duration) -> Result<(), Error> {
        match self.told.recv_timeout(patience) {
            Ok(Told::Taken) => Ok(()),
            // A page that could not even load what runs a job.
            Ok(Told::Answer(_)) | Err(RecvTimeoutError::Timeout) => Err(Error::Page { seconds: patience.as_secs() }),
            Err(RecvTimeoutError::Disconnected) => Err(Error::Interrupted),
        }
    }

    /// Waits for what the page says; `None` when it says nothing in that time.
    pub(crate) fn wait_answer(&self, patience: Duration) -> Result<Option<Said>, Error> {
        let until = Instant::now() + patience;
        loop {
            match self.told.recv_timeout(until.saturating_duration_since(Instant::now())) {
                // It was loaded again.
                Ok(Told::Taken) => (),
                Ok(Told::Answer(text)) => return Ok(Some(read_answer(self.id, &text))),
                Err(RecvTimeoutError::Timeout) => return Ok(None),
                Err(RecvTimeoutError::Disconnected) => return Err(Error::Interrupted),
            }
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.jobs.lock().running.remove(&self.id);
    }
}

/// Routes to the jobs.
pub(super) fn router(jobs: Arc<Jobs>) -> Router {
    Router::new()
        .route("/jobs/{id}/request.json", get(request))
        .route("/jobs/{id}/module.wasm", get(module))
        .route("/jobs/{id}/answer", post(answer))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(jobs)
}

async fn request(State(jobs): State<Arc<Jobs>>, Path(id): Path<u64>) -> Result<Response, StatusCode> {
    let request = jobs.with(id, |job| {
        // Whoever waited may have given up just now.
        let _ = job.told.send(Told::Taken);
        job.request.clone()
    })?;
    Ok(fresh("application/json", request))
}

async fn module(State(jobs): State<Arc<Jobs>>, Path(id): Path<u64>) -> Result<Response, StatusCode> {
    let module = jobs.with(id, |job| Arc::clone(&job.module))?;
    Ok(fresh("application/wasm", module.to_vec()))
}

async fn answer(State(jobs): State<Arc<Jobs>>, Path(id): Path<u64>, text: String) -> Result<StatusCode, StatusCode> {
    jobs.with(id, |job| {
        // Whoever waited may have given up just now.
        let _ = job.told.send(Told::Answer(text));
    })?;
    Ok(StatusCode::NO_CONTENT)
}

fn fresh(kind: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response()
}
