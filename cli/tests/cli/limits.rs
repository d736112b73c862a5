//! Limits that the command line sets, and what is said where a program reaches them.

use crate::{guests, support::Scratch};

/// The ABI's status AGAIN.
const AGAIN: i32 = 1;

#[test]
fn the_limit_on_threads_is_told_with_its_option() {
    let scratch = Scratch::new();
    scratch.module(guests::SPAWNS_UNTIL_REFUSED);
    let report = ["run", "--max-threads", "5", "--report", "report.json", "module.wasm"];
    let ran = scratch.raddle(&report).assert(AGAIN, &["limit of 5 threads", "--max-threads"]);
    assert_eq!(ran.stderr.lines().count(), 1, "told once: {}", ran.stderr);
    let report = crate::support::json(&scratch.path("report.json"));
    assert_eq!(report["peak_live"], 5);
    assert_eq!(report["threads_spawned"], 4);
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
        ("--max-threads", "0", "0 is not in 1.."),
        ("--max-threads", "many", "invalid digit"),
        ("--max-memory", "1KB", "unknown unit `KB`"),
        ("--stack-size", "-5", "--stack-size"),
        ("--timeout", "5", "no unit"),
        ("--timeout", "0s", "no time at all"),
    ] {
        scratch.raddle(&["run", &format!("{option}={value}"), "module.wasm"]).assert(2, &[says]);
    }
}
