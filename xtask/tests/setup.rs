//! The set-up against a rustup that only writes down what it is asked.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A directory of this test's own, with a `rustup` in it.
fn machine(name: &str, rustup: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join("rustup");
    fs::write(&path, format!("#!/bin/sh\necho \"$*\" >> '{}'\n{rustup}\n", directory.join("asked").display())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    directory
}

fn setup(machine: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("setup").env("PATH", machine).output().unwrap()
}

/// What rustup was asked beside what is installed.
fn installed(machine: &Path) -> Vec<String> {
    let asked = fs::read_to_string(machine.join("asked")).unwrap();
    asked.lines().filter(|line| !line.contains("--installed")).map(str::to_owned).collect()
}

#[test]
fn nothing_is_installed_twice() {
    let machine = machine(
        "complete",
        "echo wasm32-unknown-unknown; echo wasm32-wasip1-threads; echo rustfmt-host; echo clippy-host; echo rust-src",
    );
    let output = setup(&machine);
    assert!(output.status.success(), "{output:?}");
    assert!(installed(&machine).is_empty(), "{:?}", installed(&machine));
}

#[test]
fn what_is_missing_is_told_and_installed() {
    let machine = machine("empty", "case \"$*\" in *nightly*--installed) exit 1;; esac");
    let output = setup(&machine);
    assert!(output.status.success(), "{output:?}");
    let expected = [
        "target add wasm32-unknown-unknown",
        "target add wasm32-wasip1-threads",
        "component add rustfmt",
        "component add clippy",
        "toolchain install nightly --profile minimal --component rust-src",
    ];
    assert_eq!(installed(&machine), expected);
    let told = String::from_utf8(output.stderr).unwrap();
    for command in expected {
        assert!(told.contains(&format!("$ rustup {command}")), "{told}");
    }
}

#[test]
fn a_step_that_fails_is_told() {
    let machine = machine("offline", "case \"$*\" in *--installed) ;; *) exit 7;; esac");
    let output = setup(&machine);
    assert!(!output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("`rustup target add wasm32-unknown-unknown` failed: exit status: 7"), "{told}");
}
