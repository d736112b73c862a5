//! The chapter on the conformance suite has its commands, options, verdicts, formats and statuses; its examples are
//! understood.

use std::{collections::BTreeSet, path::Path};

use raddle_conformance::{KnownFailures, PROTOCOL_VERSION, Suite};
use serde_json::Value;

use crate::{
    commands::{declared_options, named_options},
    text::{blocks, page, read, root, table},
};

const ARGS: &str = "conformance/src/command/args.rs";

/// The first cells of the table with that header.
#[track_caller]
fn first(header: &[&str]) -> Vec<String> {
    table(&page("conformance.md"), header).into_iter().map(|row| row[0].clone()).collect()
}

/// The variants of an enum in a source, with what stands before each.
fn variants(path: &str, name: &str) -> Vec<(String, String)> {
    let source = read(path);
    let (_, body) = source.split_once(&format!("enum {name} {{\n")).unwrap_or_else(|| panic!("{path} has no {name}"));
    let (body, _) = body.split_once("\n}\n").expect("its end");
    let mut before = String::new();
    let mut variants = Vec::new();
    for line in body.lines().filter_map(|line| line.strip_prefix("    ")) {
        if line.starts_with(|c: char| c.is_ascii_uppercase()) {
            let variant = line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            variants.push((variant.to_lowercase(), std::mem::take(&mut before)));
        } else {
            before.push_str(line);
        }
    }
    variants
}

#[test]
fn every_command() {
    let commands = variants(ARGS, "Action").into_iter().filter(|(_, before)| !before.contains("hide = true"));
    let commands: Vec<_> = commands.map(|(name, _)| name).collect();
    assert_eq!(first(&["command", "what it does"]), commands);
}

#[test]
fn every_option_and_no_other() {
    let options = declared_options(ARGS);
    let rows = first(&["option", "of", "meaning"]);
    let listed: BTreeSet<_> = rows.iter().flat_map(|cell| named_options(cell)).collect();
    assert_eq!(listed, options);
}

#[test]
fn every_verdict() {
    let mut verdicts: Vec<_> = variants("conformance/src/verdict/mod.rs", "Verdict");
    verdicts.sort();
    let mut listed = first(&["verdict", "meaning"]);
    listed.sort();
    assert_eq!(listed, verdicts.into_iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[test]
fn every_format() {
    let formats: Vec<_> = variants(ARGS, "Format").into_iter().map(|(name, _)| name).collect();
    assert_eq!(first(&["format", "for"]), formats);
}

#[test]
fn every_exit_status() {
    let source = read("conformance/src/report/mod.rs");
    let (_, module) = source.split_once("pub mod status {\n").expect("the statuses");
    let (module, _) = module.split_once("\n}\n").expect("their end");
    let constants = module.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.split_once(" = "));
    let statuses: Vec<_> = constants.map(|(_, value)| value.trim_end_matches(';').to_owned()).collect();
    assert_eq!(first(&["status", "meaning"]), statuses);
    // `--help` has the same.
    let help = read(ARGS);
    for status in statuses {
        assert!(help.contains(&format!("\n  {status} ")), "--help lacks {status}");
    }
}

#[test]
fn the_list_of_known_failures_is_one() {
    let page = page("conformance.md");
    let is_list = |(language, text): &(String, String)| language == "toml" && text.contains("[[known-failure]]");
    let lists: Vec<_> = blocks(&page).into_iter().filter(is_list).collect();
    let [(_, list)] = &lists[..] else { panic!("{lists:?}") };
    let known = KnownFailures::parse(Path::new("example.toml"), list).unwrap();
    known.check(&Suite::embedded().unwrap()).unwrap();
}

/// Each line of the exchange is a request or an answer, and there are both of each kind.
#[test]
fn the_exchange_is_in_the_protocol() {
    let page = page("conformance.md");
    assert!(page.contains(&format!("Version {PROTOCOL_VERSION}: ")), "the version");
    let path = root().join("conformance/schemas/protocol.schema.json");
    let mut schemas = boon::Schemas::new();
    let schema = boon::Compiler::new().compile(path.to_str().unwrap(), &mut schemas).unwrap();
    let mut seen = BTreeSet::new();
    for (_, line) in blocks(&page).into_iter().filter(|(language, _)| language == "json") {
        assert_eq!(line.lines().count(), 1, "{line}");
        let message: Value = serde_json::from_str(&line).unwrap();
        if let Err(error) = schemas.validate(&message, schema) {
            panic!("{error:#}\n{line}");
        }
        seen.insert(match message["call"].as_str() {
            Some(call) => call.to_owned(),
            None => {
                ["engine", "ended", "refused", "hung"].into_iter().find(|key| !message[key].is_null()).unwrap().into()
            }
        });
    }
    assert_eq!(Vec::from_iter(seen), ["describe", "ended", "engine", "hung", "refused", "run"]);
    assert_eq!(first(&["answer", "when"]), ["ended", "refused", "hung", "error"]);
}

/// The page on cases has every key of a header, as the schema names them.
#[test]
fn every_key_of_a_header() {
    let schema: Value = serde_json::from_str(&read("conformance/schemas/case.schema.json")).unwrap();
    let mut keys = BTreeSet::new();
    for (key, value) in schema["properties"].as_object().unwrap() {
        match value["properties"].as_object() {
            Some(_) if key == "expect" => {}
            Some(inner) => keys.extend(inner.keys().map(|name| format!("{key}.{name}"))),
            None => drop(keys.insert(key.clone())),
        }
    }
    let readme = read("conformance/cases/README.md");
    let listed: BTreeSet<_> =
        table(&readme, &["key", "default", "meaning"]).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(listed, keys);
}

/// `cargo xtask matrix` has written the page since the last change of the clauses, and no backend has failed any.
#[test]
fn the_backends_side_by_side_have_every_clause() {
    let suite = Suite::embedded().unwrap();
    let rows = table(&page("conformance/matrix.md"), &["clause", "cases", "native", "chromium", "firefox"]);
    let listed: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    let clauses: Vec<_> = suite.clauses.iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(listed, clauses, "run cargo xtask matrix");
    for row in rows {
        for cell in &row[2..] {
            assert!(!cell.starts_with("BAD") && cell != "not run", "{row:?}");
        }
    }
}
