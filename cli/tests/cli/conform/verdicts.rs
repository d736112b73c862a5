//! What is told of cases, and the exit status that it gives.

use serde_json::Value;

use super::{RETURNS, SPINS, case};
use crate::support::Scratch;

#[test]
fn good_cases_give_0() {
    let scratch = Scratch::new();
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    case(&scratch, "good/hangs", "[expect]\nhang = { for-ms = 100 }", SPINS);
    let ran = scratch.raddle(&["conform", "run", "--cases", "cases"]).assert(0, &[]);
    assert!(ran.stdout.starts_with("native 0.1.0 (wasmtime 48): 2 pass in "), "{}", ran.stdout);
}

#[test]
fn a_failure_gives_1_and_is_told_with_both_sides() {
    let scratch = Scratch::new();
    case(&scratch, "bad/exits", "[expect]\nexit = 3", RETURNS);
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    let ran = scratch.raddle(&["conform", "run", "--cases", "cases"]).assert(1, &[]);
    for words in ["FAIL  bad/exits (join-1): outcome", "expected  exited with 3", "found     returned []"] {
        assert!(ran.stdout.contains(words), "no {words:?} in\n{}", ran.stdout);
    }
    assert!(ran.stdout.contains(": 1 pass, 1 fail in "), "{}", ran.stdout);
}

/// Only its own time, and no other case's result.
#[test]
fn a_case_that_hangs_is_a_failure() {
    let scratch = Scratch::new();
    case(&scratch, "bad/spins", "timeout-ms = 200\n[expect]\nreturn = []", SPINS);
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    let ran = scratch.raddle(&["conform", "run", "--cases", "cases"]).assert(1, &[]);
    assert!(ran.stdout.contains("found     it did not end (a hang)"), "{}", ran.stdout);
    assert!(ran.stdout.contains(": 1 pass, 1 fail in "), "{}", ran.stdout);

    // An adapter that has to be killed is given five seconds more: this one is not that.
    let ran = scratch.raddle(&["conform", "run", "--cases", "cases", "--format", "json"]).assert(1, &[]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let hung = report["results"].as_array().unwrap().iter().find(|result| result["id"] == "bad/spins").unwrap();
    let elapsed = hung["elapsed_ms"].as_f64().unwrap();
    assert!((200.0..5000.0).contains(&elapsed), "{elapsed} ms");
}

#[test]
fn a_case_that_cannot_be_read_gives_3_with_its_line_and_the_others_run() {
    let scratch = Scratch::new();
    case(&scratch, "bad/key", "requirs = [\"spawn\"]\n[expect]\nreturn = []", RETURNS);
    case(&scratch, "bad/text", "[expect]\nreturn = []", "(module\n  (memory 1 1 shred))");
    scratch.file("cases/bad/headless.wat", RETURNS);
    scratch.file("cases/bad/unbuilt.c", "//! summary = \"x\"\nint main(void) { return 0; }\n");
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    let ran = scratch.raddle(&["conform", "run", "--cases", "cases"]).assert(3, &[]);
    for words in [
        "ERROR bad/key: CF0003: cases/bad/key.wat:3: unknown key `requirs`; did you mean `requires`?",
        "ERROR bad/text: CF0007: the case cannot be assembled",
        "cases/bad/text.wat:6:",
        "ERROR bad/headless: CF0006: cases/bad/headless.wat:1: no header",
        "ERROR bad/unbuilt: CF0008: cases/bad/unbuilt.c has no module beside it",
        ": 1 pass, 4 error in ",
    ] {
        assert!(ran.stdout.contains(words), "no {words:?} in\n{}", ran.stdout);
    }
}

#[test]
fn what_makes_no_sense_is_usage() {
    let scratch = Scratch::new();
    let run = |args: &[&str]| scratch.raddle(&[&["conform", "run"], args].concat());
    run(&["--cases", "nowhere"]).assert(2, &["CF0001: cannot read nowhere: "]);
    run(&["--backend", "nobody"]).assert(2, &["there is no backend `nobody`", "native", "--adapter"]);
    run(&["--adapter", "'unclosed"]).assert(2, &["a quote is not closed"]);
    run(&["--jobs", "0"]).assert(2, &["--jobs"]);
    run(&["--timeout-scale", "0"]).assert(2, &["not between 0.001 and 1000"]);
}

/// That nothing was run is no success.
#[test]
fn a_choice_of_no_case_is_usage() {
    let scratch = Scratch::new();
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    std::fs::create_dir(scratch.path("empty")).unwrap();
    let conform = |args: &[&str], says: &str| {
        let ran = scratch.raddle(&[&["conform"], args].concat()).assert(2, &[says]);
        assert_eq!(ran.stdout, "", "{args:?}");
    };
    conform(
        &["run", "--filter", "nosuchcase"],
        "raddle conform: error: no case matches --filter nosuchcase (profile full); `raddle conform list` lists the available ones",
    );
    conform(
        &["run", "--cases", "cases", "--profile", "stress"],
        "no case is of the profile stress; `raddle conform list --cases cases --profile stress` lists the available ones",
    );
    conform(&["run", "--cases", "empty"], "there is no case in empty");
    conform(&["serve", "--cases", "empty"], "there is no case in empty");
    for command in ["run", "serve", "list"] {
        conform(&[command, "--filter", "clause:joyn-1"], "there is no clause `joyn-1`, did you mean `join-1");
    }
}

#[test]
fn a_module_goes_to_standard_output() {
    let scratch = Scratch::new();
    let output = scratch.command(&["conform", "explain", "join/value", "--wasm", "-"]).output().unwrap();
    assert!(output.status.success());
    assert!(output.stdout.starts_with(b"\0asm\x01\0\0\0"), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(scratch.names(), [""; 0]);
    scratch.file("case.wasm", output.stdout);
    scratch.raddle(&["run", "case.wasm"]).assert(42, &[]);
}

#[test]
fn a_list_of_expectations_that_is_not_there_is_usage() {
    let scratch = Scratch::new();
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    let run = |words: &[&str]| {
        let ran = scratch.raddle(&[words, &["--cases", "cases", "--expectations", "missing.toml"]].concat());
        let ran = ran.assert(2, &["CF0001: cannot read missing.toml: "]);
        assert_eq!(ran.stdout, "", "nothing ran");
    };
    run(&["conform", "run"]);
    run(&["conform", "expectations", "recheck"]);
}

#[test]
fn an_adapter_that_is_not_there_gives_3() {
    let scratch = Scratch::new();
    scratch.raddle(&["conform", "run", "--adapter", "./missing"]).assert(3, &["cannot start the adapter ./missing"]);
}

#[test]
fn filters_choose() {
    let scratch = Scratch::new();
    for id in ["a/one", "a/two", "b/one", "b/one-more"] {
        case(&scratch, id, "[expect]\nreturn = []", RETURNS);
    }
    let list = |filter: &str| {
        let ran = scratch.raddle(&["conform", "list", "--cases", "cases", "--filter", filter]).assert(0, &[]);
        ran.stdout.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("a/"), ["a/one", "a/two"]);
    assert_eq!(list("*/one"), ["a/one", "b/one"]);
    assert_eq!(list("b/one"), ["b/one"], "a whole id is that case alone");
    assert_eq!(list("b/on"), ["b/one", "b/one-more"]);
    assert_eq!(list("clause:join-1"), ["a/one", "a/two", "b/one", "b/one-more"]);
    assert_eq!(list("clause:join-2"), [""; 0]);
}

/// The embedder's own acts, in the native adapter.
#[test]
fn the_embedder_kills() {
    let scratch = Scratch::new();
    let says = "(module (import \"env\" \"memory\" (memory 1 1 shared))
      (import \"raddle_v1\" \"write\" (func $write (param i32 i32 i32) (result i32)))
      (data (i32.const 8) \"getting ready\")
      (func (export \"main\")
        (drop (call $write (i32.const 1) (i32.const 8) (i32.const 10)))
        (drop (call $write (i32.const 1) (i32.const 18) (i32.const 3)))
        (loop $for_ever (br $for_ever))))";
    case(
        &scratch,
        "good/on-output",
        "[expect]\nkilled = true\nstdout = \"getting ready\"\n[embedder]\nkill-on-output = \"g ready\"",
        says,
    );
    scratch.raddle(&["conform", "run", "--cases", "cases"]).assert(0, &[]);
}
