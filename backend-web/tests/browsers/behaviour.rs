//! What threads do in a page where all works: they spawn and block, are stopped, trap, and leave nothing behind. Times
//! are told, and bounded only so far that a hang or a thread that has to be ended by force is seen.

use libtest_mimic::{Completion, Failed, Trial};
use raddle_conformance_web::Kind;
use serde_json::{Value, json};

use crate::{
    browser::{Tested, expect, in_each, shown},
    site::Site,
};

/// The longest that it may take until 50 threads that are blocked have stopped, in milliseconds, on a machine with much
/// else to do.
const STOPPED: f64 = 5000.0;

/// The most bytes that may be held after a thousand processes of 16 MiB: what a dozen have.
const HELD: f64 = (200 << 20) as f64;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut add = |name: &str, scenario: &'static str, check: fn(Kind, &Value) -> Tested| {
        let shown_name = name.to_owned();
        let test = move |kind: Kind| {
            let shown = shown(kind, &Site::start(&[])?.page("behaviour", scenario))?;
            let value = &shown["value"];
            if value.is_null() {
                return Err(format!("{}", shown["thrown"]).into());
            }
            println!("{shown_name} in {}: {}", kind.name(), told(value));
            check(kind, value)
        };
        trials.extend(in_each(&format!("behaviour::{name}"), test));
    };
    add("bytes_of_any_kind", "bytesOfAnyKind", |_, seen| {
        let outcome = json!({ "outcome": "returned", "results": [{ "type": "i32", "value": 1 }] });
        expect(&seen["outcomes"], &vec![outcome; 5].into())?;
        expect(&seen["refused"], &json!("BW0005"))
    });
    add("spawn_then_block", "spawnThenBlock", |_, seen| returned(seen, 100));
    add("nested_five_deep", "nested", |_, seen| returned(seen, 100));
    add("two_hundred_at_once", "manyAtOnce", |_, seen| {
        expect(&json!([seen["peakLive"], seen["spawned"]]), &json!([223, 222]))?;
        returned(seen, 222)
    });
    add("while_the_page_spins", "whileThePageSpins", |kind, seen| {
        // Firefox starts workers only while the page is not busy.
        if kind == Kind::Chromium && seen["doneAfter"].is_null() {
            return Err(format!("the process waited for the page: {seen}").into());
        }
        returned(seen, 36)
    });
    add("stop_of_fifty_blocked_threads", "stopOfBlockedThreads", |_, seen| {
        expect(&json!([seen["outcome"], seen["live"]]), &json!([{ "outcome": "killed" }, 0]))?;
        at_most(&seen["milliseconds"], STOPPED)
    });
    add("a_thousand_processes", "oneAfterAnother", |_, seen| {
        let outcome = r#"{"outcome":"returned","results":[{"type":"i32","value":256}]}"#;
        expect(&seen["outcomes"], &json!({ outcome: 1000 }))?;
        // Where the browser tells: beside this, that all of them had a memory shows that those before had let go of
        // theirs.
        if seen["after"]["bytes"].is_null() {
            Ok(Completion::Completed)
        } else {
            at_most(&seen["after"]["bytes"], HELD)
        }
    });
    add("events_wait_for_a_busy_page", "eventsForABusyPage", |_, seen| {
        expect(&json!([seen["events"], seen["last"]]), &json!([40_000, "39999"]))?;
        // Each takes more than 256 of the 4 MiB that may be under way.
        at_most(&seen["whileBusy"], 16_500.0)?;
        returned(seen, 40_000)
    });
    add("trap_while_the_joiner_is_blocked", "trapWhileTheJoinerIsBlocked", |_, seen| {
        let outcome = &seen["outcome"];
        let found = json!([outcome["outcome"], outcome["kind"], outcome["thread"]]);
        expect(&found, &json!(["trapped", "division-by-zero", { "id": 2, "name": "divider" }]))
    });
    add("processes_beside_each_other", "besideEachOther", |_, seen| {
        expect(&json!([seen["trapped"], seen["killed"]]), &json!(["trapped", "killed"]))?;
        returned(seen, 100)
    });
    trials
}

/// What is told of a scenario: all that was seen but its outcome.
fn told(seen: &Value) -> String {
    let fields = seen.as_object().into_iter().flatten().filter(|(name, _)| !name.starts_with("outcome"));
    fields.map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
}

fn returned(seen: &Value, value: i32) -> Tested {
    expect(&seen["outcome"], &json!({ "outcome": "returned", "results": [{ "type": "i32", "value": value }] }))
}

fn at_most(number: &Value, most: f64) -> Tested {
    let number = number.as_f64().ok_or_else(|| Failed::from(format!("no number: {number}")))?;
    if number <= most { Ok(Completion::Completed) } else { Err(format!("{number} is more than {most}").into()) }
}
