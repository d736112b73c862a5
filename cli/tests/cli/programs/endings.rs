//! Every way in which a process of several threads ends.

use serde_json::Value;

use super::{invoke, module, report};
use crate::support::{Ran, Scratch};

fn end(export: &str) -> Value {
    invoke(&module("endings"), export)
}

#[test]
fn main_returns() {
    let report = report(&module("endings"), &[], &[]);
    assert_eq!(report["outcome"], "returned");
    assert_eq!(report["exit_status"], 0);
}

#[test]
fn a_panic_is_an_abort_with_message_place_and_thread() {
    for (export, thread, comment) in
        [("panic_on_main", 1, "// panic on main"), ("panic_on_child", 2, "// panic on child")]
    {
        let report = end(export);
        assert_eq!(report["outcome"], "aborted", "{report:#}");
        assert_eq!(report["exit_status"], 134);
        assert_eq!(report["thread"]["id"], thread);
        let message = report["message"].as_str().unwrap();
        assert!(message.contains("the shuttle is lost"), "{message}");
        let source = include_str!("../../../../examples/guests/probes/src/bin/endings.rs");
        let line = 1 + source.lines().position(|line| line.ends_with(comment)).unwrap();
        assert!(message.contains(&format!("endings.rs:{line}:")), "{message} has not line {line}");
    }
    assert_eq!(end("panic_on_child")["thread"]["name"], "weaver");
}

/// The program says which of its lines could not print, and raddle why.
#[cfg(target_os = "linux")]
#[test]
fn output_that_nobody_takes_is_told() {
    let source = include_str!("../../../../examples/guests/probes/src/bin/endings.rs");
    let line = 1 + source.lines().position(|line| line.ends_with("// print on main")).unwrap();
    let aborts = format!(
        "raddle: thread 1 aborted the program: panicked at probes/src/bin/endings.rs:{line}:5:\n\
         \x20   failed printing to stdout: the stream takes no more: it is closed, or its disk is full\n"
    );
    let module = module("endings");
    let run = |stdout: std::fs::File| -> Ran {
        let mut raddle = Scratch::new().command(&["run", "--entry", "print_on_main", module.to_str().unwrap()]);
        raddle.current_dir("/").stdout(stdout).output().unwrap().into()
    };
    let full = run(std::fs::File::options().write(true).open("/dev/full").unwrap());
    assert_eq!(full.status, 134);
    let reason = "raddle: error: RD0001: cannot write standard output: No space left on device (os error 28)\n";
    assert_eq!(full.stderr, aborts.clone() + reason);

    // A reader who has gone is nothing to tell of.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let gone = run(std::fs::File::from(std::os::fd::OwnedFd::from(writer)));
    assert_eq!((gone.status, gone.stderr), (134, aborts));
}

#[test]
fn an_exit_ends_threads_that_compute_and_wait() {
    for export in ["exit_on_main", "exit_on_child"] {
        let report = report(&module("endings"), &["--entry", export], &["23"]);
        assert_eq!(report["outcome"], "exited", "{report:#}");
        assert_eq!(report["code"], 23);
        assert_eq!(report["exit_status"], 23);
        assert_eq!(report["slots_in_use"], 0, "{report:#}");
    }
}

#[test]
fn an_abort_names_its_thread() {
    let report = end("abort_on_child");
    assert_eq!(report["outcome"], "aborted");
    assert_eq!(report["thread"]["name"], "weaver");
}

#[test]
fn a_return_ends_the_other_threads() {
    let report = end("return_with_threads");
    assert_eq!(report["outcome"], "returned", "{report:#}");
    assert_eq!(report["results"][0]["value"], 7);
    assert_eq!(report["spawned"], 2);
    assert_eq!(report["slots_in_use"], 0);
}

#[test]
fn a_time_limit_ends_threads_that_compute() {
    for export in ["spin", "spin_on_children"] {
        let report = report(&module("endings"), &["--time-limit", "1s", "--entry", export], &[]);
        assert_eq!(report["outcome"], "timed-out", "{report:#}");
        assert_eq!(report["exit_status"], 124);
        assert_eq!(report["slots_in_use"], 0);
    }
}

#[test]
fn deadlocks_are_found_and_explained() {
    let parked = end("deadlock_parked");
    assert_eq!(parked["outcome"], "deadlocked", "{parked:#}");
    assert_eq!(parked["exit_status"], 125);
    assert_eq!(parked["threads"].as_array().unwrap().len(), 1);

    let crossed = end("deadlock_crossed");
    assert_eq!(crossed["outcome"], "deadlocked", "{crossed:#}");
    let thread = |name: &str| {
        let threads = crossed["threads"].as_array().unwrap();
        threads.iter().find(|blocked| blocked["thread"]["name"] == name).unwrap_or_else(|| panic!("{crossed:#}"))
    };
    let (weaver, winder) = (thread("weaver"), thread("winder"));
    assert_eq!(weaver["waiting"]["for"], "mutex");
    assert_eq!(weaver["waiting"]["owner"], winder["thread"]["id"]);
    assert_eq!(winder["waiting"]["owner"], weaver["thread"]["id"]);
    let mut cycle = [&weaver["thread"]["id"], &winder["thread"]["id"]].map(|id| id.as_u64().unwrap());
    cycle.sort_unstable();
    assert_eq!(crossed["cycles"], serde_json::json!([cycle]), "{crossed:#}");
    assert_eq!(parked["cycles"], serde_json::json!([]));
}

#[test]
fn a_lock_that_can_never_be_had_is_an_abort() {
    let report = end("relock");
    assert_eq!(report["outcome"], "aborted", "{report:#}");
    assert_eq!(report["thread"]["name"], "weaver");
}

#[test]
fn memory_that_runs_out_is_the_programs_end_alone() {
    let report = report(&module("endings"), &["--max-memory", "128MiB", "--entry", "out_of_memory"], &[]);
    assert!(["aborted", "trapped"].contains(&report["outcome"].as_str().unwrap()), "{report:#}");
    assert_eq!(report["thread"]["name"], "weaver");
    assert_eq!(report["exit_status"], 134);
}
