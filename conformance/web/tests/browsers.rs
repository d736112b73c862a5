//! The adapters in real browsers, with a package that only plays: each thing that can happen in a page, and what the
//! suite is told of it. A browser that is not installed is skipped, and said to be.

mod support;

use std::{path::Path, time::Duration};

use raddle_conformance::{Adapter, Case, Ended, Isolation, Job, Observation, Outcome, Stage, Value};
use raddle_conformance_web::{BrowserAdapter, Kind};

fn adapter(kind: Kind) -> Option<BrowserAdapter> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/package");
    let options = support::options(kind, &package)?;
    Some(BrowserAdapter::new(kind, options).unwrap().grace(Duration::from_secs(2)))
}

/// A job whose entry says what the package is to play.
fn job(header: &str) -> Job {
    let text = format!(
        ";;! summary = \"x\"\n;;! clauses = [\"join-1\"]\n;;! timeout-ms = 1500\n{}\n;;! [expect]\n;;! return = []\n(module (memory 1))",
        header.lines().map(|line| format!(";;! {line}")).collect::<Vec<_>>().join("\n")
    );
    Case::parse("play/play", "play.wat", text, None).unwrap().job(1.0).unwrap()
}

fn play(adapter: &BrowserAdapter, header: &str) -> Observation {
    adapter.run(&job(header)).unwrap_or_else(|error| panic!("{header}: {error}"))
}

fn ended(adapter: &BrowserAdapter, header: &str) -> Ended {
    match play(adapter, header) {
        Observation::Ended(ended) => ended,
        other => panic!("{header}: {other:?}"),
    }
}

fn all(kind: Kind) {
    let Some(adapter) = adapter(kind) else { return };
    let description = adapter.describe().unwrap();
    assert_eq!((description.name.as_str(), description.isolation), (kind.name(), Isolation::OwnPage));
    let version = description.engine.strip_prefix(kind.title()).unwrap_or_else(|| panic!("{}", description.engine));
    assert!(version.trim().starts_with(|c: char| c.is_ascii_digit()), "{}", description.engine);

    values_survive(&adapter);
    what_is_written_is_kept(&adapter);
    each_page_is_fresh(&adapter);
    the_embedder_kills(&adapter);
    refusals_name_their_stage(&adapter);
    what_breaks_costs_its_own_case_only(&adapter);

    adapter.stop();
    assert!(adapter.run(&job("entry = \"echoes\"")).unwrap_err().to_string().contains("interrupted"));
}

fn values_survive(adapter: &BrowserAdapter) {
    let args = r#"["i32:-1", "i64:-9223372036854775808", "i64:9007199254740993", "f32:0.1", "f64:-0.0", "f64:inf", "f64:NaN"]"#;
    let Outcome::Returned(values) = ended(adapter, &format!("entry = \"echoes\"\nentry-args = {args}")).outcome else {
        panic!("not returned")
    };
    assert_eq!(values[..3], [Value::I32(-1), Value::I64(i64::MIN), Value::I64(9_007_199_254_740_993)]);
    assert_eq!(values[3], Value::F32(0.1));
    assert!(matches!(values[4], Value::F64(zero) if zero == 0.0 && zero.is_sign_negative()), "{values:?}");
    assert_eq!(values[5], Value::F64(f64::INFINITY));
    assert!(matches!(values[6], Value::F64(nan) if nan.is_nan()), "{values:?}");
}

fn what_is_written_is_kept(adapter: &BrowserAdapter) {
    let seen = ended(adapter, "entry = \"writes\"");
    assert_eq!((seen.stdout.as_slice(), seen.stderr.as_slice()), (b"one two".as_slice(), [0xff, 1].as_slice()));
    assert_eq!((seen.counts.spawned, seen.counts.peak_live, seen.counts.leaked()), (Some(3), Some(4), Some(0)));

    let limits = "limits = { max-threads = 5, max-memory = 131072, stack-size = 4096, max-wait-ms = 80, max-output = 90, time-limit-ms = 70 }";
    let seen = ended(adapter, &format!("entry = \"options\"\nthreadify = {{ stack-check = true }}\n{limits}"));
    let expected = r#"{"stackCheck":true,"maxThreads":5,"maxMemory":131072,"stackSize":4096,"maxWait":80,"maxOutput":90,"timeLimit":70}"#;
    assert_eq!(String::from_utf8(seen.stdout).unwrap(), expected);
}

fn each_page_is_fresh(adapter: &BrowserAdapter) {
    for _ in 0..2 {
        assert_eq!(ended(adapter, "entry = \"fresh\"").outcome, Outcome::Returned(vec![Value::I32(0)]));
    }
}

fn the_embedder_kills(adapter: &BrowserAdapter) {
    let mut by_word = job("entry = \"ready\"");
    by_word.embedder.kill_on_output = Some("ready".into());
    let seen = adapter.run(&by_word);
    assert!(
        matches!(&seen, Ok(Observation::Ended(ended)) if ended.outcome == Outcome::Killed && ended.stdout == b"ready"),
        "{seen:?}"
    );
    let mut later = job("entry = \"waits\"");
    later.embedder.kill_after = Some(Duration::from_millis(50));
    assert!(matches!(adapter.run(&later), Ok(Observation::Ended(ended)) if ended.outcome == Outcome::Killed));
}

fn refusals_name_their_stage(adapter: &BrowserAdapter) {
    let stage = |observation| match observation {
        Observation::Refused(refusal) => (refusal.stage, refusal.code),
        other => panic!("{other:?}"),
    };
    assert_eq!(stage(play(adapter, "entry = \"refuses\"")), (Stage::Start, "BW0007".into()));
    let mut empty = job("entry = \"echoes\"");
    empty.wasm = b"\0asm\x01\0\0\0".to_vec();
    assert_eq!(stage(adapter.run(&empty).unwrap()), (Stage::Threadify, "TF0001".into()));
}

fn what_breaks_costs_its_own_case_only(adapter: &BrowserAdapter) {
    let works = || assert_eq!(ended(adapter, "entry = \"echoes\"").outcome, Outcome::Returned(vec![]));
    assert_eq!(play(adapter, "entry = \"waits\""), Observation::Hung);
    works();
    let error = adapter.run(&job("entry = \"throws\"")).unwrap_err().to_string();
    assert!(error.contains("not meant to be"), "{error}");
    works();
    // The page itself answers nothing any more.
    let spun = adapter.run(&job("entry = \"spins\""));
    assert!(spun == Ok(Observation::Hung) || spun.is_err_and(|error| error.to_string().starts_with("CW0006")));
    works();
}

#[test]
fn chromium() {
    all(Kind::Chromium);
}

#[test]
fn firefox() {
    all(Kind::Firefox);
}
