//! The programs of `examples/guests`, built by `raddle build` and run by `raddle run`.
//!
//! [`examples`] holds the examples against native builds of their sources, [`endings`] goes through every end of a
//! process, [`backtraces`] and [`threads`] put one question each, [`c`] is the program in C, and [`wasi`] a plain
//! one of std's threads, which knows nothing of raddle.

mod backtraces;
mod c;
mod endings;
mod examples;
mod threads;
mod wasi;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use serde_json::Value;

use crate::support::{Scratch, entry_args_option, json};

/// The workspace of the programs.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/guests")
}

/// Where `raddle build` put the programs; it is run once for all tests.
static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
    let mut build = Command::new(env!("CARGO_BIN_EXE_raddle"));
    let target = workspace().join("target");
    build.args(["build", "--release", "--bins", "--target-dir"]).arg(&target).current_dir(workspace());
    let output = build.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target
});

/// A program, threadified.
fn module(name: &str) -> PathBuf {
    BUILT.join("raddle/release").join(name).with_extension("wasm")
}

/// A program as the linker wrote it.
fn linked(name: &str) -> PathBuf {
    BUILT.join("wasm32-unknown-unknown/release").join(name).with_extension("wasm")
}

/// Runs an export of a module and returns the report.
#[track_caller]
fn report(module: &Path, options: &[&str], entry_args: &[&str]) -> Value {
    let scratch = Scratch::new();
    let module = module.to_str().unwrap();
    let entry_args = entry_args_option(entry_args);
    let entry_args: Vec<_> = entry_args.iter().map(String::as_str).collect();
    scratch.raddle(&[&["run", "--report", "report.json"], options, &entry_args, &[module]].concat());
    json(&scratch.path("report.json"))
}

/// Calls an export without arguments and returns the report.
#[track_caller]
fn invoke(module: &Path, export: &str) -> Value {
    report(module, &["--entry", export], &[])
}
