//! `cargo xtask bench`: what threads cost, as one table of ratios; in browsers, one for each.

use crate::{
    browsers,
    shell::{self, Result},
    web, workspace,
};

/// Runs the benchmark, or of its rows those with such a part in their names.
pub(crate) fn run(rows: &[&str]) -> Result {
    shell::run(shell::cargo(&[&["bench", "--package", "raddle-bench", "--"], rows].concat()))
}

/// Builds the package and runs the benchmark of browsers in all that are there.
pub(crate) fn run_in_browsers(rows: &[&str]) -> Result {
    web::run()?;
    let mut command = workspace::program("raddle-bench-web")?;
    command.args(rows);
    shell::run(browsers::with_arguments(command))
}
