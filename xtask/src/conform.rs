//! `cargo xtask conform ARGS`: `raddle conform`, built as the tests are.

use crate::{
    shell::{self, Result},
    workspace,
};

/// Runs the suite's command with these arguments.
pub(crate) fn run(args: &[&str]) -> Result {
    let mut command = workspace::conform()?;
    command.args(args);
    shell::run(command)
}
