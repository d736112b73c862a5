//! `cargo xtask bless`: golden tests write what they get, where they else compare.

use crate::shell::{self, Result};

/// The variable that golden tests look at.
const BLESS: &str = "RADDLE_BLESS";

/// Runs all tests as writers.
pub(crate) fn run() -> Result {
    let mut cargo = shell::cargo(&["test", "--workspace", "--no-fail-fast"]);
    cargo.env(BLESS, "1");
    shell::run(cargo)?;
    shell::run(shell::command(&["git", "status", "--short"]))
}
