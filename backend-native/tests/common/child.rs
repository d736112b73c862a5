//! A process of its own for a test.

use std::{
    env,
    process::{Command, Output},
};

/// Set in the process that is a test's own.
const IS_CHILD: &str = "RADDLE_TEST_CHILD";

/// Whether this is such a process.
pub fn is_one() -> bool {
    env::var_os(IS_CHILD).is_some()
}

/// The command that runs the test of this name in a process of its own.
pub fn again(name: &str) -> Command {
    let mut command = Command::new(env::current_exe().expect("a path"));
    command.args(["--exact", name, "--nocapture"]).env(IS_CHILD, "1");
    command
}

/// Runs that command. The test must pass there.
#[track_caller]
pub fn run(command: Command) {
    let output = end(command);
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("1 passed"), "{}\n{errors}", output.status);
}

/// Runs that command, and returns how it ended and what it said.
pub fn end(mut command: Command) -> Output {
    let output = command.output().expect("it starts");
    // Indented, so that nobody counts its results as this harness's.
    String::from_utf8_lossy(&output.stdout).lines().for_each(|line| println!("    {line}"));
    output
}
