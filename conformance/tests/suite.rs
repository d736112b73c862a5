//! The suite that is built in holds together: every file is a case, every clause has one, and the book says what each
//! clause says.

use std::{collections::BTreeSet, fs, path::Path};

use raddle_conformance::{Language, Suite};

fn suite() -> Suite {
    Suite::embedded().unwrap()
}

#[test]
fn every_file_is_a_case() {
    let suite = suite();
    let broken: Vec<_> = suite.broken.iter().map(|broken| broken.error.to_string()).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    let count = |language: Language| suite.cases.iter().filter(|case| case.source.language == language).count();
    for (language, at_least) in [(Language::Wat, 500), (Language::Rust, 10), (Language::C, 6), (Language::Zig, 2)] {
        assert!(count(language) >= at_least, "only {} cases in {language:?}", count(language));
    }
}

/// They are in the repository, and built into each `conform`.
#[test]
fn programs_are_small() {
    for case in suite().cases.iter().filter(|case| case.source.language.is_built()) {
        let bytes = case.wasm().unwrap().len();
        assert!(bytes < 100_000, "{} has {bytes} bytes", case.id);
    }
}

#[test]
fn every_case_can_be_assembled() {
    let errors: Vec<_> =
        suite().cases.iter().filter_map(|case| case.wasm().err()).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_clause_has_a_case() {
    let suite = suite();
    let unchecked: Vec<_> = suite.unchecked().map(|clause| clause.id.as_str()).collect();
    assert!(unchecked.is_empty(), "no case checks {unchecked:?}");
}

#[test]
fn no_id_is_there_twice() {
    let suite = suite();
    let mut ids = BTreeSet::new();
    for case in &suite.cases {
        assert!(ids.insert(&case.id), "{} is there twice", case.id);
    }
}

/// A clause's text is one sentence.
#[test]
fn clauses_are_sentences() {
    for clause in suite().clauses.iter() {
        assert!(clause.text.ends_with('.'), "{}: {}", clause.id, clause.text);
        assert!(!clause.text.contains('\n'), "{}", clause.id);
    }
}

#[test]
fn the_book_has_every_anchor() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src");
    for clause in suite().clauses.iter() {
        let (page, heading) = clause.anchor.split_once('#').unwrap_or_else(|| panic!("{}: no heading", clause.id));
        let text = fs::read_to_string(book.join(page)).unwrap_or_else(|error| panic!("{}: {page}: {error}", clause.id));
        assert!(headings(&text).contains(heading), "{}: {page} has no heading #{heading}", clause.id);
    }
}

/// The ids that a page's headings get.
fn headings(text: &str) -> BTreeSet<String> {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| line.trim_start_matches('#').trim().chars().filter_map(kept).collect()).collect()
}
