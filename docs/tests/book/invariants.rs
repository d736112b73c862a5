//! The invariants of the chapter on architecture, as far as a tool can see them.

use std::{collections::BTreeSet, path::Path, process::Command};

use serde_json::Value;

use crate::text::{files, page, read, root, table};

/// Which crates of the workspace a crate may depend on, for its own code.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("raddle-runtime-api", &[]),
    ("raddle-threadify", &["raddle-runtime-api"]),
    ("raddle-symbols", &["raddle-runtime-api"]),
    ("raddle-wasi", &["raddle-runtime-api"]),
    ("raddle-backend-native", &["raddle-runtime-api", "raddle-symbols", "raddle-threadify", "raddle-wasi"]),
    ("raddle-backend-web", &["raddle-runtime-api", "raddle-symbols", "raddle-threadify", "raddle-web-shared"]),
    ("raddle-web-package", &["raddle-runtime-api"]),
    ("raddle-web-shared", &["raddle-runtime-api"]),
    ("raddle-web-worker", &["raddle-runtime-api", "raddle-web-shared"]),
    ("raddle-conformance", &["raddle-runtime-api"]),
    ("raddle-conformance-mutants", &["raddle-conformance", "raddle-runtime-api", "raddle-toy-backend"]),
    ("raddle-conformance-native", &["raddle-backend-native", "raddle-conformance", "raddle-runtime-api"]),
    ("raddle-conformance-web", &["raddle-conformance", "raddle-runtime-api", "raddle-web-server"]),
    ("raddle-guest", &["raddle-runtime-api"]),
    (
        "raddle",
        &[
            "raddle-backend-native",
            "raddle-conformance",
            "raddle-conformance-native",
            "raddle-conformance-web",
            "raddle-runtime-api",
            "raddle-threadify",
            "raddle-web-server",
            "raddle-workspace-hack",
        ],
    ),
    ("raddle-bench", &[]),
    ("raddle-bench-web", &["raddle-conformance-web", "raddle-web-server"]),
    ("raddle-docs", &[]),
    ("raddle-toy-backend", &["raddle-backend-native", "raddle-conformance", "raddle-runtime-api", "raddle-threadify"]),
    ("raddle-web-server", &[]),
    ("raddle-workspace-hack", &["raddle-runtime-api", "raddle-threadify"]),
    ("xtask", &[]),
];

/// Engines and JavaScript. Who may depend on each is below.
const ENGINES: [&str; 5] = ["wasmtime", "wasm-bindgen", "js-sys", "web-sys", "wasmer"];

/// Crates that take modules apart or put them together.
const PARSERS: [&str; 4] = ["wasmparser", "wasm-encoder", "walrus", "wat"];

/// A crate of the workspace, with its dependencies: those that its own code has, not its tests.
struct Package {
    name: String,
    dependencies: BTreeSet<String>,
}

/// What cargo says of the workspace's packages.
pub(crate) fn manifests() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn packages() -> Vec<Package> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let package = |package: &Value| Package {
        name: text(&package["name"]),
        dependencies: package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .map(|dependency| text(&dependency["name"]))
            .collect(),
    };
    manifests().iter().map(package).collect()
}

/// A source's lines without comments.
fn code(path: &Path) -> String {
    let text = read(path);
    let without_comment = |line: &str| line.split_once("//").map_or(line, |(code, _)| code).to_owned();
    text.lines().map(without_comment).collect::<Vec<_>>().join("\n")
}

/// The sources of a folder without tests: what stands before `mod tests`, and nothing of `tests/`.
fn sources(folder: &str) -> Vec<(String, String)> {
    let without_tests = |code: String| code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
    let source = |path: std::path::PathBuf| (path.to_string_lossy().replace('\\', "/"), without_tests(code(&path)));
    files(&format!("{folder}/src"), "rs").into_iter().map(source).collect()
}

#[test]
fn dependencies_point_one_way() {
    let packages = packages();
    let ours: BTreeSet<_> = packages.iter().map(|package| package.name.as_str()).collect();
    for package in &packages {
        let (_, allowed) = MAY_DEPEND_ON
            .iter()
            .find(|(name, _)| *name == package.name)
            .unwrap_or_else(|| panic!("say here what {} may depend on", package.name));
        for dependency in package.dependencies.iter().filter(|name| ours.contains(name.as_str())) {
            assert!(allowed.contains(&dependency.as_str()), "{} must not depend on {dependency}", package.name);
        }
    }
    assert_eq!(packages.len(), MAY_DEPEND_ON.len(), "a crate is gone");
}

#[test]
fn the_contract_and_threadify_know_no_engine_and_backends_no_parser() {
    for package in packages() {
        let engines: Vec<_> = ENGINES.iter().filter(|name| package.dependencies.contains(**name)).collect();
        let parsers: Vec<_> = PARSERS.iter().filter(|name| package.dependencies.contains(**name)).collect();
        match package.name.as_str() {
            "raddle-backend-native" => {
                assert_eq!(engines, [&"wasmtime"]);
                assert!(parsers.is_empty(), "{parsers:?}");
            }
            "raddle-backend-web" => {
                assert_eq!(engines, [&"wasm-bindgen", &"js-sys", &"web-sys"]);
                // Its build assembles the modules through which the host module reaches memories, and takes that
                // module's own one out.
                assert_eq!(parsers, [&"wasmparser", &"wasm-encoder", &"wat"]);
            }
            "raddle-threadify" => assert!(engines.is_empty() && !parsers.is_empty(), "{engines:?} {parsers:?}"),
            // What a module says of its functions stands in its custom sections.
            "raddle-symbols" => assert!(engines.is_empty() && parsers == [&"wasmparser"], "{engines:?} {parsers:?}"),
            "raddle-toy-backend" => assert_eq!(engines, [&"wasmtime"]),
            // The text of its cases is assembled.
            "raddle-conformance" => assert!(engines.is_empty() && parsers == [&"wat"], "{engines:?} {parsers:?}"),
            // So is the text of its guests.
            "raddle-bench-web" => assert!(engines.is_empty() && parsers == [&"wat"], "{engines:?} {parsers:?}"),
            // It asks for features alone.
            "raddle-workspace-hack" => assert!(engines.is_empty() && parsers == [&"wasm-encoder"], "{parsers:?}"),
            name => assert!(engines.is_empty() && parsers.is_empty(), "{name}: {engines:?} {parsers:?}"),
        }
    }
}

#[test]
fn what_threads_mean_is_written_once() {
    let folders = [
        "runtime-api",
        "threadify",
        "backend-native",
        "backend-web",
        "backend-web/shared",
        "backend-web/worker",
        "cli",
        "conformance",
        "conformance/native",
        "guest",
    ];
    let all: Vec<_> = folders.into_iter().flat_map(sources).collect();
    let implement = all.iter().filter(|(_, code)| {
        code.lines().any(|line| line.trim_start().starts_with("impl") && line.contains(" Threads for "))
    });
    assert_eq!(implement.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["runtime-api/src/process/thread.rs"]);
}

#[test]
fn threadify_does_no_io() {
    let sources = sources("threadify");
    assert!(sources.len() > 10);
    for (path, code) in sources {
        for forbidden in
            ["std::fs", "std::io", "std::net", "std::env", "std::process", "println!", "std::thread", "std::time"]
        {
            assert!(!code.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

#[test]
fn crates_without_unsafe_say_so() {
    let roots = [
        "runtime-api/src/lib.rs",
        "threadify/src/lib.rs",
        "symbols/src/lib.rs",
        "wasi/src/lib.rs",
        "backend-web/src/lib.rs",
        "bench/web/src/main.rs",
        "backend-web/shared/src/lib.rs",
        "backend-web/package/src/main.rs",
        "conformance/src/lib.rs",
        "conformance/src/bin/conform.rs",
        "conformance/native/src/lib.rs",
        "conformance/web/src/lib.rs",
        "cli/src/lib.rs",
        "cli/src/main.rs",
        "cli/src/bin/raddle-conform/main.rs",
        "cli/src/bin/raddle-serve/main.rs",
        "web-server/src/lib.rs",
        "workspace-hack/src/lib.rs",
        "xtask/src/main.rs",
    ];
    for root in roots {
        assert!(read(root).lines().any(|line| line == "#![forbid(unsafe_code)]"), "{root}");
    }
}

#[test]
fn unsafe_is_where_the_chapter_says() {
    let is_unsafe = |code: &str| {
        let words: Vec<_> = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '{')).collect();
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.windows(2).any(|pair| pair[0] == "unsafe" && ["{", "fn", "impl", "extern", "trait"].contains(&pair[1]))
    };
    let mut found: Vec<_> = ["backend-native", "backend-web/worker", "guest"]
        .into_iter()
        .flat_map(|folder| files(&format!("{folder}/src"), "rs"))
        .filter(|path| is_unsafe(&code(path)))
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    found.sort();
    let rows = table(&page("architecture.md"), &["file", "why"]);
    let mut listed: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    listed.sort();
    assert_eq!(found, listed);
}

#[test]
fn there_are_seven_and_each_says_how_it_is_tested() {
    let page = page("architecture.md");
    let parts: Vec<_> = page.split("**Architecture invariant:**").skip(1).collect();
    assert_eq!(parts.len(), 7);
    for part in parts {
        assert!(part.contains("*Tested:*"), "{part}");
    }
}
