//! The chapter on limits has the numbers of the code.

use raddle_runtime_api::{
    LimitInfo, LimitKind, Limits, MAX_TLS_KEYS,
    abi::{MAX_NAME_LEN, MAX_THREAD_ID, TLS_DESTRUCTOR_ROUNDS},
};

use crate::text::{held, page, read, table};

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

/// A comment of a field in TypeScript, wrapped as prose is.
fn comment(text: &str) -> String {
    let line = format!("  /** {text} */\n");
    if line.chars().count() <= 121 {
        return line;
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        // The margin is `   * `.
        if lines[lines.len() - 1].chars().count() + 1 + word.chars().count() > 115 {
            lines.push(String::new());
        }
        let last = lines.len() - 1;
        if !lines[last].is_empty() {
            lines[last].push(' ');
        }
        lines[last].push_str(word);
    }
    let lines: String = lines.iter().map(|line| format!("   * {line}\n")).collect();
    format!("  /**\n{lines}   */\n")
}

/// What other languages and pages have of each limit is made of the declaration: `cargo xtask bless` writes it.
#[test]
fn what_can_be_set_is_everywhere() {
    let lines = |line: &dyn Fn(&LimitInfo) -> String| Limits::TABLE.iter().map(line).collect::<String>();
    let commas = |line: &dyn Fn(&LimitInfo) -> String| {
        let lines: Vec<_> = Limits::TABLE.iter().map(line).collect();
        lines.join(",\n") + "\n"
    };
    let unit = |limit: &LimitInfo| match limit.kind.unit() {
        "" => String::new(),
        unit => format!(" In {unit}."),
    };

    let row = |limit: &LimitInfo| format!("| `{}` | {} | {} |\n", limit.name, limit.default, limit.summary());
    held("docs/src/limits.md", "| limit | default | what it bounds |\n|---|---|---|\n", "", &lines(&row));

    let row = |limit: &LimitInfo| {
        let value = match limit.kind {
            LimitKind::Count => "N",
            LimitKind::Bytes => "SIZE",
            _ => "DURATION",
        };
        format!("| `--{} {value}` | {} Default: {}. |\n", limit.option(), limit.summary(), limit.default)
    };
    held("docs/src/commands.md", "| limit | what it bounds |\n|---|---|\n", "", &lines(&row));

    let field = |limit: &LimitInfo| {
        let text = format!("{}{} Default: {}.", limit.summary(), unit(limit), limit.default);
        format!("{}  {}?: number;\n", comment(&text), limit.camel_case())
    };
    held("backend-web/npm/index.d.ts", "export interface Limits {\n", "}", &lines(&field));

    let key = |limit: &LimitInfo| limit.json_name().replace('_', "-");
    let row = |limit: &LimitInfo| {
        format!("| `limits.{}` | {} | {}{} |\n", key(limit), limit.default, limit.summary(), unit(limit))
    };
    let before =
        "| `entry-args` | `[]` | its arguments, such as `[\"i32:5\", \"i64:-1\", \"f64:2.5\", \"i32:0xff\"]` |\n";
    held("conformance/cases/README.md", before, "| `threadify.", &lines(&row));

    let property = |limit: &LimitInfo| {
        let ty = if limit.kind == LimitKind::Bytes { "count" } else { "u32" };
        format!(
            "        \"{}\": {{ \"description\": \"{}{}\", \"$ref\": \"#/$defs/{ty}\" }}",
            key(limit),
            limit.summary(),
            unit(limit)
        )
    };
    let before = "    \"limits\": {\n      \"type\": \"object\",\n      \"additionalProperties\": false,\n      \"properties\": {\n";
    held("conformance/schemas/case.schema.json", before, "      }", &commas(&property));

    let property = |limit: &LimitInfo| {
        let (name, summary, unit) = (limit.json_name(), limit.summary(), unit(limit));
        format!(
            "                \"{name}\": {{ \"description\": \"{summary}{unit}\", \"$ref\": \"#/$defs/optional\" }}"
        )
    };
    let before = "\"What the process may use; null: the backend's default.\",\n              \"type\": \"object\",\n              \"properties\": {\n";
    held("conformance/schemas/protocol.schema.json", before, "              }", &commas(&property));
}

#[test]
fn what_is_the_engines() {
    let rows = table(&page("limits.md"), &["limit of the engine", "default", "RuntimeBuilder"]);
    let defaults = [("wasm_stack", "engine.rs", "WASM_STACK"), ("host_stack", "mod.rs", "HOST_STACK")];
    for (row, (method, file, name)) in rows.iter().zip(defaults) {
        let value = constant(&format!("backend-native/src/runtime/{file}"), name).to_string();
        assert_eq!((row[1].as_str(), row[2].as_str()), (value.as_str(), method));
        let source = read("backend-native/src/runtime/mod.rs");
        assert!(source.contains(&format!("pub fn {method}(mut self")), "no method {method}");
    }
    assert_eq!(rows.len(), defaults.len());
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

/// The package's types say other numbers, too, which nothing generates.
#[test]
fn what_the_packages_types_say() {
    let types = read("backend-web/npm/index.d.ts");
    let workers = constant("backend-web/shared/src/region.rs", "MAX_WORKERS");
    let default_workers = constant("backend-web/src/runtime/handle.rs", "DEFAULT_MAX_WORKERS");
    let pool = constant("backend-web/src/process/start.rs", "DEFAULT_POOL");
    let said = [format!("2 to {workers}, by default {default_workers}"), format!("no more than {pool}")];
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
