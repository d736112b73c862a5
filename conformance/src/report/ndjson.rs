//! A report as it comes: one JSON object per line, `begin`, a `result` for each case as soon as it is known, and `end`.

use serde::Serialize;
use serde_json::{Value, json};

use super::{CaseResult, Report, VERSION};
use crate::adapter::Description;

/// The lines of a report, each without its end.
#[derive(Debug, Clone, Copy)]
pub struct Ndjson;

impl Ndjson {
    /// The first line.
    #[must_use]
    pub fn begin(backend: &Description, cases: usize) -> String {
        line(
            "begin",
            &json!({ "version": VERSION, "suite": env!("CARGO_PKG_VERSION"), "backend": backend, "cases": cases }),
        )
    }

    /// The line of a result.
    #[must_use]
    pub fn result(result: &CaseResult) -> String {
        line("result", result)
    }

    /// The last line.
    #[must_use]
    pub fn end(report: &Report) -> String {
        let elapsed = report.elapsed.as_secs_f64() * 1e3;
        line("end", &json!({ "counts": report.counts(), "elapsed_ms": elapsed, "interrupted": report.interrupted }))
    }
}

/// An object with its event's name.
fn line(event: &str, content: &impl Serialize) -> String {
    let mut object = serde_json::to_value(content).unwrap_or_default();
    if let Value::Object(fields) = &mut object {
        fields.insert("event".into(), event.into());
    }
    object.to_string()
}
