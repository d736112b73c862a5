//! The engine is built once, whatever is built of the workspace: its features, and those of all that it uses, are the
//! same. `workspace-hack/Cargo.toml` asks for what would differ.

use std::{collections::BTreeSet, process::Command};

/// Packages with their features, as `cargo tree` has them: `name version features`.
fn tree(selection: &[&str]) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--prefix", "none", "--format", "{p} [{f}]"]).args(selection);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).filter(|line| !line.is_empty()).collect()
}

fn name(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

#[test]
fn are_the_same_for_all_that_has_the_engine() {
    let engine = tree(&["--package", "wasmtime", "--edges", "normal,build"]);
    let engine: BTreeSet<_> = engine.iter().map(|line| name(line)).collect();
    assert!(engine.contains("cranelift-codegen") && engine.contains("syn"), "{engine:?}");
    let all = tree(&["--workspace"]);
    let code = ["--edges", "normal,build"];
    let with_tests = ["--edges", "normal,build,dev"];
    for (package, edges) in [
        // The README's first command; then what the book and CONTRIBUTING.md run.
        ("raddle", code),
        ("raddle", with_tests),
        ("raddle-backend-native", with_tests),
        ("raddle-bench", with_tests),
        ("raddle-conformance-mutants", with_tests),
        ("raddle-conformance-native", with_tests),
        ("raddle-conformance-web", with_tests),
        ("raddle-docs", with_tests),
        ("raddle-toy-backend", with_tests),
    ] {
        let some = tree(&[&["--package", package], &edges[..]].concat());
        let other: Vec<_> = some.iter().filter(|line| engine.contains(name(line)) && !all.contains(*line)).collect();
        assert!(other.is_empty(), "with {package} alone, these have other features than with all: {other:#?}");
    }
}
