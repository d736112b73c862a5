//! What the suite asks.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{
    adapter::{Embedder, Job, Threadify},
    protocol::limits::LimitsJson,
    value,
};

/// A line to an adapter.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "kebab-case")]
pub(crate) enum Request {
    /// Which backend is it?
    Describe {
        /// The version that the suite speaks.
        protocol: u32,
    },
    /// Run a program.
    Run(Box<RunRequest>),
}

/// One run of one program.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RunRequest {
    /// The answer has the same.
    pub(crate) id: u64,
    /// The case's id, for messages.
    case: String,
    /// The module's file. It exists until the answer.
    module: PathBuf,
    #[serde(default)]
    entry: Option<String>,
    #[serde(default)]
    entry_args: Vec<String>,
    #[serde(default)]
    limits: LimitsJson,
    #[serde(default)]
    threadify: ThreadifyJson,
    #[serde(default)]
    embedder: EmbedderJson,
    timeout_ms: u64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ThreadifyJson {
    stack_check: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct EmbedderJson {
    kill_on_output: Option<String>,
    kill_after_ms: Option<u64>,
    stderr_full: bool,
}

impl RunRequest {
    /// The request of a job whose module is in a file.
    pub(crate) fn new(id: u64, job: &Job, module: &Path) -> RunRequest {
        RunRequest {
            id,
            case: job.id.clone(),
            module: module.into(),
            entry: job.entry.clone(),
            entry_args: job.entry_args.iter().map(value::format).collect(),
            limits: LimitsJson(job.limits),
            threadify: ThreadifyJson { stack_check: job.threadify.stack_check },
            embedder: EmbedderJson {
                kill_on_output: job.embedder.kill_on_output.clone(),
                kill_after_ms: job.embedder.kill_after.map(milliseconds),
                stderr_full: job.embedder.stderr_full,
            },
            timeout_ms: milliseconds(job.timeout),
        }
    }

    /// The job, with the module read from its file.
    pub(crate) fn into_job(self) -> io::Result<Job> {
        let not_a_value = |text: &String| io::Error::other(format!("`{text}` is no type and number"));
        Ok(Job {
            id: self.case,
            wasm: fs::read(&self.module)?,
            entry: self.entry,
            entry_args: self
                .entry_args
                .iter()
                .map(|arg| value::parse(arg).ok_or_else(|| not_a_value(arg)))
                .collect::<Result<_, _>>()?,
            limits: self.limits.0,
            threadify: Threadify { stack_check: self.threadify.stack_check },
            embedder: Embedder {
                kill_on_output: self.embedder.kill_on_output,
                kill_after: self.embedder.kill_after_ms.map(Duration::from_millis),
                stderr_full: self.embedder.stderr_full,
            },
            timeout: Duration::from_millis(self.timeout_ms),
        })
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
