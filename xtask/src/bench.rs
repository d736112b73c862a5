//! `cargo xtask bench`: what threads cost, as one table of ratios.

use crate::shell::{self, Result};

/// Runs the benchmark, or of its rows those with such a part in their names.
pub(crate) fn run(rows: &[&str]) -> Result {
    shell::run(shell::cargo(&[&["bench", "--package", "raddle-bench", "--"], rows].concat()))
}
