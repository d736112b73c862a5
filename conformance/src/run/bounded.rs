//! A call of an adapter that comes back, whatever the adapter does.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    thread,
};

use super::GRACE;
use crate::adapter::{Adapter, AdapterError, Job, Observation};

/// Runs a job on a thread of its own. If there is no answer long after the time-out, that thread is given up: an adapter in this process
/// cannot be ended, and the next case does not wait for it.
pub(super) fn run(adapter: &Arc<dyn Adapter>, job: &Job) -> Result<Observation, AdapterError> {
    let (answer, answered) = mpsc::sync_channel(1);
    let (adapter, job_there) = (Arc::clone(adapter), job.clone());
    let run = move || {
        let result = catch_unwind(AssertUnwindSafe(|| adapter.run(&job_there)));
        // Nobody listens any more if this came too late.
        let _ = answer.send(result);
    };
    let name = format!("conform {}", job.id);
    thread::Builder::new()
        .name(name)
        .spawn(run)
        .map_err(|error| AdapterError::new(format!("no thread for the adapter: {error}")))?;
    match answered.recv_timeout(job.timeout + GRACE) {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(AdapterError::new(format!("the adapter panicked: {}", message(&*panic)))),
        Err(_) => Ok(Observation::Hung),
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
