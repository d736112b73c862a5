//! [`Report`]: the results of a run, and their formats.
//!
//! A module for each format: [`Human`], [`Json`], [`Ndjson`], [`JUnit`] and [`GitHub`]. [`Matrix`] puts several reports
//! side by side, and [`Comparison`] says how one differs from another.

mod comparison;
mod github;
mod human;
mod json;
mod junit;
mod matrix;
mod milliseconds;
mod ndjson;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

pub use comparison::{Change, Comparison};
pub use github::GitHub;
pub use human::Human;
pub use json::Json;
pub use junit::JUnit;
pub use matrix::{Cell, Matrix, Row};
pub use ndjson::Ndjson;
use serde::{Deserialize, Serialize};

use crate::{
    adapter::Description,
    case::Case,
    suite::Broken,
    verdict::{Histogram, Verdict},
};

/// The version of the schema of reports. It changes when a field is removed or changes its meaning, but not when one is
/// added.
pub const VERSION: u32 = 1;

/// The results of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// The backend.
    pub backend: Description,
    /// The results, by id.
    pub results: Vec<CaseResult>,
    /// How long it took.
    #[serde(rename = "elapsed_ms", with = "milliseconds")]
    pub elapsed: Duration,
    /// Whether it was stopped before every case had been run.
    pub interrupted: bool,
}

/// The result of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CaseResult {
    /// The case's id.
    pub id: String,
    /// The clauses that it checks; none of a case that cannot be read.
    pub clauses: Vec<String>,
    /// The suite's verdict on it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// How long all its runs took.
    #[serde(rename = "elapsed_ms", with = "milliseconds")]
    pub elapsed: Duration,
    /// The results of a litmus test, of all runs; empty for any other case.
    #[serde(default, skip_serializing_if = "Histogram::is_empty")]
    pub histogram: Histogram,
    /// The case's file, if it is known.
    pub file: Option<PathBuf>,
    /// The line of that file that is concerned.
    pub line: u32,
}

/// The names of the verdicts, in the order in which counts are listed.
const VERDICTS: [&str; 6] = ["pass", "fail", "skip", "xfail", "xpass", "error"];

impl Report {
    /// A report of results from elsewhere; [`Runner::run`](crate::Runner::run) makes its own.
    #[must_use]
    pub fn new(backend: Description, results: Vec<CaseResult>, elapsed: Duration, interrupted: bool) -> Report {
        Report { backend, results, elapsed, interrupted }
    }

    /// How many results have which verdict, by its name.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for result in &self.results {
            *counts.entry(result.verdict.name()).or_default() += 1;
        }
        counts
    }

    /// The counts in words, such as `3 pass, 1 fail`.
    #[must_use]
    pub fn counts_in_words(&self) -> String {
        let counts = self.counts();
        let counted = VERDICTS.iter().filter_map(|name| counts.get(name).map(|count| format!("{count} {name}")));
        let counted: Vec<_> = counted.collect();
        let mut words = if counted.is_empty() { "no case was run".into() } else { counted.join(", ") };
        if self.interrupted {
            words.push_str(", interrupted");
        }
        words
    }

    /// The exit status that it gives: 0 if every verdict is good, 3 if an adapter failed or a case could not be read,
    /// else 1.
    #[must_use]
    pub fn status(&self) -> i32 {
        if self.results.iter().any(|result| matches!(result.verdict, Verdict::Error { .. })) {
            status::ERROR
        } else if self.results.iter().all(|result| result.verdict.is_good()) && !self.interrupted {
            status::GOOD
        } else {
            status::FAILURE
        }
    }
}

/// The exit statuses of `conform`.
pub mod status {
    /// Every verdict is good.
    pub const GOOD: i32 = 0;
    /// A case failed, or passed unexpectedly.
    pub const FAILURE: i32 = 1;
    /// The command line is wrong, or a file that it names cannot be used.
    pub const USAGE: i32 = 2;
    /// An adapter failed, or a case cannot be read.
    pub const ERROR: i32 = 3;
    /// The run was interrupted: 128 plus SIGINT, as in shells.
    pub const INTERRUPTED: i32 = 130;
}

impl CaseResult {
    pub(crate) fn new(case: &Case, verdict: Verdict, elapsed: Duration, histogram: Histogram) -> CaseResult {
        CaseResult {
            id: case.id.clone(),
            clauses: case.clauses.clone(),
            verdict,
            elapsed,
            histogram,
            file: Some(case.source.path.clone()),
            line: 1,
        }
    }

    /// The result of a case that cannot be read.
    pub(crate) fn broken(broken: &Broken) -> CaseResult {
        let place = broken.error.place();
        CaseResult {
            id: broken.id.clone(),
            clauses: Vec::new(),
            verdict: Verdict::Error { message: broken.error.to_string() },
            elapsed: Duration::ZERO,
            histogram: Histogram::new(),
            file: place.map(|place| place.file.clone()),
            line: place.map_or(1, |place| place.line),
        }
    }
}
