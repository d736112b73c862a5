//! Lists of names: outcomes, trap kinds, capabilities, classes.

use raddle_runtime_api::{Capability, Outcome, ThreadLabel, Trap, TrapKind};
use raddle_threadify::{Class, inspect};

use crate::text::{page, read, table};

/// The first cells of the tables with that header.
#[track_caller]
fn first(page: &str, header: &[&str]) -> Vec<String> {
    table(page, header).into_iter().map(|row| row[0].clone()).collect()
}

#[test]
fn every_outcome() {
    let thread = ThreadLabel::unnamed(1);
    let outcomes = [
        Outcome::Returned(Vec::new()),
        Outcome::Exited(0),
        Outcome::Aborted { message: String::new(), thread: thread.clone() },
        Outcome::Trapped { thread, trap: Trap::new(TrapKind::Other, "") },
        Outcome::Killed,
        Outcome::Deadlocked { threads: Vec::new() },
        Outcome::TimedOut,
    ];
    assert_eq!(first(&page("embedding.md"), &["outcome", "meaning"]), outcomes.each_ref().map(Outcome::name));
}

#[test]
fn every_trap_kind() {
    let kinds: Vec<_> = TrapKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(first(&page("embedding.md"), &["kind", "meaning"]), kinds);
}

#[test]
fn every_capability() {
    let names: Vec<_> = Capability::ALL.iter().map(|capability| capability.name()).collect();
    assert_eq!(first(&page("embedding.md"), &["capability", "meaning"]), names);
}

#[test]
fn every_event() {
    // `Event` may grow, so its variants are read from the source: those at the first level of the enum.
    let source = read("runtime-api/src/outcome/event.rs");
    let (_, body) = source.split_once("pub enum Event {\n").expect("the enum");
    let (body, _) = body.split_once("\n}\n").expect("its end");
    let variants: Vec<_> = body.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(" {")).collect();
    assert_eq!(first(&page("embedding.md"), &["event", "when"]), variants);
}

#[test]
fn every_class() {
    let source = read("threadify/src/class.rs");
    let (_, body) = source.split_once("pub enum Class {\n").expect("the enum");
    let (body, _) = body.split_once("\n}\n").expect("its end");
    let variants = body.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','));
    let names: Vec<_> = variants.map(kebab).collect();
    assert_eq!(first(&page("threadify.md"), &["class", "what to do"]), names);
    // What the table calls `ready` is what threadify calls so.
    let inspection = inspect(&wat::parse_str("(module (memory 1 4 shared))").unwrap()).unwrap();
    assert_eq!(inspection.class, Class::Ready);
    assert_eq!(kebab(&format!("{:?}", inspection.class)), "ready");
}

/// `RaddleDone` as `raddle-done`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(c.to_lowercase());
    }
    kebab
}
