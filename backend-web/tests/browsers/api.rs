//! What becomes of the API's objects: of those that outlive what they are of, and of what is given back when a runtime
//! is closed.

use libtest_mimic::Trial;
use raddle_conformance_web::Kind;
use serde_json::{Value, json};

use crate::{
    browser::{expect, hello, in_each, shown},
    site::Site,
};

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut add = |name: &str, scenario: &'static str, value: Value| {
        let test = move |kind: Kind| {
            let shown = shown(kind, &Site::start(&[])?.page("api", scenario))?;
            expect(&shown, &json!({ "value": value }))
        };
        trials.extend(in_each(&format!("api::{name}"), test));
    };
    let returned = json!({ "outcome": "returned", "results": [] });
    add(
        "notifier_of_an_ended_process",
        "notifierOfAnEndedProcess",
        json!({ "woken": 0, "early": null, "outcome": returned.clone() }),
    );
    add(
        "times_that_are_long_or_none",
        "longTimes",
        json!({ "short": null, "outcomes": vec!["returned"; 4], "refused": vec!["BW0005"; 3] }),
    );
    add(
        "time_limits_without_an_end",
        "endlessLimits",
        json!({ "outcomes": vec!["returned"; 3], "refused": vec!["BW0005"; 3] }),
    );
    add(
        "arguments",
        "argumentsOfAnyRange",
        json!({ "given": [-1, -1, i32::MIN], "wide": ["-1", "-1", "7"], "refused": vec!["BW0005"; 10] }),
    );
    add("no_bytes", "noBytes", json!(vec!["BW0005"; 4]));
    add(
        "no_room_for_control_words",
        "noRoomForControlWords",
        json!({ "refused": "ST0008", "outcome": returned.clone() }),
    );
    let killed = json!({ "outcome": "killed" });
    add("close_during_start", "closeDuringStart", json!({ "refused": "BW0005", "first": killed }));
    add("failing_nurseries", "failingNurseries", json!(vec!["instantiation"; 4]));
    add("notify_all", "notifyAll", json!({ "refused": vec!["BW0005"; 6], "outcome": returned, "woken": 6 }));
    add("freed_handles", "freedHandles", json!({ "count": 200, "outcomes": ["returned"] }));
    add(
        "released_twice",
        "releasedTwice",
        json!({ "Runtime": vec!["BW0010"; 3], "Program": vec!["BW0010"; 5], "Process": vec!["BW0010"; 8],
                "Notifier": vec!["BW0010"], "outcome": hello()["outcome"] }),
    );
    add(
        "signals",
        "signals",
        json!({ "rejected": vec!["no more"; 4], "wrong": "BW0005", "timedOut": "timed-out", "killed": "killed" }),
    );
    add("workers_ahead", "workersAhead", json!([1, 3, 3]));
    let nothing = json!({ "urls": 0, "listeners": 0, "workers": 0 });
    add(
        "nothing_is_left",
        "nothingIsLeft",
        json!({
            "before": { "urls": 1, "listeners": 1, "workers": 1 },
            "closed": nothing.clone(),
            "refused": "BW0003",
            "withoutWorkers": "BW0003",
            "after": nothing,
        }),
    );
    trials
}
