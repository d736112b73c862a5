//! Counts tests, and times them.

use std::{fmt, ops::AddAssign, process::Command};

use crate::{
    shell::{self, Result},
    steps::Steps,
};

/// How many tests passed and failed, and what took how long.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) steps: Steps,
}

impl Tally {
    /// Counts a test of xtask's own, and tells of it as Rust's test harness does.
    pub(crate) fn test(&mut self, name: &str, test: impl FnOnce() -> Result) {
        match self.steps.time(name, test) {
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

    /// Runs `cargo test` and counts what it reports. A run that fails without a failed test, such as one that does not
    /// compile, is one failed test.
    pub(crate) fn cargo_test(&mut self, name: &str, command: Command) {
        let mut tally = Tally::default();
        let mut steps = Steps::default();
        let result = steps.time(name, || shell::run_reading(command, |line| tally += Tally::of_line(line)));
        tally.steps = steps;
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
        Tally { passed: count(" passed"), failed: count(" failed"), steps: Steps::default() }
    }

    /// Prints the steps, and on the last line the counts; fails when a test failed.
    pub(crate) fn finish(self) -> Result {
        println!("\n{}\n{self}", self.steps);
        if self.failed == 0 { Ok(()) } else { Err(format!("{} tests failed", self.failed).into()) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.steps.append(other.steps);
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
        assert_eq!((tally.passed, tally.failed), (15, 4));
        assert!(tally.finish().is_err());
    }

    #[test]
    fn a_run_that_fails_without_a_test_counts() {
        let mut tally = Tally::default();
        tally.cargo_test("nothing", std::process::Command::new("raddle-no-such-program"));
        assert_eq!((tally.passed, tally.failed), (0, 1));
    }
}
