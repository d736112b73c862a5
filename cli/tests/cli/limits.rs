//! Limits that the command line sets, and what is said where a program reaches them.

use crate::{guests, support::Scratch};

/// The ABI's status AGAIN.
const AGAIN: i32 = 1;

/// An optimiser drops a table that is not exported, and then every spawn is refused.
#[test]
fn a_program_that_cannot_start_threads_is_told_so() {
    let scratch = Scratch::new();
    scratch.module(
        r#"(module (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
        (memory 1 1 shared)
        (func (export "main") (result i32) (call $spawn (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 8))))"#,
    );
    const INVALID: i32 = 2;
    scratch.raddle(&["run", "module.wasm"]).assert(INVALID, &["warning: the module has no table", "--export-table"]);
    // One that starts none needs no table.
    scratch.module(r#"(module (memory 1 1 shared) (func (export "main")))"#);
    assert_eq!(scratch.raddle(&["run", "module.wasm"]).assert(0, &[]).stderr, "");
}

#[test]
fn the_limit_on_threads_is_told_with_its_option() {
    let scratch = Scratch::new();
    scratch.module(guests::SPAWNS_UNTIL_REFUSED);
    let report = ["run", "--max-threads", "5", "--report", "report.json", "module.wasm"];
    let ran = scratch.raddle(&report).assert(AGAIN, &["limit of 5 threads", "--max-threads"]);
    assert_eq!(ran.stderr.lines().count(), 1, "told once: {}", ran.stderr);
    let report = crate::support::json(&scratch.path("report.json"));
    assert_eq!(report["peak_live"], 5);
    assert_eq!(report["spawned"], 4);
}

#[test]
fn too_little_memory_is_refused_before_the_program_runs() {
    let scratch = Scratch::new();
    scratch.module(guests::SPINS);
    scratch.raddle(&["run", "--max-memory", "1K", "module.wasm"]).assert(1, &["65536"]).assert_stdout("");
}

#[test]
fn limits_that_make_no_sense_are_usage() {
    let scratch = Scratch::new();
    for (option, value, says) in [
        ("--max-threads", "4294967296", "4294967296 is not in 0..=4294967295"),
        ("--max-threads", "many", "invalid digit"),
        ("--max-memory", "1KB", "unknown unit `KB`"),
        ("--stack-size", "-5", "--stack-size"),
        ("--time-limit", "5", "no unit"),
        ("--time-limit", "0s", "zero is not allowed"),
        ("--max-wait", "0s", "zero is not allowed"),
        ("--max-output", "1.5K", "unknown unit"),
    ] {
        scratch.raddle(&["run", &format!("{option}={value}"), "module.wasm"]).assert(2, &[says]);
    }
    scratch.module(guests::RETURNS_7);
    scratch.raddle(&["run", "--max-threads=0", "module.wasm"]).assert(2, &["ST0007", "give a limit from 1 to 32768"]);
}

#[test]
fn a_wait_that_takes_too_long_is_told_with_its_place_and_option() {
    let scratch = Scratch::new();
    scratch.module(guests::WAITS_BESIDE_A_SPINNER);
    let run = ["run", "--max-wait", "20ms", "--report", "report.json", "module.wasm"];
    let ran = scratch.raddle(&run).assert(134, &["limit of 20000000 nanoseconds", "--max-wait", "wait-limit"]);
    assert!(ran.stderr.contains("hangs"), "where it waits: {}", ran.stderr);
    let report = crate::support::json(&scratch.path("report.json"));
    assert_eq!(report["kind"], "wait-limit");
    assert_eq!(report["thread"]["id"], 1);
}

#[test]
fn the_limit_on_output_is_told_with_its_option() {
    let scratch = Scratch::new();
    scratch.module(guests::WRITES_TWICE);
    let ran = scratch.raddle(&["run", "--max-output", "7", "module.wasm"]);
    ran.assert(AGAIN, &["limit of 7 bytes of output", "--max-output"]).assert_stdout("four");
    scratch.raddle(&["run", "--max-output", "8", "module.wasm"]).assert(0, &[]).assert_stdout("fourfour");
}
