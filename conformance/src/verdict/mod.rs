//! [`Verdict`]: how the suite judges an observation. A pure function of the case, the backend's description and what
//! was observed.
//!
//! `judge` compares an observation with an expectation, `skip` says why a case is not run at all; `words` describes
//! both sides of a difference.

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

/// The verdict on a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(tag = "verdict", rename_all = "lowercase")]
pub enum Verdict {
    /// Everything is as the case expects.
    Pass,
    /// Something is not as the case expects.
    Fail {
        /// What.
        difference: Difference,
    },
    /// The case was not run.
    Skip {
        /// Why: what the backend lacks.
        reason: String,
    },
    /// It failed, exactly as it is known to.
    XFail {
        /// The reason that the list of expectations gives.
        reason: String,
        /// How it failed.
        difference: Difference,
    },
    /// It passed, but is listed as a known failure: the list is out of date.
    XPass {
        /// The reason that the list gives.
        reason: String,
    },
    /// It could not be judged: the adapter failed, or the case itself cannot be read.
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
