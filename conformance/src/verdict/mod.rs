//! [`Verdict`]: what the suite makes of an observation. A pure function of the case, the backend's description and what
//! was observed.
//!
//! `judge` compares an observation with an expectation, `skip` says why a case is not run at all; `words` puts both
//! sides of a difference into words.

mod judge;
mod skip;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use judge::judge_result;
pub use judge::{Difference, Histogram, judge};
pub use skip::skip_reason;
pub use words::{describe_expected, describe_observation};

use serde::{Deserialize, Serialize};

/// What the suite makes of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "verdict", rename_all = "lowercase")]
pub enum Verdict {
    /// All is as the case expects.
    Pass,
    /// Something is not.
    Fail {
        /// What.
        difference: Difference,
    },
    /// The case was not run.
    Skip {
        /// Why, as what the backend lacks.
        reason: String,
    },
    /// It failed, and exactly as it was known to.
    XFail {
        /// The reason that the list of expectations gives.
        reason: String,
        /// How it failed.
        difference: Difference,
    },
    /// It passed, but was known to fail: the list of expectations is out of date.
    XPass {
        /// The reason that the list gives.
        reason: String,
    },
    /// It could not be judged: the adapter broke, or the case itself cannot be read.
    Error {
        /// What went wrong.
        message: String,
    },
}

impl Verdict {
    /// The name in reports: `pass`, `fail`, `skip`, `xfail`, `xpass` or `error`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail { .. } => "fail",
            Verdict::Skip { .. } => "skip",
            Verdict::XFail { .. } => "xfail",
            Verdict::XPass { .. } => "xpass",
            Verdict::Error { .. } => "error",
        }
    }

    /// Whether it leaves the run green.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        matches!(self, Verdict::Pass | Verdict::Skip { .. } | Verdict::XFail { .. })
    }
}
