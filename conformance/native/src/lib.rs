//! raddle's native backend in the conformance suite: [`NativeAdapter`], and the program `conform-native`, which speaks
//! the suite's protocol.
//!
//! `streams` is what the program writes to, and how a word in it makes the embedder act.
#![forbid(unsafe_code)]

mod streams;

use std::time::{Duration, Instant};

use raddle_backend_native::{Error, Outcome, Process, Program, ProgramOptions, Runtime, threadify::Options};
use raddle_conformance::{
    Adapter, AdapterError, Counts, Description, Ended, Isolation, Job, Observation, Refusal, Stage,
};
use raddle_runtime_api::{Capabilities, MAX_THREADS};

use crate::streams::{Captured, Full, KillSwitch};

/// The native backend. Guest code runs in the process of whoever calls it.
#[derive(Debug)]
pub struct NativeAdapter {
    runtime: Runtime,
}

impl NativeAdapter {
    /// An adapter with a runtime of its own.
    ///
    /// # Errors
    /// When the engine does not work here.
    pub fn new() -> Result<NativeAdapter, AdapterError> {
        let runtime = Runtime::new().map_err(|error| AdapterError::new(error.to_string()))?;
        Ok(NativeAdapter { runtime })
    }
}

impl Adapter for NativeAdapter {
    fn describe(&self) -> Result<Description, AdapterError> {
        let description = Description::new("native", "wasmtime 48", env!("CARGO_PKG_VERSION"));
        Ok(description.capabilities(Capabilities::all()).max_threads(MAX_THREADS).isolation(Isolation::InProcess))
    }

    fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
        let mut options = ProgramOptions::default();
        options.threadify = Options::new().stack_check(job.threadify.stack_check);
        let program = match Program::with_options(&self.runtime, &job.wasm, &options) {
            Ok(program) => program,
            Err(error) => return Ok(Observation::Refused(refusal(Stage::Load, &error))),
        };
        let (stdout, stderr) = (Captured::default(), Captured::default());
        let switch = KillSwitch::new(job.embedder.kill_on_output.as_deref());
        let builder = program
            .process()
            .limits(&job.limits)
            .entry_args(job.entry_args.clone())
            .stdout(switch.watch(stdout.clone()));
        let builder = if job.embedder.stderr_full { builder.try_stderr(Full) } else { builder.stderr(stderr.clone()) };
        let builder = match &job.entry {
            Some(entry) => builder.entry(entry),
            None => builder,
        };
        let begin = Instant::now();
        let process = match builder.start() {
            Ok(process) => process,
            Err(error) => return Ok(Observation::Refused(refusal(Stage::Start, &error))),
        };
        switch.arm(&process);
        let outcome = wait(&process, job);
        switch.disarm();
        let Some(outcome) = outcome else { return Ok(Observation::Hung) };
        let stats = process.stats();
        let counts =
            Counts::known(stats.spawned.into(), stats.peak_live.into(), stats.live.into(), stats.slots_in_use.into());
        let ended = Ended::new(outcome).output(stdout.take(), stderr.take()).counts(counts).elapsed(begin.elapsed());
        Ok(Observation::Ended(ended))
    }
}

/// Waits for the end as the embedder of the job does; `None` when there is none in time.
fn wait(process: &Process, job: &Job) -> Option<Outcome> {
    let until_kill = job.embedder.kill_after.filter(|time| *time < job.timeout);
    if let Some(time) = until_kill {
        if let Some(outcome) = process.wait_timeout(time) {
            return Some(outcome);
        }
        process.kill();
    }
    let rest = job.timeout - until_kill.unwrap_or(Duration::ZERO);
    process.wait_timeout(rest).or_else(|| {
        process.kill();
        None
    })
}

/// An error of the backend, as the suite sees it.
fn refusal(stage: Stage, error: &Error) -> Refusal {
    let stage = if matches!(error, Error::Threadify(_)) { Stage::Threadify } else { stage };
    Refusal::new(stage, error.code(), error.report())
}
