//! [`Completion`]: a process's end as a future. No thread waits for it: whoever lets go of the process last wakes the
//! tasks that await it, and `holders` knows who that is.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use raddle_runtime_api::Outcome;

use super::Process;

/// A process's outcome, as soon as the process is complete: a future for any executor, which
/// [`Process::completion`] gives.
///
/// What is true when [`Process::wait`] returns is true when this is ready. Any number may await one process, and each
/// gets the outcome. Dropping one ends nothing: neither the process, nor what others await. Until it is dropped it is a
/// handle on the process.
///
/// The task is woken on one of the runtime's OS threads, and that thread runs the executor's waker on the stack of
/// [`RuntimeBuilder::host_stack`](crate::RuntimeBuilder::host_stack): executors that only queue the task suit best.
#[must_use = "a future does nothing unless it is awaited"]
pub struct Completion {
    process: Process,
    /// What the task is registered as, if it is.
    key: Option<u64>,
}

impl Process {
    /// The outcome as a future, ready when [`wait`](Process::wait) would return. `process.await` and `(&process).await`
    /// are the same.
    ///
    /// ```
    /// # use raddle_backend_native::{Program, Runtime, Value};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let wasm = r#"(module (memory 1 4 shared) (func (export "main") (result i32) (i32.const 42)))"#;
    /// # let program = Program::new(&Runtime::new()?, &wat::parse_str(wasm)?)?;
    /// let process = program.process().start()?;
    /// let values = process.completion().await.into_result()?;
    /// assert_eq!(values, [Value::I32(42)]);
    /// # Ok(()) }
    /// ```
    pub fn completion(&self) -> Completion {
        Completion::new(self.clone())
    }
}

impl Completion {
    pub(crate) fn new(process: Process) -> Completion {
        Completion { process, key: None }
    }

    fn forget(&mut self) {
        if let Some(key) = self.key.take() {
            self.process.wakers().forget(key);
        }
    }
}

impl Future for Completion {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        let this = self.get_mut();
        let outcome = this.process.outcome().or_else(|| {
            this.key = Some(this.process.wakers().register(this.key, context.waker()));
            // Whoever let go of the process before that has not woken this task.
            this.process.outcome()
        });
        let Some(outcome) = outcome else { return Poll::Pending };
        this.forget();
        Poll::Ready(outcome)
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        self.forget();
    }
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completion").field("process", &self.process).finish_non_exhaustive()
    }
}

impl IntoFuture for Process {
    type Output = Outcome;
    type IntoFuture = Completion;

    fn into_future(self) -> Completion {
        Completion::new(self)
    }
}

impl IntoFuture for &Process {
    type Output = Outcome;
    type IntoFuture = Completion;

    fn into_future(self) -> Completion {
        self.completion()
    }
}
