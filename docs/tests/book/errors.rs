//! Every error code is in the book, and no other.

use crate::text::{codes, page, read, table};

/// The codes of a chapter's table, which are all of the codes that the sources have.
fn assert_all_of(chapter: &str, header: &[&str], sources: &[&str], prefix: &str) {
    let texts: String = sources.iter().map(|source| read(source)).collect();
    let expected = codes(&texts, prefix);
    assert!(!expected.is_empty(), "no {prefix} in {sources:?}");
    let rows = table(&page(chapter), header);
    let found: Vec<_> = rows.iter().map(|row| row[0].clone()).filter(|code| code.starts_with(prefix)).collect();
    assert_eq!(found, expected, "{chapter} and {sources:?}");
}

fn assert_all(chapter: &str, header: &[&str], source: &str, prefix: &str) {
    assert_all_of(chapter, header, &[source], prefix);
}

#[test]
fn of_threadify() {
    assert_all("threadify.md", &["code", "what", "what to do"], "threadify/src/error.rs", "TF");
}

#[test]
fn of_the_native_backend() {
    assert_all("embedding.md", &["code", "meaning"], "backend-native/src/error.rs", "BN");
}

#[test]
fn of_starting_a_process() {
    assert_all("embedding.md", &["code", "meaning"], "runtime-api/src/program/start_error.rs", "ST");
}

#[test]
fn of_wasi() {
    assert_all("embedding.md", &["code", "meaning"], "wasi/src/error.rs", "WA");
}

#[test]
fn of_the_web_backend() {
    let sources = ["backend-web/src/error.rs", "backend-web/npm/index.js"];
    assert_all_of("web.md", &["code", "meaning"], &sources, "BW");
}

#[test]
fn of_the_command() {
    let sources = ["cli/src/error.rs", "cli/src/bin/raddle-serve/main.rs"];
    assert_all_of("commands.md", &["code", "meaning"], &sources, "RD");
}

#[test]
fn of_the_server() {
    assert_all("commands.md", &["code", "meaning"], "web-server/src/error.rs", "WS");
}

#[test]
fn of_the_conformance_suite() {
    assert_all("conformance.md", &["code", "meaning"], "conformance/src/error.rs", "CF");
}

#[test]
fn of_the_conformance_suite_in_browsers() {
    assert_all("conformance.md", &["code", "meaning"], "conformance/web/src/error.rs", "CW");
}

#[test]
fn in_prose_exist() {
    let sources = [
        ("threadify/src/error.rs", "TF"),
        ("backend-native/src/error.rs", "BN"),
        ("runtime-api/src/program/start_error.rs", "ST"),
        ("cli/src/error.rs", "RD"),
    ];
    let known: Vec<_> = sources.iter().flat_map(|(path, prefix)| codes(&read(path), prefix)).collect();
    let text = page("troubleshooting.md");
    for code in sources.iter().map(|(_, prefix)| prefix).flat_map(|prefix| codes(&text, prefix)) {
        assert!(known.contains(&code), "troubleshooting.md names {code}");
    }
}
