//! Workers that the browser ends, as its task manager does, and those that it does not start.

use libtest_mimic::{Failed, Trial};
use raddle_conformance_web::Kind;
use serde_json::{Value, json};

use crate::{
    browser::{Tested, expect, hello, in_each, shown, shown_by_firefox},
    site::Site,
};

/// How many workers the browser starts for a site.
const LIMIT: u32 = 20;

/// How many of these a process has for its threads at least: there are its nursery and one in reserve, which has a
/// worker, too.
const THREADS: i64 = 12;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut add = |name: &str, scenario: &'static str| {
        let test = move |kind: Kind| {
            let shown = shown(kind, &Site::start(&[])?.page("workers", scenario))?;
            let lost = "the browser has ended one of the process's workers, as its task manager does";
            let outcome = json!({ "outcome": "trapped", "thread": { "id": 0, "name": null }, "kind": "host",
                                  "message": lost, "backtrace": [] });
            expect(&shown, &json!({ "value": { "outcome": outcome, "next": hello() } }))
        };
        trials.extend(in_each(&format!("workers::{name}"), test));
    };
    add("main_is_ended", "mainIsEnded");
    add("last_one_is_ended", "lastOneIsEnded");
    add("nursery_is_ended", "nurseryIsEnded");
    let ended_in_reserve = |kind| {
        let shown = shown(kind, &Site::start(&[])?.page("workers", "nurseryInReserveIsEnded"))?;
        expect(&shown, &json!({ "value": hello() }))
    };
    trials.extend(in_each("workers::nursery_in_reserve_is_ended", ended_in_reserve));
    let in_firefox = |name: &str, test: fn() -> Tested| in_each(name, move |kind| only_in_firefox(kind, test));
    trials.extend(in_firefox("workers::as_many_as_the_browser_starts", || {
        let seen = at_the_limit("allThereAre")?;
        let count = seen["outcome"]["code"].as_i64().unwrap_or_default() - 100;
        if !(THREADS..i64::from(LIMIT)).contains(&count) {
            return Err(format!("not AGAIN after some threads: {seen}").into());
        }
        expect(&seen["limits"], &json!(["host-threads"]))
    }));
    trials.extend(in_firefox("workers::time_limit_while_one_is_awaited", || {
        expect(&at_the_limit("timeLimitWhileWaiting")?["outcome"], &json!({ "outcome": "timed-out" }))
    }));
    trials
}

fn at_the_limit(scenario: &str) -> Result<Value, Failed> {
    let site = Site::start(&[])?;
    let shown = shown_by_firefox(&site.page("workers", scenario), "dom.workers.maxPerDomain", LIMIT)?;
    Ok(shown["value"].clone())
}

/// Chromium has no such limit.
fn only_in_firefox(kind: Kind, test: fn() -> Tested) -> Tested {
    match kind {
        Kind::Firefox => test(),
        _ => Ok(libtest_mimic::Completion::ignored_with("it has no such limit")),
    }
}
