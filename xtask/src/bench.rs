//! `cargo xtask bench`: what threads cost, as one table of ratios; in browsers, one for each.

use crate::{
    browsers,
    shell::{self, Result},
    web,
};

/// Runs the benchmark, or of its rows those with such a part in their names.
pub(crate) fn run(rows: &[&str]) -> Result {
    shell::run(shell::cargo(&[&["bench", "--package", "raddle-bench", "--"], rows].concat()))
}

/// Builds the package and runs the benchmark of browsers in all that are there.
pub(crate) fn run_in_browsers(rows: &[&str]) -> Result {
    web::run()?;
    let bench = ["run", "--quiet", "--package", "raddle-bench-web", "--"];
    shell::run(browsers::with_arguments(shell::cargo(&[&bench, rows].concat())))
}
