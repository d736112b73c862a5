//! The example of an adapter in Python, which wraps `raddle run --report`, comes to the same verdicts as the backend
//! itself.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

use super::{RETURNS, SPINS, case};
use crate::support::Scratch;

fn adapter() -> Option<String> {
    let found = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        println!("skipped: there is no python3");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/adapters/python/adapter.py");
    let lines = std::fs::read_to_string(&script).unwrap().lines().count();
    assert!(lines < 100, "{lines} lines");
    Some(format!("python3 '{}' '{}'", script.display(), env!("CARGO_BIN_EXE_raddle")))
}

/// The verdicts of a run, by the case's id.
fn verdicts(scratch: &Scratch, options: &[&str]) -> BTreeMap<String, String> {
    let ran = scratch.raddle(&[&["conform", "run", "--format", "json", "--timeout-scale", "3"], options].concat());
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:#?}"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let told = |result: &Value| match &result["difference"] {
        Value::Null => format!("{} {}", text(&result["verdict"]), result["message"]),
        difference => format!("{}: {}", text(&result["verdict"]), difference["found"]),
    };
    report["results"].as_array().unwrap().iter().map(|result| (text(&result["id"]), told(result))).collect()
}

#[test]
fn the_suite_has_the_same_verdicts() {
    let Some(adapter) = adapter() else { return };
    let scratch = Scratch::new();
    let native = verdicts(&scratch, &[]);
    let python = verdicts(&scratch, &["--adapter", &adapter]);
    assert!(native.len() >= 5);
    assert_eq!(python.keys().collect::<Vec<_>>(), native.keys().collect::<Vec<_>>());
    // Of the capabilities it lacks one.
    let is_skipped = |id: &str, verdict: &str| id.starts_with("outside/") && verdict == "skip null";
    for (id, verdict) in &python {
        assert!(*verdict == native[id] || is_skipped(id, verdict), "{id}: {verdict}, not {}", native[id]);
    }
}

/// What the adapter has to do besides running: it kills, it sees hangs, it tells errors and odd output.
#[test]
fn what_the_suite_may_not_have_is_the_same_too() {
    let Some(adapter) = adapter() else { return };
    let scratch = Scratch::new();
    let says = |bytes: &str| {
        format!(
            "(module (import \"env\" \"memory\" (memory 1 1 shared))
               (import \"raddle_v1\" \"write\" (func $write (param i32 i32 i32) (result i32)))
               (data (i32.const 8) \"{bytes}\")
               (func (export \"main\")
                 (drop (call $write (i32.const 2) (i32.const 8) (i32.const 4)))
                 (drop (call $write (i32.const 1) (i32.const 8) (i32.const 4)))
                 (loop $for_ever (br $for_ever))))"
        )
    };
    case(
        &scratch,
        "a/killed",
        "[expect]\nkilled = true\nstdout = \"word\"\nstderr = \"word\"\n[embedder]\nkill-on-output = \"rd\"",
        &says("word"),
    );
    case(
        &scratch,
        "a/bytes",
        "[expect]\nkilled = true\nstdout = \"word\"\n[embedder]\nkill-on-output = \"d\"",
        &says("\\ff\\fe\\00d"),
    );
    case(&scratch, "a/hangs", "[expect]\nhang = { for-ms = 100 }", SPINS);
    case(&scratch, "a/hangs-for-ever", "timeout-ms = 300\n[expect]\nreturn = []", SPINS);
    case(&scratch, "a/timed-out", "limits = { time-limit-ms = 100 }\n[expect]\ntimed-out = true", SPINS);
    case(&scratch, "a/no-entry", "entry = \"nothing\"\n[expect]\nload-error = { code = \"ST0003\" }", RETURNS);
    case(&scratch, "a/no-argument", "entry-args = [\"i32:1\"]\n[expect]\nload-error = {}", RETURNS);
    case(
        &scratch,
        "a/not-shared",
        "[expect]\nthreadify-error = { code = \"TF0007\" }",
        "(module (memory 1) (func (export \"main\")))",
    );
    let native = verdicts(&scratch, &["--cases", "cases"]);
    let python = verdicts(&scratch, &["--cases", "cases", "--adapter", &adapter]);
    assert_eq!(python, native);
    let failed: Vec<_> =
        native.iter().filter(|(_, verdict)| verdict.starts_with("fail")).map(|(id, _)| id.as_str()).collect();
    assert_eq!(failed, ["a/bytes", "a/hangs-for-ever"], "{native:#?}");
}
