//! Counts tests.

use std::{fmt, ops::AddAssign, process::Command};

use crate::shell::{self, Result};

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Counts a test of xtask's own, and tells of it as Rust's test harness does.
    pub(crate) fn test(&mut self, name: &str, test: impl FnOnce() -> Result) {
        match test() {
            Ok(()) => {
                self.passed += 1;
                println!("test {name} ... ok");
            }
            Err(error) => {
                self.failed += 1;
                println!("test {name} ... FAILED\n{error}");
            }
        }
    }

    /// Runs `cargo test` and counts what it reports. A run that fails without a failed test, as one that does not
    /// compile, is one failed test.
    pub(crate) fn cargo_test(&mut self, command: Command) {
        let mut tally = Tally::default();
        let result = shell::run_reading(command, |line| tally += Tally::of_line(line));
        if let Err(error) = result {
            println!("{error}");
            tally.failed = tally.failed.max(1);
        }
        *self += tally;
    }

    /// What a line of a test harness counts: `test result: ok. 3 passed; 0 failed; 0 ignored; ...`.
    fn of_line(line: &str) -> Tally {
        let Some(result) = line.strip_prefix("test result: ") else { return Tally::default() };
        let count = |what: &str| {
            let before = result.split_once(what).map_or("", |(before, _)| before);
            before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        Tally { passed: count(" passed"), failed: count(" failed") }
    }

    /// Fails when a test failed.
    pub(crate) fn into_result(self) -> Result {
        if self.failed == 0 { Ok(()) } else { Err(format!("{} tests failed", self.failed).into()) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts_the_lines_of_harnesses() {
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test tests::passed ... ok",
            "test result: FAILED. 12 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ];
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally += Tally::of_line(line));
        assert_eq!(tally, Tally { passed: 15, failed: 4 });
        assert!(tally.into_result().is_err());
    }

    #[test]
    fn a_run_that_fails_without_a_test_counts() {
        let mut tally = Tally::default();
        tally.cargo_test(std::process::Command::new("raddle-no-such-program"));
        assert_eq!(tally, Tally { passed: 0, failed: 1 });
    }
}
