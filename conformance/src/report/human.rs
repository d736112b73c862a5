//! A report for people: the cases that did not pass, with what was expected, and counts.

use std::fmt;

use super::{CaseResult, Report};
use crate::verdict::{Histogram, Verdict};

/// Shows a report for people to read.
#[derive(Debug, Clone, Copy)]
pub struct Human<'a> {
    /// The report.
    pub report: &'a Report,
    /// The command's name, for suggesting what to do next: `conform`, or `raddle conform`.
    pub command: &'a str,
}

impl fmt::Display for Human<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Human { report, command } = self;
        for result in &report.results {
            write_result(f, result, command)?;
        }
        let backend = &report.backend;
        let (counts, seconds) = (report.counts_in_words(), report.elapsed.as_secs_f64());
        writeln!(f, "{} {} ({}): {counts} in {seconds:.1} s", backend.name, backend.version, backend.engine)
    }
}

fn write_result(f: &mut fmt::Formatter<'_>, result: &CaseResult, command: &str) -> fmt::Result {
    let id = &result.id;
    match &result.verdict {
        Verdict::Pass if result.histogram.is_empty() => Ok(()),
        Verdict::Pass => writeln!(f, "pass  {id}: {}", seen(&result.histogram)),
        Verdict::Skip { reason } => writeln!(f, "skip  {id}: {reason}"),
        Verdict::XFail { reason, .. } => writeln!(f, "xfail {id}: {reason}"),
        Verdict::XPass { reason } => {
            writeln!(f, "XPASS {id}: it passes, but is listed as a known failure: {reason}")?;
            writeln!(f, "      remove it from the list of known failures")
        }
        Verdict::Error { message } => writeln!(f, "ERROR {id}: {}", message.trim_end().replace('\n', "\n      ")),
        Verdict::Fail { difference } => {
            writeln!(f, "FAIL  {id} ({}): {}", result.clauses.join(", "), difference.what)?;
            writeln!(f, "      expected  {}", difference.expected)?;
            writeln!(f, "      found     {}", difference.found)?;
            writeln!(f, "      more      {command} explain {id}")
        }
    }
}

/// The results of a litmus test.
fn seen(histogram: &Histogram) -> String {
    histogram.iter().map(|(result, times)| format!("{result} × {times}")).collect::<Vec<_>>().join(" · ")
}
