//! Backtraces name the functions and the lines of the source, after threadify as before.

use serde_json::Value;

use super::{invoke, linked, module, report};

const SOURCE: &str = include_str!("../../../../examples/guests/probes/src/bin/trap-lines.rs");

/// The line that ends in this comment, from 1.
fn line_of(what: &str) -> usize {
    let comment = format!("// line of {what}");
    1 + SOURCE.lines().position(|line| line.ends_with(&comment)).unwrap()
}

/// Checks that the backtrace has a frame of that function, in the source's line that its comment marks.
#[track_caller]
fn assert_frame(report: &Value, function: &str) {
    let frames = report["backtrace"].as_array().unwrap();
    let name = if function == "the closure" { "{closure" } else { function };
    let found = frames.iter().any(|frame| {
        let has = |field: &str, text: &str| frame[field].as_str().is_some_and(|value| value.contains(text));
        has("function", name) && has("file", "trap-lines.rs") && frame["line"] == line_of(function)
    });
    assert!(found, "no {function} in line {}: {report:#}", line_of(function));
}

#[test]
fn on_the_main_thread() {
    // Threadified by the build, and by the run.
    for module in [module("trap-lines"), linked("trap-lines")] {
        let report = invoke(&module, "trap_on_main");
        assert_eq!(report["outcome"], "trapped", "{report:#}");
        assert_eq!(report["kind"], "unreachable");
        assert_eq!(report["thread"]["id"], 1);
        ["pick", "weave", "trap_on_main"].iter().for_each(|function| assert_frame(&report, function));
    }
}

#[test]
fn on_a_thread_with_a_name() {
    let report = invoke(&module("trap-lines"), "trap_on_child");
    assert_eq!(report["outcome"], "trapped", "{report:#}");
    assert_eq!(report["thread"]["name"], "weaver");
    ["pick", "weave", "the closure"].iter().for_each(|function| assert_frame(&report, function));
}

#[test]
fn a_read_outside_memory() {
    let report = report(&module("trap-lines"), &["--entry", "read"], &["0xfffffff0"]);
    assert_eq!(report["kind"], "memory-out-of-bounds", "{report:#}");
}

#[test]
fn a_checked_stack_that_overflows() {
    for (export, thread) in [("overflow_on_main", Value::Null), ("overflow_on_child", "weaver".into())] {
        let report = report(&linked("overflow"), &["--stack-check", "--entry", export], &[]);
        assert_eq!(report["outcome"], "trapped", "{report:#}");
        assert_eq!(report["kind"], "stack-overflow");
        assert_eq!(report["thread"]["name"], thread);
        assert!(report["backtrace"].to_string().contains("recurse"), "{report:#}");
    }
}

#[test]
fn an_unchecked_stack_that_overflows_is_the_programs_end_alone() {
    for export in ["overflow_on_main", "overflow_on_child"] {
        let report = report(&module("overflow"), &["--time-limit", "20s", "--entry", export], &[]);
        // What it is depends on what lies below the stack; that raddle lives to tell is what counts.
        assert!(report["outcome"].is_string(), "{report:#}");
    }
}

#[test]
fn a_stack_has_the_size_that_was_asked_for() {
    // A level takes about 1 KiB.
    let deep = report(&linked("overflow"), &["--stack-check", "--entry", "depth_on_child"], &["200", "524288"]);
    assert_eq!(deep["results"][0]["value"], 201, "{deep:#}");
    let shallow = report(&linked("overflow"), &["--stack-check", "--entry", "depth_on_child"], &["600", "262144"]);
    assert_eq!(shallow["kind"], "stack-overflow", "{shallow:#}");
}
