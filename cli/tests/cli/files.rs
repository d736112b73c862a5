//! Files that are written: whole, or not at all.

use std::fs;

use crate::{guests, support::Scratch};

#[test]
fn threadify_writes_a_module_that_runs() {
    let scratch = Scratch::new();
    scratch.module(guests::EXITS_42);
    scratch.raddle(&["threadify", "module.wasm", "-o", "out.wasm"]).assert(0, &["threadified"]).assert_stdout("");
    scratch.raddle(&["run", "out.wasm"]).assert(42, &[]).assert_stdout("out\nhalf");
    let ran = scratch.raddle(&["inspect", "out.wasm"]).assert(0, &[]);
    assert!(ran.stdout.contains("already threadified"), "{}", ran.stdout);
    scratch.raddle(&["threadify", "out.wasm", "-o", "again.wasm"]).assert(1, &["TF0006"]);
    assert_eq!(scratch.names(), ["module.wasm", "out.wasm"]);
}

#[test]
fn threadify_may_replace_its_input() {
    let scratch = Scratch::new();
    scratch.module(guests::RETURNS_7);
    scratch.raddle(&["threadify", "module.wasm", "-o", "module.wasm"]).assert(0, &[]);
    scratch.raddle(&["run", "module.wasm"]).assert(7, &[]);
}

#[test]
fn a_report_replaces_no_module() {
    let scratch = Scratch::new();
    let module = scratch.module(guests::RETURNS_7);
    let before = fs::read(&module).unwrap();
    for report in ["module.wasm", "./module.wasm"] {
        scratch.raddle(&["run", "--report", report, "module.wasm"]).assert(1, &["RD0016", "module.wasm"]);
    }
    assert_eq!(fs::read(&module).unwrap(), before);
    scratch.raddle(&["run", "--report", "report.json", "module.wasm"]).assert(7, &[]);
}

#[test]
fn threadify_writes_to_standard_output() {
    let scratch = Scratch::new();
    scratch.module(guests::RETURNS_7);
    let output = scratch.command(&["threadify", "module.wasm", "-o", "-"]).output().unwrap();
    assert!(output.status.success());
    scratch.raddle(&["threadify", "module.wasm", "-o", "out.wasm"]).assert(0, &[]);
    assert_eq!(output.stdout, fs::read(scratch.path("out.wasm")).unwrap());
}

#[test]
fn an_output_that_cannot_be_written_stays_as_it_is() {
    let scratch = Scratch::new();
    scratch.module(guests::RETURNS_7);
    let old = scratch.file("old.wasm", "old");
    let mut permissions = fs::metadata(&old).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&old, permissions).unwrap();

    scratch.raddle(&["threadify", "module.wasm", "-o", "old.wasm"]).assert(1, &["old.wasm is read-only"]);
    scratch.raddle(&["run", "--report", "old.wasm", "module.wasm"]).assert(1, &["old.wasm is read-only"]);
    for args in [["threadify", "-o", "no/such/out", "module.wasm"], ["run", "--report", "no/such/out", "module.wasm"]] {
        let ran = scratch.raddle(&args);
        let ran = ran.assert(1, &["raddle: error: RD0001: cannot write no/such/out: "]);
        assert!(!ran.stderr.contains(".raddle-"), "the name of a temporary file: {}", ran.stderr);
    }
    scratch.raddle(&["threadify", "module.wasm", "-o", "."]).assert(1, &["is a directory"]);
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(scratch.names(), ["module.wasm", "old.wasm"]);
}

#[test]
fn a_refused_module_leaves_the_old_output() {
    let scratch = Scratch::new();
    scratch.module(guests::NOT_THREADED);
    scratch.file("out.wasm", "old");
    scratch.raddle(&["threadify", "module.wasm", "-o", "out.wasm"]).assert(1, &["TF0007"]);
    assert_eq!(fs::read(scratch.path("out.wasm")).unwrap(), b"old");
    assert_eq!(scratch.names(), ["module.wasm", "out.wasm"]);
}

#[test]
fn inspect_prints_json() {
    let scratch = Scratch::new();
    scratch.module(guests::OVERFLOWS);
    let ran = scratch.raddle(&["inspect", "--json", "module.wasm"]).assert(0, &[]);
    let inspection: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(inspection["class"], "ready");
    assert_eq!(inspection["symbols"][0]["name"], "__stack_pointer");
}
