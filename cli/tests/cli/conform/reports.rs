//! What is told in other formats, and what the other commands make of it.

use std::{fs, path::Path};

use boon::{Compiler, Schemas};
use serde_json::Value;

use super::{RETURNS, SPINS, case};
use crate::support::{Ran, Scratch, json};

/// Panics unless a value holds to a schema of the suite.
#[track_caller]
fn assert_schema(schema: &str, value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/schemas").join(schema);
    let mut schemas = Schemas::new();
    let schema = Compiler::new().compile(path.to_str().unwrap(), &mut schemas).unwrap();
    if let Err(error) = schemas.validate(value, schema) {
        panic!("{error:#}\n{value:#}");
    }
}

/// One case that passes, one that fails, one that is skipped and one that cannot be read.
fn mixed(scratch: &Scratch) {
    case(scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    case(scratch, "good/refused", "[expect]\nrefused = { capability = \"memory64\" }", RETURNS);
    case(scratch, "bad/exits", "[expect]\nexit = 3", RETURNS);
    case(scratch, "bad/key", "[expect]\nretrun = []", RETURNS);
}

fn run(scratch: &Scratch, format: &str, status: i32) -> Ran {
    scratch.raddle(&["conform", "run", "--cases", "cases", "--format", format]).assert(status, &[])
}

#[test]
fn json_and_ndjson_hold_to_their_schema() {
    let scratch = Scratch::new();
    mixed(&scratch);
    let document: Value = serde_json::from_str(&run(&scratch, "json", 3).stdout).unwrap();
    assert_schema("report.schema.json", &document);
    assert_eq!(document["counts"], serde_json::json!({ "pass": 1, "fail": 1, "skip": 1, "error": 1 }));
    assert_eq!(document["backend"]["name"], "native");
    assert_eq!(document["results"][1]["line"], 3, "{document:#}");

    let ran = run(&scratch, "ndjson", 3);
    let lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 6);
    for line in &lines {
        assert_schema("report.schema.json#/$defs/line", line);
    }
    assert_eq!((&lines[0]["event"], &lines[5]["event"]), (&"begin".into(), &"end".into()));
    assert_eq!(lines[5]["counts"], document["counts"]);
}

#[test]
fn build_servers_get_their_formats() {
    let scratch = Scratch::new();
    mixed(&scratch);
    let junit = run(&scratch, "junit", 3).stdout;
    assert!(junit.starts_with("<?xml"), "{junit}");
    assert!(junit.contains(r#"tests="4" skipped="1" failures="1" errors="1""#), "{junit}");
    let github = run(&scratch, "github", 3).stdout;
    assert!(
        github.contains("::error file=cases/bad/exits.wat,line=1,title=bad/exits fails on native::outcome"),
        "{github}"
    );
    assert!(github.contains("::error file=cases/bad/key.wat,line=3,title=bad/key cannot be judged"), "{github}");
}

/// Every line between the suite and a real adapter.
#[cfg(unix)]
#[test]
fn the_protocol_is_as_its_schema_says() {
    let scratch = Scratch::new();
    mixed(&scratch);
    let header = "entry-args = [\"i32:-1\", \"f64:0.5\"]\nlimits = { max-threads = 3, max-memory = 65536, time-limit-ms = 100 }\n\
                  embedder = { kill-on-output = \"x\" }\n[expect]\nload-error = {}";
    case(&scratch, "good/arguments", header, RETURNS);
    case(
        &scratch,
        "good/not-threaded",
        "[expect]\nthreadify-error = {}",
        "(module (memory 1) (func (export \"main\")))",
    );
    case(&scratch, "good/hangs", "[expect]\nhang = { for-ms = 50 }", SPINS);
    case(
        &scratch,
        "good/traps",
        "[expect]\ntrap = { kind = \"unreachable\" }",
        "(module (memory 1 1 shared) (func (export \"main\") unreachable))",
    );
    // Into the file first: the adapter may be killed as soon as it has answered.
    let keep = |file: &str| {
        let say = "printf '%s\\n' \"$line\"";
        format!("while IFS= read -r line; do {say} >> {file}; {say}; done")
    };
    let script =
        format!("{} | {} conform adapter native | {}", keep("requests"), env!("CARGO_BIN_EXE_raddle"), keep("answers"));
    scratch.file("adapter.sh", script);
    scratch.raddle(&["conform", "run", "--cases", "cases", "--adapter", "sh adapter.sh"]).assert(3, &[]);

    for (file, part) in [("requests", "request"), ("answers", "answer")] {
        let text = fs::read_to_string(scratch.path(file)).unwrap();
        // Six cases are run, each on an adapter of its own, which is asked what it is first. One is skipped, and one
        // cannot be read.
        assert_eq!(text.lines().count(), 12, "{text}");
        for line in text.lines() {
            assert_schema(&format!("protocol.schema.json#/$defs/{part}"), &serde_json::from_str(line).unwrap());
        }
    }
}

#[test]
fn known_failures_are_known_as_they_are_described() {
    let scratch = Scratch::new();
    case(&scratch, "a/fails", "[expect]\nexit = 3", RETURNS);
    case(&scratch, "a/fails-otherwise", "[expect]\nexit = 3", RETURNS);
    case(&scratch, "a/passes", "[expect]\nreturn = []", RETURNS);
    let entry = |id: &str, result: &str| {
        format!("[[known-failure]]\ncase = \"a/{id}\"\nreason = \"not yet\"\nresult = {{ {result} }}\n")
    };
    scratch.file("known.toml", entry("fails", "return = []"));
    let run = |status: i32| {
        let args = ["conform", "run", "--cases", "cases", "--filter", "a/fails*", "--expectations", "known.toml"];
        scratch.raddle(&args).assert(status, &[]).stdout
    };
    let only_fails = run(1);
    assert!(
        only_fails.contains("xfail a/fails: not yet") && only_fails.contains("FAIL  a/fails-otherwise"),
        "{only_fails}"
    );

    scratch.file(
        "known.toml",
        entry("fails", "return = []") + &entry("fails-otherwise", "exit = 4") + &entry("passes", "exit = 4"),
    );
    let args = ["conform", "expectations", "recheck", "--cases", "cases", "--expectations", "known.toml"];
    let recheck = scratch.raddle(&args).assert(1, &[]).stdout;
    for words in [
        "fails as it is known to  a/fails: not yet",
        "FAILS OTHERWISE          a/fails-otherwise: outcome",
        "PASSES NOW               a/passes",
    ] {
        assert!(recheck.contains(words), "no {words:?} in\n{recheck}");
    }

    scratch.file("known.toml", entry("fale", "return = []"));
    let args = ["conform", "run", "--cases", "cases", "--expectations", "known.toml"];
    scratch.raddle(&args).assert(2, &["CF0011: known.toml:2: there is no case `a/fale`; did you mean `a/fails`?"]);
}

#[test]
fn a_matrix_has_every_clause_and_a_difference_what_changed() {
    let scratch = Scratch::new();
    let clause = |id: &str| {
        format!("[[clause]]\nid = \"{id}\"\ngroup = \"join\"\ntext = \"It is.\"\nanchor = \"abi.md#threads\"\n")
    };
    scratch.file("cases/clauses.toml", clause("join-1") + &clause("join-2"));
    mixed(&scratch);
    fs::remove_file(scratch.path("cases/bad/key.wat")).unwrap();
    let report = |name: &str| {
        let ran = scratch.raddle(&["conform", "run", "--cases", "cases", "--format", "json"]);
        scratch.file(name, ran.stdout);
    };
    report("old.json");
    let matrix = scratch.raddle(&["conform", "matrix", "--cases", "cases", "old.json"]).assert(1, &[]).stdout;
    assert!(matrix.contains("| join-1 | 3     | BAD bad/exits |"), "{matrix}");
    assert!(matrix.contains("| join-2 | NONE  | not run       |"), "{matrix}");
    assert!(matrix.contains("2 clauses, 3 cases; 1 without a case: join-2\n- native 0.1.0 (wasmtime"), "{matrix}");
    let words = ["conform", "matrix", "--cases", "cases", "old.json", "old.json"];
    let matrix = scratch.raddle(&words).assert(1, &[]).stdout;
    assert!(matrix.contains("| join-1 | 3     | BAD bad/exits bad/exits |"), "one backend, one column: {matrix}");

    case(&scratch, "bad/exits", "[expect]\nreturn = []", RETURNS);
    case(&scratch, "good/returns", "[expect]\nexit = 1", RETURNS);
    report("new.json");
    let diff = scratch.raddle(&["conform", "diff", "old.json", "new.json"]).assert(1, &[]).stdout;
    assert_eq!(diff, "      bad/exits: fail -> pass\nworse good/returns: pass -> fail\n2 changed, 1 for the worse\n");
    scratch
        .raddle(&["conform", "diff", "old.json", "old.json"])
        .assert(0, &[])
        .assert_stdout("0 changed, 0 for the worse\n");
    scratch.raddle(&["conform", "diff", "old.json", "cases/clauses.toml"]).assert(2, &["CF0012: cases/clauses.toml"]);
}

/// What `explain` says to run by hand can be run by hand.
#[test]
fn an_explanation_leads_to_a_run_by_hand() {
    let scratch = Scratch::new();
    let module = "(module (memory 1 1 shared) (func (export \"add\") (param i32 i64) (result i64)
      (i64.add (i64.extend_i32_s (local.get 0)) (local.get 1))))";
    let header = "entry = \"add\"\nentry-args = [\"i32:-1\", \"i64:43\"]\nlimits = { max-threads = 3, time-limit-ms = 60000 }\n[expect]\nreturn = [\"i64:42\"]";
    case(&scratch, "good/adds", header, module);
    let ran =
        scratch.raddle(&["conform", "explain", "--cases", "cases", "good/adds", "--wasm", "case.wasm"]).assert(0, &[]);
    for words in ["good/adds: a case", "expects   returned [i64:42]", "clause    join-1: A joiner gets"] {
        assert!(ran.stdout.contains(words), "no {words:?} in\n{}", ran.stdout);
    }
    let commands: Vec<Vec<&str>> = ran
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("  raddle "))
        .map(|line| line.split(' ').collect())
        .collect();
    let [again, explain, by_hand] = &commands[..] else { panic!("{}", ran.stdout) };
    assert!(scratch.raddle(again).assert(0, &[]).stdout.contains(": 1 pass in "));
    scratch.raddle(explain).assert(0, &[]);
    scratch.raddle(by_hand).assert(0, &[]);
    fs::write(scratch.path("report.json"), scratch.raddle(by_hand).stdout).unwrap();
    assert_eq!(json(&scratch.path("report.json"))["results"][0]["value"], 42);

    scratch
        .raddle(&["conform", "explain", "--cases", "cases", "good/add"])
        .assert(2, &["there is no case `good/add`, did you mean `good/adds`?"]);
}
