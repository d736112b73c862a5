//! The suite as a page, with this test in the page's place: what it asks and what it is answered.

use std::path::Path;

use raddle_conformance::{Report, Suite};
use raddle_conformance_web::by_hand::{ByHand, Settings};
use serde_json::{Value, json};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";

/// A page that plays.
struct Page {
    served: ByHand,
    agent: ureq::Agent,
}

impl Page {
    fn new() -> Page {
        let mut suite = Suite::embedded().unwrap();
        suite.cases.retain(|case| case.id.starts_with("join/"));
        let package = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/package"));
        let settings = Settings { suite, package, port: 0, timeout_scale: 1.0, known: None };
        let config = ureq::Agent::config_builder().proxy(None).user_agent(FIREFOX).build();
        Page { served: ByHand::start(settings).unwrap(), agent: config.into() }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.served.url())
    }

    fn get(&self, path: &str) -> Value {
        self.agent.get(self.url(path)).call().unwrap().body_mut().read_json().unwrap()
    }

    fn post(&self, path: &str, body: &str) -> String {
        self.agent.post(self.url(path)).send(body).unwrap().body_mut().read_to_string().unwrap()
    }

    /// Runs a case; each of its jobs ends so.
    fn run(&self, case: &str, ended: &Value) -> Value {
        let begun: Value = serde_json::from_str(&self.post("runs", case)).unwrap();
        loop {
            let step = self.get(&format!("runs/{}", begun["run"]));
            let Some(job) = step["job"].as_u64() else { return step["result"].clone() };
            let request = self.get(&format!("jobs/{job}/request.json"));
            assert_eq!((&request["id"], &request["case"]), (&job.into(), &case.into()));
            let module = request["module"].as_str().unwrap().trim_start_matches('/');
            let wasm = self.agent.get(self.url(module)).call().unwrap().body_mut().read_to_vec().unwrap();
            assert!(wasm.starts_with(b"\0asm"));
            self.post(&format!("jobs/{job}/answer"), &json!({ "id": job, "ended": ended }).to_string());
        }
    }
}

#[test]
fn a_case_is_run_and_judged() {
    let page = Page::new();
    let suite = page.get("suite.json");
    assert_eq!(suite["browser"], "Firefox 153.0");
    let cases = suite["cases"].as_array().unwrap();
    assert!(cases.iter().any(|case| case["id"] == "join/value" && case["group"] == "join"), "{suite}");

    let returned =
        |value: i32| json!({ "outcome": "returned", "results": [{ "type": "i32", "value": value }], "spawned": 1 });
    let wrong = page.run("join/value", &returned(41));
    assert_eq!((&wrong["id"], &wrong["verdict"]), (&"join/value".into(), &"fail".into()), "{wrong}");
    assert!(wrong["difference"]["found"].as_str().unwrap().contains("41"), "{wrong}");
    assert_eq!(page.run("join/value", &returned(42))["verdict"], "pass");

    // The report has the last result only, and is one that the command reads.
    let report = page.agent.get(page.url("report.json")).call().unwrap().body_mut().read_to_string().unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), report).unwrap();
    let report = Report::read(file.path()).unwrap();
    assert_eq!((report.backend.name.as_str(), report.counts()["pass"], report.results.len()), ("firefox", 1, 1));
    assert!(report.interrupted);
}

#[test]
fn the_pages_are_there() {
    let page = Page::new();
    for path in ["", "table.js", "table.css", "run.html", "run.js", "observe.js", "output.js", "pkg/index.js"] {
        let answer = page.agent.get(page.url(path)).call().unwrap();
        assert_eq!(answer.headers()["cross-origin-embedder-policy"], "require-corp", "{path}");
    }
    let missing = page.agent.post(page.url("runs")).send("no/case").unwrap_err();
    assert!(matches!(missing, ureq::Error::StatusCode(404)), "{missing}");
}
