//! [`Case`]: one program, what it checks, and how it has to end. A case is data: the same bytes run on every backend.
//!
//! [`header`](self) is the TOML at the top of a case's file, `read` turns it into a case, [`Expectation`] is how it has
//! to end.

mod expect;
mod header;
mod language;
mod read;

use std::{path::PathBuf, time::Duration};

pub use expect::{Blocked, BlockedOn, Expectation, Expected, ThreadCounts, TrapPattern};
pub use language::Language;
use raddle_runtime_api::{Capability, Limits, Value};
pub(crate) use read::one_result;

use crate::{
    adapter::{Embedder, Job, Threadify},
    error::{Error, Place},
};

/// One program with what it checks and how it has to end.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Case {
    /// `group/name`. It is never given to another case.
    pub id: String,
    /// One sentence.
    pub summary: String,
    /// The ids of the clauses that it checks, at least one.
    pub clauses: Vec<String>,
    /// What a backend has to claim for the case to be run.
    pub requires: Vec<Capability>,
    /// What a backend must not claim for the case to be run: such cases check what the others answer.
    pub lacks: Vec<Capability>,
    /// When it is run.
    pub profile: Profile,
    /// How long it may take before it is called a hang.
    pub timeout: Duration,
    /// How often it is run; all runs have to pass.
    pub repeat: u32,
    /// The export to call; the backend's default unless it is given.
    pub entry: Option<String>,
    /// The entry's arguments.
    pub entry_args: Vec<Value>,
    /// What the process may use.
    pub limits: Limits,
    /// How the module is threadified.
    pub threadify: Threadify,
    /// The standard output that makes the embedder kill the process.
    pub kill_on_output: Option<String>,
    /// Whether standard error is a stream that takes nothing, as a pipe that is full and that nobody reads.
    pub stderr_full: bool,
    /// How it has to end.
    pub expect: Expectation,
    /// The source: the module's text, or the program that it was built from.
    pub source: Source,
}

/// Where a case comes from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Source {
    /// The file, as it was named; of a case that is built in, its path in the repository.
    pub path: PathBuf,
    /// The language.
    pub language: Language,
    /// The whole text.
    pub text: String,
    /// The line of the list of clauses.
    pub(crate) clauses: Place,
    /// The module that was built from it; none for a case in wat, which is assembled.
    pub(crate) module: Option<Vec<u8>>,
}

/// When a case is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// What every backend has to pass, and quickly.
    Core,
    /// What a backend has to pass before it is called conforming.
    Full,
    /// Thousands of threads, storms of notifies: what finds rare mistakes and takes long.
    Stress,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Profile; 3] = [Profile::Core, Profile::Full, Profile::Stress];

    /// The name in headers and on command lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Core => "core",
            Profile::Full => "full",
            Profile::Stress => "stress",
        }
    }
}

impl Case {
    /// Reads a case from its text: `path` tells the language and stands in messages.
    ///
    /// # Errors
    /// [`Error`]: what is wrong with its header, with the line.
    pub fn parse(
        id: impl Into<String>,
        path: impl Into<PathBuf>,
        text: impl Into<String>,
        module: Option<Vec<u8>>,
    ) -> Result<Case, Error> {
        read::read(id.into(), path.into(), text.into(), module)
    }

    /// The group: what stands before the id's last slash.
    #[must_use]
    pub fn group(&self) -> &str {
        self.id.rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// The module.
    ///
    /// # Errors
    /// [`Error::Wat`] when its text cannot be assembled.
    pub fn wasm(&self) -> Result<Vec<u8>, Error> {
        match &self.source.module {
            Some(module) => Ok(module.clone()),
            None => wat::Parser::new()
                .parse_str(Some(&self.source.path), &self.source.text)
                .map_err(|error| Error::Wat { message: error.to_string() }),
        }
    }

    /// What an adapter is asked to do for the case. Time-outs are multiplied by `timeout_scale`.
    ///
    /// # Errors
    /// As [`wasm`](Case::wasm).
    pub fn job(&self, timeout_scale: f64) -> Result<Job, Error> {
        Ok(Job {
            id: self.id.clone(),
            wasm: self.wasm()?,
            entry: self.entry.clone(),
            entry_args: self.entry_args.clone(),
            limits: self.limits,
            threadify: self.threadify,
            embedder: Embedder {
                kill_on_output: self.kill_on_output.clone(),
                kill_after: self.expect.hang_for(),
                stderr_full: self.stderr_full,
            },
            timeout: self.timeout.mul_f64(timeout_scale),
        })
    }
}
