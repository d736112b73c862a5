//! Tests and programs of the workspace, built with what all its tests together ask of their dependencies. For one
//! package alone, cargo would choose other features of some small dependencies, and build the engine for these anew.

use std::process::Command;

use crate::shell::{self, Context, Result};

/// `cargo test` for the tests of one name in the whole workspace.
pub(crate) fn test(name: &str, args: &[&str]) -> Command {
    shell::cargo(&[&["test", "--workspace", "--test", name, "--"], args].concat())
}

/// A program of the command `raddle`, which is built first: cargo does that for the command's tests.
pub(crate) fn program(name: &str) -> Result<Command> {
    shell::run(shell::cargo(&["test", "--quiet", "--workspace", "--test", "cli", "--no-run"]))?;
    // Where cargo puts them, it has put xtask.
    let path = std::env::current_exe().context("xtask's own path")?.with_file_name(name);
    Ok(Command::new(path.with_extension(std::env::consts::EXE_EXTENSION)))
}
