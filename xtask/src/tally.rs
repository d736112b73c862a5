//! Counts tests, and times them.

use std::{fmt, ops::AddAssign, process::Command};

use crate::{
    shell::{self, Error, Result},
    steps::Steps,
};

/// How many tests passed and failed, and what took how long.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) steps: Steps,
    /// The names of those that failed, so far as they have one.
    failures: Vec<String>,
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
                println!("test {name} ... FAILED");
                self.failures.push(name.into());
                self.fail(&error);
            }
        }
    }

    /// Runs `cargo test` and counts what it reports. A run that fails without a failed test, such as one that does not
    /// compile, is one failed test.
    pub(crate) fn cargo_test(&mut self, name: &str, command: Command) {
        let (mut printed, mut programs) = (Vec::new(), Steps::default());
        let result = self.steps.time(name, || {
            let told = |line: &str| {
                if let Some(program) = program_of_line(line) {
                    programs.begin(&format!("  {program}"));
                }
            };
            shell::run_reading(command, |line| printed.push(line.to_owned()), told)
        });
        programs.end();
        self.steps.append(programs.of_seconds(5));
        self.count(printed.iter().map(String::as_str), result);
    }

    /// Counts what a test harness printed, which ended so.
    pub(crate) fn count<'a>(&mut self, printed: impl IntoIterator<Item = &'a str>, result: Result) {
        let failed = self.failed;
        printed.into_iter().for_each(|line| self.count_line(line));
        match result {
            Err(error) if self.failed == failed => {
                self.failures.push(error.to_string());
                self.fail(&error);
            }
            Err(error) => println!("{error}"),
            Ok(()) => {}
        }
    }

    /// Counts what a line of a test harness counts: `test result: ok. 3 passed; 0 failed; 0 ignored; ...`; and keeps the
    /// name of a test that failed.
    fn count_line(&mut self, line: &str) {
        if let Some(name) = failure_of_line(line) {
            self.failures.push(name.into());
        }
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let count = |what: &str| {
            let before = result.split_once(what).map_or("", |(before, _)| before);
            before.split_whitespace().next_back().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0)
        };
        self.passed += count(" passed");
        self.failed += count(" failed");
    }

    /// Counts a failure, and tells why.
    pub(crate) fn fail(&mut self, why: &Error) {
        println!("{why}");
        self.failed += 1;
    }

    /// Prints the steps, what failed, and on the last line the counts; fails when a test failed.
    pub(crate) fn finish(self) -> Result {
        println!("\n{}", self.steps);
        for name in &self.failures {
            println!("failed: {name}");
        }
        println!("{self}");
        if self.failed == 0 { Ok(()) } else { Err(format!("{} tests failed", self.failed).into()) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.steps.append(other.steps);
        self.failures.extend(other.failures);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Which test a line of a test harness tells that it failed: `test a::b ... FAILED`.
fn failure_of_line(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("test ")?.strip_suffix("FAILED")?.split_once(" ... ")?;
    Some(name.trim_end())
}

/// Which test program cargo says that it runs: `     Running tests/a.rs (target/debug/deps/a-0123)`, or `   Doc-tests
/// a`.
fn program_of_line(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if line.starts_with("Doc-tests ") {
        return Some(line);
    }
    let (_, path) = line.strip_prefix("Running ")?.split_once(" (")?;
    let file = path.strip_suffix(')')?.rsplit(['/', '\\']).next()?;
    Some(file.rsplit_once('-').map_or(file, |(name, _)| name))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{Tally, program_of_line};
    use crate::beside::Beside;

    #[test]
    fn counts_the_lines_of_harnesses() {
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test tests::passed ... ok",
            "test tests::failed   ... FAILED",
            "test result: FAILED. 12 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ];
        let mut tally = Tally::default();
        tally.count(lines, Err("exit status: 101".into()));
        assert_eq!((tally.passed, tally.failed), (15, 4));
        assert_eq!(tally.failures, ["tests::failed"]);
        assert!(tally.finish().is_err());
    }

    #[test]
    fn programs_are_told_by_name() {
        let cli = "     Running tests/cli/main.rs (target/debug/deps/cli-3d73fdea71ec91ed)";
        assert_eq!(program_of_line(cli), Some("cli"));
        let unit = "     Running unittests src/lib.rs (/t/debug/deps/raddle_symbols-a5ec2a1de7c636c6)";
        assert_eq!(program_of_line(unit), Some("raddle_symbols"));
        assert_eq!(program_of_line("   Doc-tests raddle_guest"), Some("Doc-tests raddle_guest"));
        assert_eq!(program_of_line("   Compiling raddle-guest v0.1.0 (guest)"), None);
        assert_eq!(program_of_line("Running late"), None);
    }

    #[test]
    fn a_run_that_fails_without_a_test_counts() {
        let mut tally = Tally::default();
        tally.cargo_test("nothing", Command::new("raddle-no-such-program"));
        assert_eq!((tally.passed, tally.failed), (0, 1));
        Beside::start("nothing", Command::new("raddle-no-such-program")).join(&mut tally);
        assert_eq!((tally.passed, tally.failed), (0, 2));
        tally.count(["test result: ok. 3 passed; 0 failed"], Err("killed".into()));
        assert_eq!((tally.passed, tally.failed), (3, 3));
        assert_eq!(tally.failures.last().map(String::as_str), Some("killed"));
    }

    #[cfg(unix)]
    #[test]
    fn those_beside_are_counted_when_they_are_waited_for() {
        let mut sh = Command::new("sh");
        sh.args(["-c", "echo 'test result: FAILED. 2 passed; 1 failed;'; echo >&2 why; exit 101"]);
        let mut tally = Tally::default();
        Beside::start("two and one", sh).join(&mut tally);
        assert_eq!((tally.passed, tally.failed), (2, 1));
        assert!(tally.steps.to_string().contains("two and one"));
    }
}
