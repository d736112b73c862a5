//! [`Failure`]: an outcome as an error, for embedders that go on with `?`.

use alloc::vec::Vec;
use core::{error::Error, fmt};

use super::{Outcome, Value};

/// How a process ended that did not succeed. It says what the [`Outcome`] says.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure(Outcome);

impl Failure {
    /// The outcome.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        &self.0
    }

    /// The outcome.
    #[must_use]
    pub fn into_outcome(self) -> Outcome {
        self.0
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Failure {}

impl Outcome {
    /// Whether the process ended as its program meant it to: it returned, or exited with 0.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self, Outcome::Returned(_) | Outcome::Exited(0))
    }

    /// What the entry returned, if the process [succeeded](Outcome::is_success): nothing, if it exited with 0.
    ///
    /// ```
    /// use raddle_runtime_api::{Outcome, Value};
    ///
    /// assert_eq!(Outcome::Returned(vec![Value::I32(7)]).into_result()?, [Value::I32(7)]);
    /// assert_eq!(Outcome::Exited(3).into_result().unwrap_err().to_string(), "exited with 3");
    /// # Ok::<(), raddle_runtime_api::Failure>(())
    /// ```
    ///
    /// # Errors
    /// [`Failure`] for every other outcome.
    pub fn into_result(self) -> Result<Vec<Value>, Failure> {
        match self {
            Outcome::Returned(values) => Ok(values),
            Outcome::Exited(0) => Ok(Vec::new()),
            failed => Err(Failure(failed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::ToString, vec};

    use super::*;
    use crate::outcome::{ThreadLabel, Trap, TrapKind};

    #[test]
    fn only_a_return_and_an_exit_with_0_succeed() {
        for (outcome, values) in
            [(Outcome::Returned(vec![Value::I32(1)]), vec![Value::I32(1)]), (Outcome::Exited(0), vec![])]
        {
            assert!(outcome.is_success());
            assert_eq!(outcome.into_result(), Ok(values));
        }
        let thread = ThreadLabel::new(1, "main");
        let failures = [
            Outcome::Exited(-1),
            Outcome::Aborted { message: "no".into(), thread: thread.clone() },
            Outcome::Trapped { thread, trap: Trap::new(TrapKind::Other, "") },
            Outcome::Killed,
            Outcome::Deadlocked { threads: vec![] },
            Outcome::TimedOut,
        ];
        for outcome in failures {
            assert!(!outcome.is_success());
            let failure = outcome.clone().into_result().unwrap_err();
            assert_eq!((failure.to_string(), failure.outcome()), (outcome.to_string(), &outcome));
            assert_eq!(failure.into_outcome(), outcome);
        }
    }
}
