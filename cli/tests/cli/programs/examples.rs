//! The examples do as wasm what they do natively.

use std::{
    path::Path,
    process::{Command, Output},
};

use super::{module, workspace};
use crate::support::Scratch;

/// Runs the native build of a program.
fn native(name: &str) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--release", "--bin", name, "--target-dir"]).arg(workspace().join("target"));
    cargo.current_dir(workspace()).output().unwrap()
}

/// Runs a module, whose standard output may be no text.
fn wasm(module: &Path, options: &[&str]) -> Output {
    Scratch::new().command(&[&["run"], options, &[module.to_str().unwrap()]].concat()).output().unwrap()
}

/// Checks that both end well and write the same.
#[track_caller]
fn assert_same(native: &Output, wasm: &Output) {
    for output in [native, wasm] {
        assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    assert!(!native.stdout.is_empty());
    assert_eq!(native.stdout.len(), wasm.stdout.len());
    let difference = native.stdout.iter().zip(&wasm.stdout).position(|(native, wasm)| native != wasm);
    assert_eq!(difference, None, "the first byte that differs");
}

#[test]
fn the_renderer_makes_the_same_image() {
    let native = native("renderer");
    assert_same(&native, &wasm(&module("renderer"), &[]));
    let prebuilt = workspace().join("../prebuilt/renderer.wasm");
    assert_same(&native, &wasm(&prebuilt, &[]));
}

#[test]
fn rayon_counts_the_same() {
    assert_same(&native("rayon-words"), &wasm(&module("rayon-words"), &[]));
}

#[test]
fn the_pipeline_adds_up_to_the_same() {
    assert_same(&native("pipeline"), &wasm(&module("pipeline"), &[]));
}

#[test]
fn stds_primitives_work_unchanged() {
    assert_same(&native("std-primitives"), &wasm(&module("std-primitives"), &[]));
}

#[test]
fn the_guests_crate_keeps_its_word() {
    assert_same(&native("sdk-check"), &wasm(&module("sdk-check"), &[]));
}
