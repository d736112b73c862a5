//! A report as JUnit's XML, which CI servers read: a suite for each group of cases.

use std::{collections::BTreeMap, fmt};

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use super::{CaseResult, Report};
use crate::verdict::Verdict;

/// Shows a report as JUnit's XML. A case that is known to fail counts as skipped, and one that passes unexpectedly as
/// failed.
#[derive(Debug, Clone, Copy)]
pub struct JUnit<'a>(pub &'a Report);

impl fmt::Display for JUnit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JUnit(report) = self;
        let mut groups: BTreeMap<&str, Vec<&CaseResult>> = BTreeMap::new();
        for result in &report.results {
            groups.entry(result.id.rsplit_once('/').map_or("", |(group, _)| group)).or_default().push(result);
        }
        let mut xml = quick_junit::Report::new(format!("raddle-conformance on {}", report.backend.name));
        xml.set_time(report.elapsed);
        for (group, results) in groups {
            let mut suite = TestSuite::new(group);
            suite.set_time(results.iter().map(|result| result.elapsed).sum());
            suite.add_test_cases(results.into_iter().map(|result| test_case(&report.backend.name, group, result)));
            xml.add_test_suite(suite);
        }
        writeln!(f, "{}", xml.to_string().map_err(|_| fmt::Error)?)
    }
}

fn test_case(backend: &str, group: &str, result: &CaseResult) -> TestCase {
    let mut case = TestCase::new(result.id.as_str(), status(&result.verdict));
    case.set_classname(format!("{backend}.{group}"));
    case.set_time(result.elapsed);
    case.add_property(Property::new("clauses", result.clauses.join(" ")));
    case
}

fn status(verdict: &Verdict) -> TestCaseStatus {
    let with = |mut status: TestCaseStatus, message: &str| {
        status.set_message(message);
        status
    };
    let failure = || TestCaseStatus::non_success(NonSuccessKind::Failure);
    match verdict {
        Verdict::Pass => TestCaseStatus::success(),
        Verdict::Skip { reason } => with(TestCaseStatus::skipped(), reason),
        Verdict::XFail { reason, .. } => with(TestCaseStatus::skipped(), &format!("known failure: {reason}")),
        Verdict::XPass { reason } => with(failure(), &format!("it passes, but is listed as a known failure: {reason}")),
        Verdict::Error { message } => with(TestCaseStatus::non_success(NonSuccessKind::Error), message),
        Verdict::Fail { difference } => {
            let mut status = with(failure(), &difference.to_string());
            status.set_type(difference.what.as_str());
            status
        }
    }
}
