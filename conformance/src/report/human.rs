//! A report for people: what is not well, with what was expected, and counts.

use std::fmt;

use super::{CaseResult, Report};
use crate::verdict::{Histogram, Verdict};

/// Shows a report for people to read.
#[derive(Debug, Clone, Copy)]
pub struct Human<'a>(pub &'a Report);

/// The order in which counts are told.
const ORDER: [&str; 6] = ["pass", "fail", "skip", "xfail", "xpass", "error"];

impl fmt::Display for Human<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Human(report) = self;
        for result in &report.results {
            write_result(f, result)?;
        }
        let counts = report.counts();
        let counted = ORDER.iter().filter_map(|name| counts.get(name).map(|count| format!("{count} {name}")));
        let counted: Vec<_> = counted.collect();
        let backend = &report.backend;
        let counted = if counted.is_empty() { "no case was run".to_owned() } else { counted.join(", ") };
        let interrupted = if report.interrupted { ", interrupted" } else { "" };
        let seconds = report.elapsed.as_secs_f64();
        writeln!(
            f,
            "{} {} ({}): {counted}{interrupted} in {seconds:.1} s",
            backend.name, backend.version, backend.engine
        )
    }
}

fn write_result(f: &mut fmt::Formatter<'_>, result: &CaseResult) -> fmt::Result {
    let id = &result.id;
    match &result.verdict {
        Verdict::Pass if result.histogram.is_empty() => Ok(()),
        Verdict::Pass => writeln!(f, "pass  {id}: {}", seen(&result.histogram)),
        Verdict::Skip { reason } => writeln!(f, "skip  {id}: {reason}"),
        Verdict::XFail { reason, .. } => writeln!(f, "xfail {id}: {reason}"),
        Verdict::XPass { reason } => {
            writeln!(
                f,
                "XPASS {id}: it passes, and is expected to fail: {reason}\n      take it from the list of expectations"
            )
        }
        Verdict::Error { message } => writeln!(f, "ERROR {id}: {}", message.trim_end().replace('\n', "\n      ")),
        Verdict::Fail(difference) => {
            writeln!(f, "FAIL  {id} ({}): {}", result.clauses.join(", "), difference.what)?;
            writeln!(f, "      expected  {}", difference.expected)?;
            writeln!(f, "      found     {}", difference.found)?;
            writeln!(f, "      more      conform explain {id}")
        }
    }
}

/// The results of a litmus test.
fn seen(histogram: &Histogram) -> String {
    histogram.iter().map(|(result, times)| format!("{result} × {times}")).collect::<Vec<_>>().join(" · ")
}
