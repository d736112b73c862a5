//! Tests and programs of the workspace, built with what all its tests together ask of their dependencies. For one
//! package alone, cargo would choose other features of some dependencies, and build those and what uses them anew.

use std::{path::Path, process::Command};

use crate::shell::{self, Context, Result};

/// `cargo test` for the tests of one name in the whole workspace.
pub(crate) fn test(name: &str, args: &[&str]) -> Command {
    shell::cargo(&[&["test", "--workspace", "--test", name, "--"], args].concat())
}

/// A program of the workspace, which is built first.
pub(crate) fn program(name: &str) -> Result<Command> {
    built(&["build", "--quiet", "--workspace", "--bin", name], name)
}

/// An example of the workspace, which is built first.
pub(crate) fn example(name: &str) -> Result<Command> {
    built(&["build", "--quiet", "--workspace", "--example", name], &format!("examples/{name}"))
}

/// `raddle conform`, which is built first: cargo does that for the command's tests.
pub(crate) fn conform() -> Result<Command> {
    built(&["test", "--quiet", "--workspace", "--test", "cli", "--no-run"], "raddle-conform")
}

/// Runs cargo, and finds what it has built where it has put xtask.
fn built(cargo: &[&str], path: &str) -> Result<Command> {
    shell::run(shell::cargo(cargo))?;
    let xtask = std::env::current_exe().context("xtask's own path")?;
    let path = xtask.parent().unwrap_or(Path::new("")).join(path);
    Ok(Command::new(path.with_extension(std::env::consts::EXE_EXTENSION)))
}
