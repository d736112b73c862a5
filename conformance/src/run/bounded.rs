//! A call to an adapter that returns in time, whatever the adapter does.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use crate::adapter::{Adapter, AdapterError, Job, Observation};

/// Runs a job on a thread of its own. If there is no answer some time after the time-out, that thread is abandoned: an
/// adapter in this process cannot be killed, and the next case does not wait for it.
pub(crate) fn run_bounded(adapter: &Arc<dyn Adapter>, job: &Job, grace: Duration) -> Result<Observation, AdapterError> {
    let (answer, answered) = mpsc::sync_channel(1);
    let (adapter, job_there) = (Arc::clone(adapter), job.clone());
    let run = move || {
        // Nobody listens any more if this came too late.
        let _ = answer.send(run_caught(&*adapter, &job_there));
    };
    let name = format!("conform {}", job.id);
    thread::Builder::new()
        .name(name)
        .spawn(run)
        .map_err(|error| AdapterError::new(format!("no thread for the adapter: {error}")))?;
    answered.recv_timeout(job.timeout + grace).unwrap_or(Ok(Observation::Hung))
}

/// Runs a job here. A panic is an error of the adapter.
pub(super) fn run_caught(adapter: &dyn Adapter, job: &Job) -> Result<Observation, AdapterError> {
    catch_unwind(AssertUnwindSafe(|| adapter.run(job)))
        .unwrap_or_else(|panic| Err(AdapterError::new(format!("the adapter panicked: {}", message(&*panic)))))
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
