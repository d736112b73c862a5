//! `--report`: every outcome's report holds to the schema and says what happened.

use std::path::Path;

use boon::{Compiler, Schemas};
use serde_json::{Value, json};

use crate::{
    guests,
    support::{Scratch, entry_args_option, json as read},
};

/// Panics unless a report holds to the schema.
#[track_caller]
fn assert_schema(report: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/report.schema.json");
    let mut schemas = Schemas::new();
    let schema = Compiler::new().compile(path.to_str().unwrap(), &mut schemas).unwrap();
    if let Err(error) = schemas.validate(report, schema) {
        panic!("{error:#}\n{report:#}");
    }
}

/// Runs a program and reads its report, which must hold to the schema.
#[track_caller]
fn report(text: &str, options: &[&str], entry_args: &[&str]) -> Value {
    let scratch = Scratch::new();
    scratch.module(text);
    let entry_args = entry_args_option(entry_args);
    let entry_args: Vec<_> = entry_args.iter().map(String::as_str).collect();
    let ran = scratch.raddle(&[&["run", "--report", "report.json"], options, &entry_args, &["module.wasm"]].concat());
    let report = read(&scratch.path("report.json"));
    assert_schema(&report);
    assert_eq!(report["exit_status"], ran.status);
    assert_eq!(report["module"], "module.wasm");
    report
}

#[test]
fn returned() {
    let report = report(guests::RETURNS_7, &[], &[]);
    assert_eq!(report["outcome"], "returned");
    assert_eq!(report["entry"], "main");
    assert_eq!(report["results"], json!([{ "type": "i32", "value": 7 }]));
    assert_eq!(report["spawned"], 0);
    assert_eq!(report["peak_live"], 1);
}

#[test]
fn results_of_every_type() {
    let both = report(guests::FUNCTIONS, &["--entry", "both"], &[]);
    assert_eq!(both["results"], json!([{ "type": "i32", "value": -3 }, { "type": "f32", "value": 0.5 }]));
    let add = report(guests::FUNCTIONS, &["--entry", "add"], &["0", "9223372036854775807"]);
    assert_eq!(add["results"], json!([{ "type": "i64", "value": i64::MAX }]));
    let infinite = report(guests::FUNCTIONS, &["--entry", "divide"], &["-1", "0"]);
    assert_eq!(infinite["results"], json!([{ "type": "f64", "value": "-inf" }]));
}

#[test]
fn exited() {
    let report = report(guests::EXITS_42, &[], &[]);
    assert_eq!(report["outcome"], "exited");
    assert_eq!(report["code"], 42);
    assert_eq!(report["spawned"], 1);
    assert_eq!(report["peak_live"], 2);
    assert_eq!(report["live"], 0);
    assert_eq!(report["slots_in_use"], 0);
}

#[test]
fn trapped() {
    let report = report(guests::TRAPS, &[], &[]);
    assert_eq!(report["outcome"], "trapped");
    assert_eq!(report["kind"], "division-by-zero");
    assert_eq!(report["thread"], json!({ "id": 2, "name": "worker" }));
    assert_eq!(report["backtrace"][0]["function"], "divide");
    assert_eq!(report["backtrace"][1]["function"], "start");
}

#[test]
fn aborted() {
    let report = report(guests::ABORTS, &[], &[]);
    assert_eq!(report["outcome"], "aborted");
    assert_eq!(report["message"], "nothing to be done");
    assert_eq!(report["thread"], json!({ "id": 1, "name": null }));
}

#[test]
fn deadlocked() {
    let report = report(guests::DEADLOCKS, &[], &[]);
    assert_eq!(report["outcome"], "deadlocked");
    let [blocked] = &report["threads"].as_array().unwrap()[..] else { panic!("{report:#}") };
    assert_eq!(blocked["thread"], json!({ "id": 1, "name": null }));
    assert_eq!(blocked["waiting"], json!({ "for": "memory", "address": 256 }));
    let functions: Vec<_> = blocked["backtrace"].as_array().unwrap().iter().map(|frame| &frame["function"]).collect();
    assert!(functions.contains(&&json!("start")), "{report:#}");
}

#[test]
fn timed_out() {
    let report = report(guests::SPINS, &["--time-limit", "1s"], &[]);
    assert_eq!(report["outcome"], "timed-out");
    assert!(report["elapsed_ms"].as_f64().unwrap() > 0.0, "{report:#}");
}

#[test]
fn on_standard_output_it_is_the_last_line() {
    let scratch = Scratch::new();
    scratch.module(guests::EXITS_42);
    let ran = scratch.raddle(&["run", "--report", "-", "module.wasm"]).assert(42, &["err\n"]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[..2], ["out", "half"]);
    assert_eq!(lines.len(), 3);
    let report = serde_json::from_str(lines[2]).unwrap();
    assert_schema(&report);
    assert_eq!(report["code"], 42);
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let good = report(guests::ABORTS, &[], &[]);
    for field in ["version", "outcome", "message", "thread", "peak_live"] {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(field);
        assert!(std::panic::catch_unwind(|| assert_schema(&bad)).is_err(), "without {field}");
    }
    let mut bad = good;
    bad["outcome"] = "trapped".into();
    assert!(std::panic::catch_unwind(|| assert_schema(&bad)).is_err(), "an abort's fields on a trap");
}
