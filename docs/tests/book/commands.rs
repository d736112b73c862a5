//! The chapter on the command has its options, its statuses and its report.

use std::collections::BTreeSet;

use raddle_runtime_api::Limits;
use serde_json::Value;

use crate::text::{blocks, page, read, table};

/// The long options that a command line declares, read from the source: a chapter cannot ask a program that is not
/// built.
pub(crate) fn declared_options(path: &str) -> BTreeSet<String> {
    let source = read(path);
    // Without the tests at the end.
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut options = BTreeSet::new();
    for part in source.split("#[arg(").skip(1) {
        // Up to the field: `name: type`, whoever may see it.
        let (arg, field) = part.split_once(")]\n").expect("a field");
        if arg.split([',', ' ']).any(|word| word.trim() == "long") {
            let name = field.split_once(':').expect("a type").0.split_whitespace().next_back().expect("a name");
            options.insert(format!("--{}", name.replace('_', "-")));
        }
    }
    options
}

/// What begins like a long option in the text.
pub(crate) fn named_options(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let is_option = |word: &&str| word.strip_prefix("--").is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    words.filter(is_option).map(Into::into).collect()
}

#[test]
fn every_option_is_there_and_no_other() {
    let mut options = declared_options("cli/src/args/mod.rs");
    options.extend(declared_options("cli/src/args/wasi.rs"));
    options.extend(declared_options("cli/src/bin/raddle-serve/main.rs"));
    options.extend(Limits::TABLE.iter().map(|limit| format!("--{}", limit.option())));
    assert!(options.contains("--entry") && options.contains("--json"), "{options:?}");
    // Other names of two.
    options.extend(["--invoke", "--timeout"].map(String::from));
    let run = table(&page("commands.md"), &["option", "meaning"]);
    let run: BTreeSet<_> = run.iter().flat_map(|row| named_options(&row[0])).collect();
    let named = named_options(&page("commands.md"));
    assert!(options.is_subset(&named), "missing: {:?}", options.difference(&named));
    assert!(run.is_subset(&options), "too many: {:?}", run.difference(&options));
    // cargo's own that the chapter mentions.
    let cargos = [
        "--release",
        "--bin",
        "--example",
        "--features",
        "--target-dir",
        "--target",
        "--message-format",
        "--help",
        "--path",
    ];
    let strange: Vec<_> =
        named.iter().filter(|name| !options.contains(*name) && !cargos.contains(&name.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn every_subcommand_has_a_part() {
    let source = read("cli/src/args/mod.rs");
    let (_, body) = source.split_once("pub(crate) enum Command {\n").expect("the enum");
    let (body, _) = body.split_once("\n}\n").expect("its end");
    let commands = body.lines().filter_map(|line| line.strip_prefix("    ")?.split_once('(')).map(|(name, _)| name);
    let commands: Vec<_> = commands.map(str::to_lowercase).collect();
    let page = page("commands.md");
    let parts =
        page.lines().filter_map(|line| line.strip_prefix("## `raddle ")).map(|rest| rest.split([' ', '`']).next());
    assert_eq!(parts.map(Option::unwrap).collect::<Vec<_>>(), commands);
}

#[test]
fn every_exit_status_is_there() {
    let source = read("cli/src/status.rs");
    let statuses: Vec<_> = source.lines().filter_map(|line| line.strip_prefix("pub(crate) const ")).collect();
    assert!(statuses.len() >= 5, "{statuses:?}");
    let rows = table(&page("commands.md"), &["status", "meaning"]);
    for status in statuses {
        let value = status.split_once(" = ").expect("a value").1.trim_end_matches(';');
        assert!(rows.iter().any(|row| row[0] == value), "status {status}");
    }
}

fn schema() -> Value {
    serde_json::from_str(&read("cli/schemas/report.schema.json")).unwrap()
}

#[test]
fn every_field_of_the_report_is_there() {
    let schema = schema();
    let required: Vec<_> = schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let page = page("commands.md");
    let rows = table(&page, &["field", "meaning"]);
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), required);

    let rows = table(&page, &["outcome", "fields"]);
    for outcome in schema["$defs"]["outcome"]["oneOf"].as_array().unwrap() {
        let name = outcome["properties"]["outcome"]["const"].as_str().unwrap();
        let Some(fields) = outcome["required"].as_array() else { continue };
        let row = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no fields of {name}"));
        for field in fields {
            let field = field.as_str().unwrap();
            assert!(row[1].contains(&format!("`{field}`")) || row[1] == field, "{name} lacks {field}");
        }
    }
}

#[test]
fn the_example_is_a_report() {
    let page = page("commands.md");
    let examples: Vec<_> = blocks(&page).into_iter().filter(|(language, _)| language == "json").collect();
    assert_eq!(examples.len(), 1);
    let example: Value = serde_json::from_str(&examples[0].1).unwrap();

    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("report", schema()).unwrap();
    let schema = compiler.compile("report", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&example, schema) {
        panic!("{error}");
    }
    // The schema must be able to say no.
    let mut wrong = example;
    wrong["outcome"] = "vanished".into();
    assert!(schemas.validate(&wrong, schema).is_err());
}
