//! Adapters that die, hang, print garbage or megabytes: each costs the case that it was given, by name, and the run
//! goes on.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use raddle_conformance::{Adapter, CommandAdapter, Report, Runner, Suite, Verdict, status};
use tempfile::TempDir;

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile.sh")
}

/// An adapter that may take that long for anything.
fn hostile(args: &[&str], patience: Duration) -> CommandAdapter {
    CommandAdapter::new(script(), args).unwrap().grace(patience).patience(patience)
}

/// Where nothing hangs, a bound that is not met.
const PATIENT: Duration = Duration::from_secs(60);

/// Where something hangs: how long that may cost.
const IMPATIENT: Duration = Duration::from_secs(1);

/// A folder of cases that all expect to return nothing, and their modules are never run.
fn cases(ids: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for id in ids {
        let path = folder.path().join(id).with_extension("wat");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let header = ";;! summary = \"x\"\n;;! clauses = [\"join-1\"]\n;;! timeout-ms = 200\n";
        fs::write(&path, format!("{header};;! [expect]\n;;! return = []\n;;! stdout = \"hi\\n\"\n(module)")).unwrap();
    }
    folder
}

fn run(ids: &[&str], patience: Duration) -> Report {
    let folder = cases(ids);
    let suite = Suite::load(folder.path()).unwrap();
    Runner::new(Arc::new(hostile(&[], patience))).jobs(1).run(&suite, &|_| ()).unwrap()
}

#[test]
fn each_case_has_its_own_error_and_the_run_goes_on() {
    let expected = BTreeMap::from([
        (
            "bad/dies",
            "the adapter ended before it answered (exit status: 9); its standard error ends:\nthe loom is broken",
        ),
        ("bad/garbage", "the adapter's answer is not understood: EOF while parsing"),
        ("bad/empty", "the adapter answered with an empty line"),
        ("bad/megabytes", "the adapter's answer is longer than 67108864 bytes"),
        ("bad/endless", "the adapter's answer is longer than 67108864 bytes"),
        ("bad/binary", "the adapter's answer is not UTF-8"),
        ("bad/other-id", "the adapter answered request 999999 instead of"),
        ("bad/two-answers", "exactly one of `ended`, `refused`, `hung` (true) and `error`"),
        ("bad/outcome", "unknown variant `vanished`"),
        ("bad/says-so", "the shuttle is lost"),
    ]);
    let mut ids: Vec<_> = expected.keys().copied().collect();
    // One after each bad one, in the order in which they are run.
    let good: Vec<_> = ids.iter().map(|id| format!("{id}-and-then")).collect();
    let good: Vec<_> = good.iter().map(|id| id.replace("bad/", "good/")).collect();
    ids.extend(good.iter().map(String::as_str));
    let report = run(&ids, PATIENT);

    assert_eq!(report.results.len(), ids.len());
    for result in &report.results {
        match (expected.get(result.id.as_str()), &result.verdict) {
            (None, Verdict::Pass) => {}
            (Some(words), Verdict::Error { message }) => assert!(message.contains(words), "{}: {message}", result.id),
            (_, verdict) => panic!("{}: {verdict:?}", result.id),
        }
    }
    assert_eq!(report.status(), status::ERROR);
}

#[test]
fn an_adapter_that_hangs_costs_its_time_and_nothing_else() {
    let report = run(&["bad/hangs"], IMPATIENT);
    let [result] = &report.results[..] else { panic!("{report:?}") };
    let Verdict::Error { message } = &result.verdict else { panic!("{result:?}") };
    assert!(message.contains("did not answer within 1.2 s and was killed"), "{message}");
    assert_eq!(report.status(), status::ERROR);
}

#[test]
fn a_hang_that_the_adapter_tells_of_is_a_failure_of_the_case() {
    let report = run(&["bad/hung", "good/after"], PATIENT);
    assert_eq!(report.counts(), BTreeMap::from([("fail", 1), ("pass", 1)]));
    assert_eq!(report.status(), status::FAILURE);
}

#[test]
fn an_adapter_that_does_not_say_what_it_is_is_an_error_at_once() {
    let expected = [
        ("dies", "(exit status: 7); its standard error ends:\nthere is no engine here"),
        ("garbage", "not understood"),
        ("other-version", "the adapter speaks version 2 of the protocol, not 1"),
        ("unknown-capability", "`magic` is not a capability"),
    ];
    for (mode, words) in expected {
        let error = hostile(&[mode], PATIENT).describe().unwrap_err().to_string();
        assert!(error.contains(words), "{mode}: {error}");
    }
    let error = hostile(&["silent"], IMPATIENT).describe().unwrap_err().to_string();
    assert!(error.contains("did not answer within 1.0 s"), "{error}");
    let missing = CommandAdapter::new("raddle-no-such-adapter", [""; 0]).unwrap().describe().unwrap_err().to_string();
    assert!(missing.contains("cannot start the adapter raddle-no-such-adapter"), "{missing}");
}
