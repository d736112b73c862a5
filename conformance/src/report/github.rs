//! A report as GitHub's workflow commands: each case that did not pass is an annotation of its file.

use std::fmt;

use super::{CaseResult, Report};
use crate::verdict::{Difference, Verdict};

/// Shows a report as GitHub's workflow commands, and a last line with the counts.
#[derive(Debug, Clone, Copy)]
pub struct GitHub<'a>(pub &'a Report);

impl fmt::Display for GitHub<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let GitHub(report) = self;
        let backend = &report.backend.name;
        for result in &report.results {
            match &result.verdict {
                Verdict::Fail { difference: Difference { what, expected, found } } => {
                    let clauses = result.clauses.join(", ");
                    let message = format!("{what}: expected {expected}\nfound {found}\nclauses: {clauses}");
                    annotate(f, backend, result, "fails", &message)?;
                }
                Verdict::XPass { reason } => {
                    annotate(f, backend, result, "passes, but is listed as a known failure", reason)?
                }
                Verdict::Error { message } => annotate(f, backend, result, "cannot be judged", message)?,
                Verdict::Pass | Verdict::Skip { .. } | Verdict::XFail { .. } => {}
            }
        }
        writeln!(f, "{backend}: {}", report.counts_in_words())
    }
}

fn annotate(f: &mut fmt::Formatter<'_>, backend: &str, result: &CaseResult, what: &str, message: &str) -> fmt::Result {
    f.write_str("::error ")?;
    if let Some(file) = &result.file {
        write!(f, "file={},line={},", property(&file.to_string_lossy()), result.line)?;
    }
    writeln!(f, "title={}::{}", property(&format!("{} {what} on {backend}", result.id)), data(message))
}

/// A command is one line, so whatever would end it is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// In a property, whatever would end that is escaped, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
