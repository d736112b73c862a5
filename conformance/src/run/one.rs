//! One case: its runs, and what comes of them.

use std::{sync::Arc, time::Instant};

use super::bounded::{run_bounded, run_caught};
use crate::{
    adapter::{Adapter, Description, Isolation},
    case::Case,
    known::KnownFailure,
    report::CaseResult,
    verdict::{Histogram, Verdict, judge, skip_reason},
};

pub(super) fn run(
    adapter: &Arc<dyn Adapter>,
    case: &Case,
    backend: &Description,
    known: Option<&KnownFailure>,
    timeout_scale: f64,
) -> CaseResult {
    let begin = Instant::now();
    let mut histogram = Histogram::new();
    let verdict = match skip_reason(case, backend) {
        Some(reason) => Verdict::Skip { reason },
        None => run_all(adapter, case, backend, known, timeout_scale, &mut histogram),
    };
    CaseResult::new(case, verdict, begin.elapsed(), histogram)
}

/// Runs the case as often as it says, up to the first run that is not as it should be.
fn run_all(
    adapter: &Arc<dyn Adapter>,
    case: &Case,
    backend: &Description,
    known: Option<&KnownFailure>,
    timeout_scale: f64,
    histogram: &mut Histogram,
) -> Verdict {
    let job = match case.job(timeout_scale) {
        Ok(job) => job,
        Err(error) => return Verdict::Error { message: error.to_string() },
    };
    for _ in 0..case.repeat {
        let observation = match backend.isolation {
            Isolation::InProcess => run_bounded(adapter, &job, super::GRACE),
            _ => run_caught(&**adapter, &job),
        };
        let observation = match observation {
            Ok(observation) => observation,
            Err(error) => return Verdict::Error { message: error.to_string() },
        };
        match judge(&case.expect, backend, &observation) {
            Ok(results) => results.into_iter().flatten().for_each(|(result, times)| {
                *histogram.entry(result).or_default() += times;
            }),
            Err(difference) => {
                return match known {
                    Some(known) => known.failed(difference, backend, &observation),
                    None => Verdict::Fail { difference },
                };
            }
        }
    }
    known.map_or(Verdict::Pass, KnownFailure::passed)
}
