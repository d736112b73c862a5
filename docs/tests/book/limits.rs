//! The chapter on limits has the numbers of the code.

use raddle_runtime_api::{
    DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, MAX_THREADS, MAX_TLS_KEYS, MIN_STACK_SIZE,
    abi::{MAX_NAME_LEN, MAX_THREAD_ID, TLS_DESTRUCTOR_ROUNDS},
};

use crate::text::{page, read, table};

/// A constant that is no part of an API: `const NAME: type = 512 * 1024;`, as a product, a shift or a number.
fn constant(path: &str, name: &str) -> u64 {
    let text = read(path);
    let line = text.lines().find(|line| line.contains(&format!("const {name}: ")));
    let line = line.unwrap_or_else(|| panic!("{path} has no constant {name}"));
    let value = line.split_once(" = ").expect("a value").1.trim_end_matches(';');
    let value = value.strip_prefix("Duration::from_secs(").map_or(value, |seconds| seconds.trim_end_matches(')'));
    let number = |text: &str| text.trim().replace('_', "").parse::<u64>().unwrap_or_else(|_| panic!("{name}: {text}"));
    match value.split_once("<<") {
        Some((number_text, by)) => number(number_text) << number(by),
        None => value.split('*').map(number).product(),
    }
}

/// The row of the table that begins with that.
fn row(rows: &[Vec<String>], begin: &str) -> Vec<String> {
    rows.iter().find(|row| row[0].starts_with(begin)).unwrap_or_else(|| panic!("no limit on {begin}")).clone()
}

#[test]
fn defaults_and_ranges() {
    let rows = table(&page("limits.md"), &["limit", "default", "range", "embedding", "raddle run"]);
    let threads = row(&rows, "threads");
    assert_eq!(threads[1], DEFAULT_MAX_THREADS.to_string());
    assert_eq!(threads[2], format!("1 to {MAX_THREADS}"));
    let stack = row(&rows, "stack of a thread");
    assert_eq!(stack[1], format!("{DEFAULT_STACK_SIZE}; the main thread has the linker's"));
    assert_eq!(stack[2], format!("from {MIN_STACK_SIZE}"));
    let engine = row(&rows, "engine's stack");
    assert_eq!(engine[1], constant("backend-native/src/runtime/engine.rs", "WASM_STACK").to_string());

    // The builder has a method, and the command an option, for each that can be set.
    let builder = read("backend-native/src/process/mod.rs");
    for limit in &rows {
        let method = limit[3].rsplit("::").next().unwrap();
        let runtime = read("backend-native/src/runtime/mod.rs");
        assert!(
            [&builder, &runtime].iter().any(|source| source.contains(&format!("pub fn {method}(mut self"))),
            "no method {method}"
        );
    }
}

#[test]
fn what_is_fixed() {
    let rows = table(&page("limits.md"), &["limit", "value"]);
    let expected = [
        ("bytes kept of a thread's name", MAX_NAME_LEN as u64),
        ("TLS keys", MAX_TLS_KEYS.into()),
        ("rounds", TLS_DESTRUCTOR_ROUNDS.into()),
        ("bytes kept of the message", constant("runtime-api/src/outcome/encoding.rs", "MAX_MESSAGE")),
        ("elements of a table", constant("backend-native/src/host/limits.rs", "MAX_TABLE_ELEMENTS")),
        ("elements of the tables", constant("backend-native/src/host/limits.rs", "MAX_ELEMENTS")),
        ("bytes of the exceptions", constant("backend-native/src/host/limits.rs", "MAX_HEAP")),
        ("bytes of a module file", constant("cli/src/input.rs", "LIMIT")),
        ("seconds that an OS thread", constant("backend-native/src/machine/os_threads.rs", "IDLE")),
    ];
    for (begin, value) in expected {
        assert_eq!(row(&rows, begin)[1], value.to_string(), "{begin}");
    }
    assert!(row(&rows, "thread ids")[1].starts_with(&format!("1 to {MAX_THREAD_ID};")));
    assert_eq!(rows.len(), expected.len() + 1, "a limit that this test does not know");
}

/// The package's types say numbers in their comments, which nothing generates.
#[test]
fn what_the_packages_types_say() {
    let types = read("backend-web/npm/index.d.ts");
    let workers = constant("backend-web/shared/src/region.rs", "MAX_WORKERS");
    let default_workers = constant("backend-web/src/runtime/handle.rs", "DEFAULT_MAX_WORKERS");
    let pool = constant("backend-web/src/process/start.rs", "DEFAULT_POOL");
    let said = [
        format!("2 to {workers}, by default {default_workers}"),
        format!("1 to {MAX_THREADS}, by default {DEFAULT_MAX_THREADS}"),
        format!("guest memory, by default {DEFAULT_STACK_SIZE}"),
        format!("no more than {pool}"),
    ];
    for text in said {
        assert!(types.contains(&text), "the types do not say: {text}");
    }
}

#[test]
fn what_a_page_has() {
    let rows = table(&page("limits.md"), &["limit of a page", "value"]);
    let expected = [
        constant("backend-web/src/runtime/handle.rs", "DEFAULT_MAX_WORKERS"),
        constant("backend-web/shared/src/region.rs", "MAX_WORKERS"),
        constant("backend-web/src/runtime/nursery.rs", "ANSWER"),
    ];
    let values: Vec<_> = rows.iter().map(|row| row[1].clone()).collect();
    assert_eq!(values, expected.map(|value| value.to_string()));
}
