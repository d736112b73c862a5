//! The schemas say what the code does: what is written holds to them, and what one refuses, the other refuses.

#[path = "support/xsd.rs"]
mod xsd;

use std::{collections::BTreeMap, path::Path};

use boon::{Compiler, SchemaIndex, Schemas};
use raddle_conformance::{Capability, Case, Language, PROTOCOL_VERSION, REPORT_VERSION, Report, Suite};
use serde_json::{Value, json};

/// A schema of this crate, or a part of one.
struct Schema(Schemas, SchemaIndex);

impl Schema {
    fn new(place: &str) -> Schema {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
        let mut schemas = Schemas::new();
        let index = Compiler::new().compile(folder.join(place).to_str().unwrap(), &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{error:#}"));
        Schema(schemas, index)
    }

    #[track_caller]
    fn holds(&self, value: &Value) {
        if let Err(error) = self.0.validate(value, self.1) {
            panic!("{error:#}\n{value:#}");
        }
    }

    fn refuses(&self, value: &Value) -> bool {
        self.0.validate(value, self.1).is_err()
    }
}

/// A header as JSON.
fn header(text: &str, language: Language) -> Value {
    let lines = text.lines().map_while(|line| line.strip_prefix(language.marker()));
    let toml: String = lines.map(|line| format!("{line}\n")).collect();
    serde_json::to_value(toml.parse::<toml::Table>().unwrap()).unwrap()
}

#[test]
fn every_header_holds_to_its_schema() {
    let schema = Schema::new("case.schema.json");
    for case in Suite::embedded().unwrap().cases {
        schema.holds(&header(&case.source.text, case.source.language));
    }
}

/// Headers, each without the summary and the clauses that all have.
const GOOD: [&str; 18] = [
    "expect = { return = [\"i32:1\", \"i64:0xff\", \"f32:-1.5\", \"f64:inf\"] }",
    "requires = [\"spawn\"]\nlacks = [\"memory64\"]\nprofile = \"stress\"\ntimeout-ms = 1\nrepeat = 3\nexpect = { exit = -1 }",
    "entry = \"f\"\nentry-args = [\"i32:5\"]\nexpect = { abort = {} }",
    "limits = { max-threads = 4, max-memory = 131072, stack-size = 65536, time-limit-ms = 100, max-wait-ms = 50, max-output = 1000 }\nexpect = { killed = true }",
    "threadify = { stack-check = true }\nexpect = { trap = { kind = \"stack-overflow\" } }",
    "embedder = { kill-on-output = \"ready\" }\nexpect = { killed = true }",
    "expect = { abort = { message = \"no\", thread = 2 }, stdout = \"\", stderr = \"\", stdout-contains = \"\" }",
    "expect = { trap = { kind = \"host\", thread = 1, thread-name = \"\", message-contains = \"\", function = \"f\" } }",
    "expect = { deadlock = {} }",
    "expect = { deadlock = { threads = [{ id = 1, for = \"join\", thread = 2 }, { id = 2, for = \"memory\", address = 16 }], cycles = [[1, 2]] } }",
    "expect = { deadlock = { threads = [{ id = 3, for = \"mutex\", address = 8, owner = 1 }, { id = 4, for = \"condvar\" }] } }",
    "expect = { timed-out = true, threads = { spawned = 3, leaked = 1 } }",
    "expect = { hang = { for-ms = 300 } }",
    "expect = { refused = { capability = \"memory64\" } }",
    "expect = { load-error = { code = \"ST0003\" } }",
    "expect = { threadify-error = {} }",
    "expect = { histogram = { allowed = [\"0,1\"], forbidden = [\"0,0\"] } }",
    "expect = { one-of = [{ exit = 1 }, { abort = {} }] }",
];

const BAD: [&str; 30] = [
    "",
    "expect = {}",
    "expect = 1",
    "expect = { return = [], exit = 1 }",
    "expect = { retrun = [] }",
    "expect = { return = [], stdin = \"\" }",
    "expect = { return = [\"i32\"] }",
    "expect = { return = [1] }",
    "expect = { exit = 2147483648 }",
    "expect = { exit = \"1\" }",
    "expect = { abort = { by = 1 } }",
    "expect = { trap = {} }",
    "expect = { trap = { kind = \"tired\" } }",
    "expect = { deadlock = { threads = [{ id = 1 }] } }",
    "expect = { deadlock = { threads = [{ id = 1, for = \"ever\" }] } }",
    "expect = { deadlock = { threads = [{ id = 1, for = \"join\", owner = 2 }] } }",
    "expect = { killed = false }",
    "expect = { hang = {} }",
    "expect = { hang = { for-ms = -1 } }",
    "expect = { refused = { capability = \"magic\" } }",
    "expect = { load-error = { number = 5 } }",
    "expect = { histogram = {} }",
    "expect = { one-of = [{ exit = 1 }] }",
    "expect = { one-of = [{ exit = 1 }, { hang = { for-ms = 1 } }] }",
    "expect = { one-of = [{ exit = 1 }, { abort = {}, killed = true }] }",
    "requirs = []\nexpect = { killed = true }",
    "repeat = 0\nexpect = { killed = true }",
    "profile = \"quick\"\nexpect = { killed = true }",
    "limits = { treads = 1 }\nexpect = { killed = true }",
    "timeout-ms = 1.5\nexpect = { killed = true }",
];

#[test]
fn the_reader_and_the_schema_agree() {
    let schema = Schema::new("case.schema.json");
    let text = |header: &str| {
        let lines: String = header.lines().map(|line| format!(";;! {line}\n")).collect();
        format!(";;! summary = \"a case\"\n;;! clauses = [\"a-1\"]\n{lines}(module)")
    };
    for good in GOOD {
        let text = text(good);
        schema.holds(&header(&text, Language::Wat));
        Case::parse("a/b", "a/b.wat", text, None).unwrap_or_else(|error| panic!("{good}: {error}"));
    }
    for bad in BAD {
        let text = text(bad);
        assert!(schema.refuses(&header(&text, Language::Wat)), "the schema takes {bad}");
        assert!(Case::parse("a/b", "a/b.wat", text, None).is_err(), "the reader takes {bad}");
    }
    for headless in
        [";;! clauses = [\"a-1\"]\n;;! expect = { exit = 1 }", ";;! summary = \"a\"\n;;! expect = { exit = 1 }"]
    {
        assert!(schema.refuses(&header(headless, Language::Wat)), "{headless}");
        assert!(Case::parse("a/b", "a/b.wat", headless, None).is_err(), "{headless}");
    }
}

#[test]
fn schemas_have_the_names_and_versions_of_the_code() {
    let read = |name: &str| -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let capabilities: Vec<_> = Capability::ALL.iter().map(|capability| capability.name()).collect();
    assert_eq!(read("case.schema.json")["$defs"]["capability"]["enum"], json!(capabilities));
    assert_eq!(read("report.schema.json")["properties"]["version"]["const"], REPORT_VERSION);
    let protocol = read("protocol.schema.json");
    assert_eq!(protocol["$defs"]["request"]["oneOf"][0]["properties"]["protocol"]["const"], PROTOCOL_VERSION);
}

mod reports {
    use raddle_conformance::{GitHub, Human, JUnit, Json, Ndjson};

    use super::*;

    /// A report with every verdict, and texts that formats have to escape.
    fn report() -> Report {
        let difference =
            json!({ "what": "outcome", "expected": "returned [i32:1], 100 %", "found": "<&>\"'\u{1b}\n::error::" });
        let result = |id: &str, verdict: Value| {
            let mut result = json!({
                "id": id, "clauses": ["join-1"], "elapsed_ms": 12.5, "file": "conformance/cases/a,b:c.wat", "line": 3
            });
            result.as_object_mut().unwrap().extend(verdict.as_object().unwrap().clone());
            result
        };
        let report = json!({
            "backend": { "name": "native", "engine": "wasmtime 48", "version": "0.1.0", "capabilities": ["spawn"] },
            "elapsed_ms": 1234.5,
            "interrupted": false,
            "results": [
                result("deadlock/a", json!({ "verdict": "pass" })),
                result("join/a", json!({ "verdict": "fail", "difference": difference })),
                result("join/b", json!({ "verdict": "skip", "reason": "the backend does not claim kill" })),
                result("join/c", json!({ "verdict": "xfail", "reason": "not yet", "difference": difference })),
                result("litmus/a", json!({ "verdict": "pass", "histogram": { "0,1": 3, "1,1": 7 } })),
                result("mutex/a", json!({ "verdict": "xpass", "reason": "not yet" })),
                result("mutex/b", json!({ "verdict": "error", "message": "it died:\nby itself" })),
            ],
        });
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn json_holds_to_its_schema_and_is_read() {
        let schema = Schema::new("report.schema.json");
        let text = Json(&report()).to_string();
        let mut value: Value = serde_json::from_str(&text).unwrap();
        schema.holds(&value);
        assert_eq!(value["counts"], json!({ "pass": 2, "fail": 1, "skip": 1, "xfail": 1, "xpass": 1, "error": 1 }));

        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &text).unwrap();
        assert_eq!(Report::read(file.path()).unwrap(), report());

        value["results"][0]["verdict"] = "fail".into();
        assert!(schema.refuses(&value), "a failure without a difference");
        value["version"] = 2.into();
        std::fs::write(file.path(), value.to_string()).unwrap();
        let error = Report::read(file.path()).unwrap_err().to_string();
        assert!(error.starts_with("CF0012: "), "{error}");
    }

    #[test]
    fn each_line_of_ndjson_holds_to_its_schema() {
        let schema = Schema::new("report.schema.json#/$defs/line");
        let report = report();
        let mut lines = vec![Ndjson::begin(&report.backend, report.results.len())];
        lines.extend(report.results.iter().map(Ndjson::result));
        lines.push(Ndjson::end(&report));
        let events: Vec<_> = lines
            .iter()
            .map(|line| {
                assert!(!line.contains('\n'), "{line}");
                let value: Value = serde_json::from_str(line).unwrap();
                schema.holds(&value);
                value["event"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!((events.first().unwrap().as_str(), events.last().unwrap().as_str()), ("begin", "end"));
        assert_eq!(events.iter().filter(|event| *event == "result").count(), 7);
    }

    /// What build servers read of it: suites with counts, cases with their time, and in each case at most one of
    /// `failure`, `error` and `skipped`.
    #[test]
    fn junit_is_as_build_servers_read_it() {
        let text = JUnit(&report()).to_string();
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "testsuites");
        let mut seen = BTreeMap::new();
        for suite in root.children().filter(roxmltree::Node::is_element) {
            assert_eq!(suite.tag_name().name(), "testsuite");
            let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
            let count = |attribute: &str| suite.attribute(attribute).unwrap().parse::<usize>().unwrap();
            let having =
                |tag: &str| cases.iter().filter(|case| case.children().any(|node| node.has_tag_name(tag))).count();
            assert_eq!(count("tests"), cases.len());
            assert_eq!(
                (count("failures"), count("errors"), count("skipped")),
                (having("failure"), having("error"), having("skipped"))
            );
            for case in &cases {
                assert!(case.attribute("time").unwrap().parse::<f64>().unwrap() > 0.0);
                assert!(case.attribute("classname").unwrap().starts_with("native."));
                let kinds = ["failure", "error", "skipped"];
                let kind: Vec<_> =
                    case.children().filter(|node| kinds.iter().any(|kind| node.has_tag_name(*kind))).collect();
                assert!(kind.len() <= 1);
                let kind = kind.first().map(|node| (node.tag_name().name(), node.attribute("message").unwrap()));
                seen.insert(case.attribute("name").unwrap(), kind);
            }
        }
        assert_eq!(seen["deadlock/a"], None);
        assert_eq!(seen["join/a"].unwrap().0, "failure");
        assert!(seen["join/a"].unwrap().1.contains("found <&>\"'"), "{seen:?}");
        assert_eq!(seen["join/b"], Some(("skipped", "the backend does not claim kill")));
        assert_eq!(seen["join/c"], Some(("skipped", "known failure: not yet")));
        assert_eq!(seen["mutex/a"].unwrap().0, "failure");
        assert_eq!(seen["mutex/b"].unwrap().0, "error");
        assert_eq!(seen.len(), 7);
    }

    #[test]
    fn junit_holds_to_its_schema() {
        let text = JUnit(&report()).to_string();
        xsd::check("junit.xsd", &text).unwrap();
        // And so does a run of nothing.
        let mut nothing = report();
        nothing.results.clear();
        xsd::check("junit.xsd", &JUnit(&nothing).to_string()).unwrap();

        for (good, bad, why) in [
            ("tests=\"7\"", "tests=\"seven\"", "a number"),
            (" skipped=\"2\" errors", " errors", "a required attribute"),
            ("<skipped ", "<ignored ", "a name"),
            ("<skipped message", "<skipped type=\"a\" message", "one attribute more"),
            ("<properties>", "<error message=\"a\"/><properties>", "the order"),
            ("</testcase>", "a</testcase>", "text"),
        ] {
            let changed = text.replacen(good, bad, 1);
            assert_ne!(changed, text, "{good} is not in {text}");
            assert!(xsd::check("junit.xsd", &changed).is_err(), "{why}");
        }
        validate_with_xmllint(&text);
    }

    /// The same by another hand, where there is one.
    fn validate_with_xmllint(text: &str) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/junit.xsd");
        let mut xmllint = std::process::Command::new("xmllint");
        match xmllint.args(["--noout", "--schema"]).arg(schema).arg(file.path()).output() {
            Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
            Err(_) => println!("skipped: there is no xmllint"),
        }
    }

    /// A command is one line, `::error PROPERTIES::MESSAGE`; what would end a property or the line is escaped.
    #[test]
    fn github_gets_one_command_for_each_case_that_is_not_well() {
        let text = GitHub(&report()).to_string();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        let prefix = "::error file=conformance/cases/a%2Cb%3Ac.wat,line=3,title=";
        for (line, rest) in lines.iter().zip([
            "join/a fails on native::outcome: expected returned [i32:1], 100 %25",
            "mutex/a passes%2C but is listed as a known failure on native::not yet",
            "mutex/b cannot be judged on native::it died:%0Aby itself",
        ]) {
            assert!(line.starts_with(&format!("{prefix}{rest}")), "{line}");
        }
        assert!(lines[0].contains("%0A::error::"), "{}", lines[0]);
        assert_eq!(lines[3], "native: 2 pass, 1 fail, 1 skip, 1 xfail, 1 xpass, 1 error");
    }

    #[test]
    fn people_are_told_what_is_not_well_and_the_histograms() {
        let text = Human { report: &report(), command: "raddle conform" }.to_string();
        for words in [
            "FAIL  join/a (join-1): outcome",
            "raddle conform explain join/a",
            "skip  join/b: the backend does not claim kill",
            "xfail join/c: not yet",
            "pass  litmus/a: 0,1 × 3 · 1,1 × 7",
            "XPASS mutex/a",
            "ERROR mutex/b: it died:\n      by itself",
            "native 0.1.0 (wasmtime 48): 2 pass, 1 fail, 1 skip, 1 xfail, 1 xpass, 1 error in 1.2 s",
        ] {
            assert!(text.contains(words), "no {words:?} in\n{text}");
        }
        assert!(!text.contains("deadlock/a"), "what passed is not told:\n{text}");
    }

    #[test]
    fn statuses() {
        let status_of = |verdicts: &[usize]| {
            let mut report = report();
            report.results = verdicts.iter().map(|place| report.results[*place].clone()).collect();
            report.status()
        };
        assert_eq!(status_of(&[0, 2, 3, 4]), 0);
        assert_eq!(status_of(&[0, 1]), 1);
        assert_eq!(status_of(&[5]), 1);
        assert_eq!(status_of(&[1, 6]), 3);
        let mut interrupted = report();
        interrupted.results.truncate(1);
        interrupted.interrupted = true;
        assert_eq!(interrupted.status(), 1);
    }
}
