//! Every expectation, with what fits it and what does not. The expectations are written as in a case's header.

use std::time::Duration;

use raddle_runtime_api::{
    BlockedThread, Capabilities, Capability, Frame, Outcome, ThreadLabel, Trap, TrapKind, Value, Waiting,
};

use super::{judge, skip_reason};
use crate::{
    adapter::{Counts, Description, Ended, Observation, Refusal, Stage},
    case::Case,
};

/// A case that expects this.
fn case(header: &str) -> Case {
    let lines: String = header.lines().map(|line| format!(";;! {}\n", line.trim())).collect();
    let text = format!(";;! summary = \"a case\"\n;;! clauses = [\"a-1\"]\n{lines}(module)");
    Case::parse("a/case", "a/case.wat", text, None).unwrap_or_else(|error| panic!("{header}: {error}"))
}

fn backend() -> Description {
    Description::new("test", "none", "0").capabilities(Capabilities::all())
}

fn ended(outcome: Outcome) -> Observation {
    Observation::Ended(Ended::new(outcome))
}

fn returned(values: &[Value]) -> Observation {
    ended(Outcome::Returned(values.into()))
}

fn said(stdout: &str) -> Observation {
    Observation::Ended(Ended::new(Outcome::Returned(Vec::new())).output(stdout, "an error\n"))
}

fn label(id: u32) -> ThreadLabel {
    ThreadLabel::new(id, if id == 2 { "weaver" } else { "" })
}

fn aborted(message: &str, thread: u32) -> Observation {
    ended(Outcome::Aborted { message: message.into(), thread: label(thread) })
}

/// A trap in `inner`, which has no name in the module and was called by `divide`.
fn trapped(kind: TrapKind, thread: u32) -> Observation {
    let mut named = Frame::new(0, None);
    named.function = Some("divide".into());
    let trap = Trap::new(kind, "by the operator").with_backtrace(vec![Frame::default(), named]);
    ended(Outcome::Trapped { thread: label(thread), trap })
}

fn deadlocked(waits: &[(u32, Waiting)]) -> Observation {
    let blocked = |&(id, waiting): &(u32, Waiting)| BlockedThread::new(label(id), waiting);
    ended(Outcome::Deadlocked { threads: waits.iter().map(blocked).collect() })
}

fn refused(stage: Stage, code: &str) -> Observation {
    Observation::Refused(Refusal::new(stage, code, "no"))
}

#[track_caller]
fn passes(expect: &str, observation: &Observation) {
    if let Err(difference) = judge(&case(expect).expect, &backend(), observation) {
        panic!("{expect}: {difference}");
    }
}

#[track_caller]
fn fails(expect: &str, observation: &Observation) -> String {
    match judge(&case(expect).expect, &backend(), observation) {
        Ok(_) => panic!("{expect} fits {observation:?}"),
        Err(difference) => difference.to_string(),
    }
}

/// Outcomes of every kind, with the place of each in the list.
fn every_outcome() -> [Observation; 10] {
    [
        returned(&[]),
        ended(Outcome::Exited(0)),
        aborted("", 1),
        trapped(TrapKind::Unreachable, 1),
        deadlocked(&[(1, Waiting::Memory { address: 8 })]),
        ended(Outcome::Killed),
        ended(Outcome::TimedOut),
        Observation::Hung,
        refused(Stage::Load, "BN0002"),
        refused(Stage::Threadify, "TF0007"),
    ]
}

/// Each expectation fits the outcomes of its own kind, and no other.
#[test]
fn every_expectation_fits_its_own_kind_alone() {
    let own: [(&str, &[usize]); 11] = [
        ("return = []", &[0]),
        ("exit = 0", &[1]),
        ("abort = {}", &[2]),
        ("trap = { kind = \"unreachable\" }", &[3]),
        ("deadlock = {}", &[4]),
        ("killed = true", &[5]),
        ("timed-out = true", &[6]),
        ("hang = { for-ms = 10 }", &[5, 7]),
        ("load-error = {}", &[8]),
        ("threadify-error = {}", &[9]),
        ("one-of = [{ exit = 0 }, { killed = true }]", &[1, 5]),
    ];
    for (expect, fitting) in own {
        for (place, observation) in every_outcome().iter().enumerate() {
            let expect = format!("[expect]\n{expect}");
            if fitting.contains(&place) { passes(&expect, observation) } else { drop(fails(&expect, observation)) }
        }
    }
}

#[test]
fn values_have_to_be_the_same_and_as_many() {
    let expect = "[expect]\nreturn = [\"i32:-1\", \"f64:nan\"]";
    passes(expect, &returned(&[Value::I32(-1), Value::F64(-f64::NAN)]));
    for wrong in
        [&[Value::I32(-1)][..], &[Value::I32(1), Value::F64(f64::NAN)], &[Value::I64(-1), Value::F64(f64::NAN)]]
    {
        fails(expect, &returned(wrong));
    }
    let words = fails("[expect]\nreturn = [\"i32:42\"]", &returned(&[Value::I32(41)]));
    assert_eq!(words, "outcome: expected returned [i32:42], found returned [i32:41]");
    fails("[expect]\nexit = 3", &ended(Outcome::Exited(2)));
}

#[test]
fn what_an_abort_says_and_where_matters_where_it_is_named() {
    let observation = aborted("no more", 2);
    passes("[expect]\nabort = { message = \"no more\", thread = 2 }", &observation);
    fails("[expect]\nabort = { message = \"no\" }", &observation);
    fails("[expect]\nabort = { thread = 1 }", &observation);
}

#[test]
fn a_trap_has_a_kind_a_thread_a_message_and_a_function() {
    let observation = trapped(TrapKind::DivisionByZero, 2);
    passes(
        "[expect.trap]\nkind = \"division-by-zero\"\nthread = 2\nthread-name = \"weaver\"\nmessage-contains = \"operator\"\n\
         function = \"divide\"",
        &observation,
    );
    for wrong in ["thread = 1", "thread-name = \"\"", "message-contains = \"operators\"", "function = \"main\""] {
        fails(&format!("[expect.trap]\nkind = \"division-by-zero\"\n{wrong}"), &observation);
    }
    fails("[expect]\ntrap = { kind = \"unreachable\" }", &observation);
}

#[test]
fn functions_are_judged_where_backtraces_are_claimed() {
    let expect = case("[expect.trap]\nkind = \"unreachable\"\nfunction = \"main\"").expect;
    let observation = trapped(TrapKind::Unreachable, 1);
    let without = backend().capabilities(Capabilities::all().without(Capability::Backtrace));
    assert!(judge(&expect, &without, &observation).is_ok());
    assert!(judge(&expect, &backend(), &observation).is_err());
}

#[test]
fn a_deadlock_has_exactly_these_threads() {
    let waits = [
        (1, Waiting::Join { thread: 2 }),
        (2, Waiting::Mutex { address: 8, owner: 1 }),
        (3, Waiting::Memory { address: 16 }),
        (4, Waiting::Condvar { address: 4 }),
    ];
    let threads = "{ id = 4, for = \"condvar\", address = 4 }, { id = 2, for = \"mutex\", address = 8, owner = 1 }, { id = 3, for = \
                   \"memory\", address = 16 }, { id = 1, for = \"join\", thread = 2 }";
    passes(&format!("[expect.deadlock]\ncycles = [[1, 2]]\nthreads = [{threads}]"), &deadlocked(&waits));
    fails(&format!("[expect.deadlock]\nthreads = [{threads}]"), &deadlocked(&waits[1..]));
    fails("[expect]\ndeadlock = { cycles = [] }", &deadlocked(&waits));
    for wrong in [
        "{ id = 2, for = \"join\", thread = 2 }",
        "{ id = 1, for = \"join\", thread = 3 }",
        "{ id = 1, for = \"memory\" }",
    ] {
        fails(&format!("[expect.deadlock]\nthreads = [{wrong}]"), &deadlocked(&waits[..1]));
    }
    passes("[expect.deadlock]\nthreads = [{ id = 1, for = \"join\" }]", &deadlocked(&waits[..1]));
    fails("[expect.deadlock]\nthreads = [{ id = 2, for = \"mutex\", owner = 0 }]", &deadlocked(&waits[1..2]));
}

#[test]
fn codes_are_judged_among_their_own() {
    passes("[expect]\nload-error = { code = \"BN0005\" }", &refused(Stage::Start, "BN0005"));
    fails("[expect]\nload-error = { code = \"BN0005\" }", &refused(Stage::Load, "BN0006"));
    // Another backend has other codes.
    passes("[expect]\nload-error = { code = \"BN0005\" }", &refused(Stage::Load, "WB0003"));
    passes("[expect]\nload-error = { code = \"BN0005\" }", &refused(Stage::Load, ""));
    // threadify is everybody's.
    passes("[expect]\nthreadify-error = { code = \"TF0007\" }", &refused(Stage::Threadify, "TF0007"));
    fails("[expect]\nthreadify-error = { code = \"TF0007\" }", &refused(Stage::Threadify, "TF0008"));
    fails("[expect]\nthreadify-error = { code = \"TF0007\" }", &refused(Stage::Threadify, "XX1"));
}

#[test]
fn a_refusal_is_for_the_capability_that_is_lacking() {
    let expect = "[expect]\nrefused = { capability = \"memory64\" }";
    passes(expect, &refused(Stage::Load, "BN0002"));
    let lacking = |capability| Observation::Refused(Refusal::new(Stage::Load, "", "").lacking(capability));
    passes(expect, &lacking(Capability::Memory64));
    fails(expect, &lacking(Capability::Spawn));
    fails(expect, &returned(&[]));
}

#[test]
fn litmus_results_are_allowed_not_forbidden_and_counted() {
    let expect = "[expect.histogram]\nallowed = [\"0,1\", \"1,1\"]\nforbidden = [\"0,0\"]";
    let histogram = judge(&case(expect).expect, &backend(), &said("0,1\n1,1\n0,1\n")).unwrap().unwrap();
    assert_eq!(histogram.into_iter().collect::<Vec<_>>(), [("0,1".into(), 2), ("1,1".into(), 1)]);
    for wrong in ["0,1\n0,0\n", "2,2\n", "", "0,1 \n"] {
        fails(expect, &said(wrong));
    }
    assert!(fails(expect, &said("0,1\n0,0\n0,0\n")).ends_with("found \"0,0\", 2 times"));
    fails(expect, &ended(Outcome::Exited(1)));
    passes("[expect.histogram]\nforbidden = [\"0,0\"]", &said("anything\n"));
}

#[test]
fn output_is_compared_exactly_or_in_part() {
    let observation = said("one\ntwo\n");
    passes("[expect]\nreturn = []\nstdout = \"one\\ntwo\\n\"\nstderr = \"an error\\n\"", &observation);
    passes("[expect]\nreturn = []\nstdout-contains = \"e\\ntw\"", &observation);
    for wrong in ["stdout = \"one\"", "stderr = \"\"", "stdout-contains = \"three\""] {
        fails(&format!("[expect]\nreturn = []\n{wrong}"), &observation);
    }
    passes("[expect]\nreturn = []\nstdout = \"\"", &returned(&[]));
}

#[test]
fn threads_are_counted_and_nothing_is_left() {
    let with = |counts| Observation::Ended(Ended::new(Outcome::Returned(Vec::new())).counts(counts));
    passes("[expect]\nreturn = []", &with(Counts::known(3, 4, 0, 0)));
    passes("[expect]\nreturn = []\nthreads = { spawned = 3 }", &with(Counts::known(3, 4, 0, 0)));
    fails("[expect]\nreturn = []\nthreads = { spawned = 2 }", &with(Counts::known(3, 4, 0, 0)));
    fails("[expect]\nreturn = []", &with(Counts::known(3, 4, 1, 0)));
    fails("[expect]\nreturn = []", &with(Counts::known(3, 4, 0, 2)));
    passes("[expect]\nreturn = []\nthreads = { leaked = 2 }", &with(Counts::known(3, 4, 1, 2)));
    fails("[expect]\nreturn = []\nthreads = { leaked = 2 }", &with(Counts::known(3, 4, 0, 0)));
    // What a backend cannot tell is not judged.
    passes("[expect]\nreturn = []\nthreads = { spawned = 2, leaked = 1 }", &with(Counts::default()));
}

#[test]
fn one_of_several_has_the_words_of_all() {
    let words = fails("[expect]\none-of = [{ exit = 1 }, { abort = {} }]", &returned(&[]));
    assert_eq!(words, "outcome: expected exited with 1; or aborted, found returned []");
}

#[test]
fn cases_are_skipped_for_what_a_backend_lacks() {
    let nothing = Description::new("test", "none", "0");
    let spawns = case("requires = [\"spawn\", \"kill\"]\n[expect]\nreturn = []");
    assert_eq!(skip_reason(&spawns, &backend()), None);
    assert_eq!(skip_reason(&spawns, &nothing).unwrap(), "the backend does not claim spawn, kill");

    for without in
        ["lacks = [\"memory64\"]\n[expect]\nreturn = []", "[expect]\nrefused = { capability = \"memory64\" }"]
    {
        assert_eq!(skip_reason(&case(without), &nothing), None);
        assert!(skip_reason(&case(without), &backend()).unwrap().contains("claims memory64"));
    }

    let many = case("limits = { max-threads = 1000 }\n[expect]\nreturn = []");
    assert_eq!(skip_reason(&many, &backend().max_threads(1000)), None);
    let reason = skip_reason(&many, &backend().max_threads(512)).unwrap();
    assert_eq!(reason, "the case needs up to 1000 threads, and the backend has at most 512");
}

#[test]
fn a_hang_that_is_expected_is_told_to_the_embedder() {
    assert_eq!(case("[expect]\nhang = { for-ms = 300 }").expect.hang_for(), Some(Duration::from_millis(300)));
    assert_eq!(case("[expect]\nkilled = true").expect.hang_for(), None);
}
