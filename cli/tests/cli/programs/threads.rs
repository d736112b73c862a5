//! Many threads, one after the other and at once.

use super::{module, report};

#[test]
fn threads_that_ended_leave_nothing_behind() {
    // A thread that was joined makes room for the next at once.
    let joined = report(&module("spawn-join"), &["--max-threads", "2"], &[]);
    assert_eq!(joined["exit_status"], 0, "{joined:#}");
    assert_eq!(joined["spawned"], 100_000);
    // Its last steps, after it has woken its joiner, may be seen beside the next one's first.
    assert!(joined["peak_live"].as_u64().unwrap() < 100, "{joined:#}");
    assert_eq!(joined["slots_in_use"], 0);

    let detached = report(&module("spawn-join"), &["--entry", "spawn_detached"], &["10000"]);
    assert_eq!(detached["results"][0]["value"], 0, "{detached:#}");
    assert_eq!(detached["spawned"], 10_000);
    assert_eq!(detached["slots_in_use"], 0);
}

#[test]
fn two_thousand_threads_live_at_once() {
    let report = report(&module("many-threads"), &[], &[]);
    assert_eq!(report["exit_status"], 0, "{report:#}");
    assert_eq!(report["peak_live"], 2_001);
    assert_eq!(report["slots_in_use"], 0);
}

#[test]
fn thread_local_values_are_dropped_before_their_thread_is_joined() {
    let report = report(&module("tls-destructors"), &[], &[]);
    assert_eq!(report["exit_status"], 0, "{report:#}");
    assert_eq!(report["spawned"], 1_000);
}
