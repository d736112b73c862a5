//! The backend as the conformance suite reaches it. It does what a job says and tells what happened.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use raddle_conformance::{Adapter, AdapterError, Counts, Description, Ended, Job, Observation, Refusal, Stage};
use raddle_runtime_api::abi::{PointerWidth, section::ThreadsSection};
use raddle_runtime_api::{Capabilities, Capability, Host, Outcome, Process, StartError, Stream};

use crate::host::{ToyHost, Write};
use crate::instance::ToyInstance;
use crate::{Error, Settings, start};

/// The backend. Guest code runs in the process of whoever calls it.
#[derive(Debug)]
pub struct ToyAdapter;

// ANCHOR: adapter
impl Adapter for ToyAdapter {
    fn describe(&self) -> Result<Description, AdapterError> {
        let capabilities = Capabilities::all().without(Capability::Memory64).without(Capability::Backtrace);
        Ok(Description::new("toy", "wasmtime 48", env!("CARGO_PKG_VERSION")).capabilities(capabilities))
    }

    fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
        Ok(run_with(job, |settings, write| {
            start(settings, write, |template, thread| ToyInstance::new(template, thread.process(), thread))
        }))
    }
}
// ANCHOR_END: adapter

/// Runs a job by a function that starts processes as [`start`] does.
pub fn run_with(job: &Job, start: impl FnOnce(&Settings<'_>, Write) -> Result<Process<ToyHost>, Error>) -> Observation {
    let (wasm, section) = match threadified(job) {
        Ok((wasm, section)) if section.pointer_width == PointerWidth::Bits32 => (wasm, section),
        Ok(_) => {
            let refusal = Refusal::new(Stage::Load, "", "64-bit memories are beyond this backend");
            return Observation::Refused(refusal.lacking(Capability::Memory64));
        }
        Err(error) => {
            return Observation::Refused(Refusal::new(Stage::Threadify, error.code(), error.to_string()));
        }
    };
    let (word, stderr_full) = (job.embedder.kill_on_output.clone(), job.embedder.stderr_full);
    let run: Arc<Run> = Arc::new(Run { word, stderr_full, ..Run::default() });
    let writes = run.clone();
    let settings = Settings {
        wasm: &wasm,
        section: &section,
        entry: job.entry.as_deref(),
        entry_args: &job.entry_args,
        limits: job.limits,
    };
    let begin = Instant::now();
    let process = match start(&settings, Box::new(move |stream, bytes| writes.write(stream, bytes))) {
        Ok(process) => process,
        Err(error) => {
            let code = error.downcast_ref::<StartError>().map_or("", StartError::code);
            return Observation::Refused(Refusal::new(Stage::Load, code, error.to_string()));
        }
    };
    run.started(&process);
    let outcome = wait(&process, job);
    let Some(outcome) = outcome else { return Observation::Hung };
    let stats = process.stats();
    let counts =
        Counts::known(stats.spawned.into(), stats.peak_live.into(), stats.live.into(), stats.slots_in_use.into());
    let [stdout, stderr] = std::mem::take(&mut *run.written.lock().unwrap());
    Observation::Ended(Ended::new(outcome).output(stdout, stderr).counts(counts).elapsed(begin.elapsed()))
}

/// The module ready for threads, which it may be already.
fn threadified(job: &Job) -> Result<(Cow<'_, [u8]>, ThreadsSection), raddle_threadify::Error> {
    if let Some(section) = raddle_threadify::read_section(&job.wasm)? {
        return Ok((Cow::Borrowed(&job.wasm), section));
    }
    let options = raddle_threadify::Options::new().stack_check(job.threadify.stack_check);
    let threadified = raddle_threadify::threadify(&job.wasm, &options)?;
    Ok((Cow::Owned(threadified.wasm), threadified.section))
}

/// What is known of a process while it runs.
#[derive(Default)]
struct Run {
    written: Mutex<[Vec<u8>; 2]>,
    /// The process is killed when it has written this.
    word: Option<String>,
    /// Standard error takes nothing.
    stderr_full: bool,
    process: OnceLock<Process<ToyHost>>,
}

impl Run {
    fn write(&self, stream: Stream, bytes: &[u8]) -> bool {
        if stream == Stream::Stderr && self.stderr_full {
            return false;
        }
        self.written.lock().unwrap()[usize::from(stream == Stream::Stderr)].extend_from_slice(bytes);
        self.look();
        true
    }

    fn started(&self, process: &Process<ToyHost>) {
        let _ = self.process.set(process.clone());
        self.look();
    }

    /// Kills the process if it has said the word. Whoever comes second, the process or the word, finds both.
    fn look(&self) {
        if let (Some(word), Some(process)) = (&self.word, self.process.get())
            && String::from_utf8_lossy(&self.written.lock().unwrap()[0]).contains(word)
        {
            process.end(&Outcome::Killed);
        }
    }
}

/// Waits for the end as the embedder of the job does; `None` when there is none in time.
fn wait(process: &Process<ToyHost>, job: &Job) -> Option<Outcome> {
    let begin = process.host().now();
    let ends = [
        job.limits.time_limit.map(|time| (time, Outcome::TimedOut)),
        job.embedder.kill_after.map(|time| (time, Outcome::Killed)),
    ];
    let mut ends: Vec<_> = ends.into_iter().flatten().filter(|(time, _)| *time < job.timeout).collect();
    ends.sort_by_key(|(time, _)| *time);
    for (time, end) in ends {
        if let Some(outcome) = process.wait(Some(begin + time.as_nanos() as u64)) {
            return Some(outcome);
        }
        process.end(&end);
    }
    let outcome = process.wait(Some(begin + job.timeout.as_nanos() as u64));
    process.end(&Outcome::Killed);
    outcome
}
