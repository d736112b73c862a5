//! Input that is not a module, or not one that can be run: an error with a hint, status 1, and nothing on standard
//! output.

use std::fs;

use crate::{
    guests,
    support::{Ran, Scratch},
};

/// Gives `name` to every command that reads a module.
#[track_caller]
fn refused_by_all(scratch: &Scratch, name: &str, says: &[&str]) {
    let commands: [&[&str]; 3] = [&["run", name], &["inspect", name], &["threadify", name, "-o", "out.wasm"]];
    for command in commands {
        scratch.raddle(command).assert(1, says).assert_stdout("");
    }
    assert!(!scratch.path("out.wasm").exists());
}

#[test]
fn a_missing_file() {
    refused_by_all(&Scratch::new(), "missing.wasm", &["cannot read missing.wasm"]);
}

#[test]
fn a_directory() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path("a")).unwrap();
    refused_by_all(&scratch, "a", &["a is a directory"]);
}

#[test]
fn text_files() {
    let scratch = Scratch::new();
    scratch.file("notes.txt", "to do: everything\n");
    refused_by_all(&scratch, "notes.txt", &["notes.txt: TF0002", "give the linked .wasm file"]);
    scratch.file("module.wat", guests::RETURNS_7);
    refused_by_all(&scratch, "module.wat", &["module.wat: TF0001", "assemble it first"]);
    scratch.file("empty.wasm", "");
    refused_by_all(&scratch, "empty.wasm", &["empty.wasm: TF"]);
}

#[test]
fn a_module_that_is_cut_off_anywhere() {
    let scratch = Scratch::new();
    let module = wat::parse_str(guests::TRAPS).unwrap();
    // At the start, in the middle of a section, in the middle of the code.
    for len in [7, 9, module.len() / 2, module.len() - 1] {
        scratch.file("cut.wasm", &module[..len]);
        refused_by_all(&scratch, "cut.wasm", &["cut.wasm: TF"]);
    }
}

#[test]
fn a_module_without_threads() {
    let scratch = Scratch::new();
    scratch.module(guests::NOT_THREADED);
    for command in [&["run", "module.wasm"][..], &["threadify", "module.wasm", "-o", "out.wasm"]] {
        scratch.raddle(command).assert(1, &["TF0007", "--shared-memory", "raddle build"]);
    }
    let ran = scratch.raddle(&["inspect", "module.wasm"]).assert(0, &[]);
    assert!(ran.stdout.contains("--shared-memory"), "{}", ran.stdout);
}

#[test]
fn imports_that_nobody_provides_are_all_listed() {
    let scratch = Scratch::new();
    scratch.module(guests::UNKNOWN_IMPORTS);
    scratch.raddle(&["run", "module.wasm"]).assert(1, &["ST0001", "env.first_missing", "raddle_v1.second_missing"]);
}

#[test]
fn checked_stacks_cannot_be_had_afterwards() {
    let scratch = Scratch::new();
    scratch.module(guests::OVERFLOWS);
    scratch.raddle(&["threadify", "module.wasm", "-o", "out.wasm"]).assert(0, &[]);
    scratch.raddle(&["run", "--stack-check", "out.wasm"]).assert(1, &["RD0005", "threadify"]);
}

#[test]
fn there_may_be_no_stack_to_check() {
    let scratch = Scratch::new();
    scratch.module(guests::RETURNS_7);
    scratch.raddle(&["run", "--stack-check", "module.wasm"]).assert(7, &["warning", "no stacks for this module"]);
}

#[test]
fn wrong_command_lines_are_usage() {
    let scratch = Scratch::new();
    let commands: [&[&str]; 5] =
        [&[], &["fly"], &["run"], &["run", "--fast", "module.wasm"], &["threadify", "module.wasm"]];
    for command in commands {
        let Ran { status, stderr, .. } = scratch.raddle(command);
        assert_eq!(status, 2, "{command:?}");
        assert!(stderr.contains("Usage: raddle"), "{stderr}");
    }
}
