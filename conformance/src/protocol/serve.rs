//! The program's side of the protocol, for adapters in Rust.

use std::{
    io::{self, BufRead, Write},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use serde::Serialize;

use super::{DescribeAnswer, Request, RunAnswer, RunRequest, VERSION};
use crate::{
    adapter::{Adapter, AdapterError},
    run::run_bounded,
};

/// How long after a job's time-out an adapter is given up. The suite waits longer.
const GRACE: Duration = Duration::from_secs(1);

/// Answers requests on standard input until that ends: the `main` of an adapter that is a program of its own.
///
/// ```no_run
/// # use std::sync::Arc;
/// # use raddle_conformance::{Adapter, AdapterError, Description, Job, Observation, serve};
/// # struct MyAdapter;
/// # impl Adapter for MyAdapter {
/// #     fn describe(&self) -> Result<Description, AdapterError> { todo!() }
/// #     fn run(&self, job: &Job) -> Result<Observation, AdapterError> { todo!() }
/// # }
/// fn main() -> std::io::Result<()> {
///     serve(Arc::new(MyAdapter))
/// }
/// ```
///
/// When standard input ends, it returns at once, whatever is still running: no one is left to answer. `main` should
/// then return, too.
///
/// # Errors
/// If standard input cannot be read, or standard output cannot be written.
///
/// # Blocking
/// Until standard input ends.
pub fn serve(adapter: Arc<dyn Adapter>) -> io::Result<()> {
    let (ended, end) = mpsc::channel();
    let output = Arc::new(Mutex::new(io::stdout()));
    let failed = ended.clone();
    // Lines are read on a thread of their own and each run has one, too: so the end of the input is seen while
    // something runs.
    thread::Builder::new().name("conform input".into()).spawn(move || {
        let result = io::stdin().lock().lines().try_for_each(|line| answer(&adapter, &line?, &output, &failed));
        // Nobody listens when another thread was first.
        let _ = ended.send(result);
    })?;
    end.recv().unwrap_or(Ok(()))
}

type Output = Arc<Mutex<io::Stdout>>;

fn answer(
    adapter: &Arc<dyn Adapter>,
    line: &str,
    output: &Output,
    failed: &mpsc::Sender<io::Result<()>>,
) -> io::Result<()> {
    match serde_json::from_str(line) {
        Ok(Request::Describe { .. }) => match adapter.describe() {
            Ok(description) => write(output, &DescribeAnswer { protocol: VERSION, description }),
            Err(error) => write(output, &RunAnswer::new(0, Err(error))),
        },
        Ok(Request::Run(request)) => {
            let (adapter, output, failed) = (Arc::clone(adapter), Arc::clone(output), failed.clone());
            let run = move || {
                if let Err(error) = write(&output, &run(&adapter, *request)) {
                    // Nobody listens when another thread was first.
                    let _ = failed.send(Err(error));
                }
            };
            thread::Builder::new().name("conform run".into()).spawn(run).map(drop)
        }
        Err(error) => {
            write(output, &RunAnswer::new(0, Err(AdapterError::new(format!("not a request: {error}: {line}")))))
        }
    }
}

fn run(adapter: &Arc<dyn Adapter>, request: RunRequest) -> RunAnswer {
    let id = request.id;
    let job = request.into_job().map_err(|error| AdapterError::new(format!("cannot take the job: {error}")));
    RunAnswer::new(id, job.and_then(|job| run_bounded(adapter, &job, GRACE)))
}

/// Writes an answer as one line.
fn write(output: &Output, answer: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    output.write_all(&line)?;
    output.flush()
}
