//! `raddle build`.

use std::fs;

use crate::support::Scratch;

/// A package with a binary, an example and a feature, whose program returns its answer.
fn package(scratch: &Scratch) {
    scratch.file(
        "Cargo.toml",
        "[package]\nname = \"answer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\nlate = []\n[workspace]\n",
    );
    scratch.file(
        "src/main.rs",
        r#"use std::sync::{Mutex, atomic::{AtomicI32, Ordering}};

static ANSWER: Mutex<i32> = Mutex::new(0);
static CALLS: AtomicI32 = AtomicI32::new(0);

#[unsafe(no_mangle)]
pub extern "C" fn answer(number: i32) -> i32 {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let mut answer = ANSWER.lock().unwrap();
    *answer += number;
    *answer
}

fn main() {
    let expected = if cfg!(feature = "late") { 43 } else { 42 };
    assert_eq!(answer(expected), expected);
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
}
"#,
    );
    scratch.file("examples/other.rs", "fn main() { std::process::exit(9) }");
}

#[test]
fn cargos_options_decide_what_is_built_and_it_runs() {
    let scratch = Scratch::new();
    package(&scratch);
    let ran = scratch.raddle(&["build", "--bins", "--examples", "--features", "late", "--target-dir", "t"]);
    let ran = ran.assert(0, &["Compiling answer"]);
    let mut paths: Vec<&str> = ran.stdout.lines().collect();
    paths.sort_unstable();
    let expected = [scratch.path("t/raddle/debug/answer.wasm"), scratch.path("t/raddle/debug/examples/other.wasm")];
    let expected = expected.map(|path| fs::canonicalize(path).unwrap());
    assert_eq!(paths.iter().map(|path| fs::canonicalize(path).unwrap()).collect::<Vec<_>>(), expected);

    scratch.raddle(&["run", paths[0]]).assert(0, &[]);
    scratch.raddle(&["run", "--entry", "answer", "--entry-args", "5", paths[0]]).assert(0, &["answer returned 5"]);

    // Flags of the user's own are in force, beside raddle's: the limit on memory is theirs.
    let mut command = scratch.command(&["build", "--target-dir", "t", "--bin", "answer"]);
    let output = command.env("RUSTFLAGS", "-Clink-arg=--max-memory=33554432").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let inspection = scratch.raddle(&["inspect", "t/raddle/debug/answer.wasm"]).stdout;
    assert!(inspection.contains("pages to 512"), "{inspection}");

    // What does not compile is cargo's to tell.
    scratch.file("src/main.rs", "fn main() { nonsense }");
    scratch.raddle(&["build", "--target-dir", "t"]).assert(1, &["cannot find value `nonsense`", "RD0012"]);
}

#[test]
fn raddles_own_options_are_refused() {
    let scratch = Scratch::new();
    scratch
        .raddle(&["build", "--release", "--target", "x86_64-unknown-linux-gnu"])
        .assert(2, &["--target", "leave it out"]);
    scratch.raddle(&["build", "--message-format=json"]).assert(2, &["--message-format=json", "leave it out"]);
}

#[cfg(unix)]
mod toolchains {
    use std::os::unix::fs::PermissionsExt;

    use super::{Scratch, fs};

    /// Puts a program into `bin/` that prints, and ends with a status.
    fn tool(scratch: &Scratch, name: &str, script: &str) {
        let path = scratch.file(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// A compiler of a version, with a sysroot that is empty.
    fn rustc(scratch: &Scratch, version: &str) {
        let script = format!(
            "case \"$*\" in *sysroot*) echo {};; *) echo 'rustc {version}'; echo 'release: {version}'; echo 'host: none';; esac",
            scratch.path("sysroot").display()
        );
        tool(scratch, "rustc", &script);
        tool(scratch, "cargo", "echo cargo");
    }

    #[track_caller]
    fn build_with_bin(scratch: &Scratch, args: &[&str], says: &[&str]) {
        let mut command = scratch.command(&[&["build"], args].concat());
        command.env("PATH", scratch.path("bin"));
        crate::support::Ran::from(command.output().unwrap()).assert(1, says);
    }

    #[test]
    fn missing_sources_are_told_with_the_command_that_gets_them() {
        let scratch = Scratch::new();
        rustc(&scratch, "1.97.0-nightly");
        tool(&scratch, "rustup", "echo rustup");
        build_with_bin(
            &scratch,
            &[],
            &["rustc 1.97.0-nightly", "sources of std", "rustup component add rust-src --toolchain nightly"],
        );
    }

    #[test]
    fn without_rustup_the_systems_packages_are_named() {
        let scratch = Scratch::new();
        rustc(&scratch, "1.96.0");
        build_with_bin(&scratch, &[], &["rustc 1.96.0", "apt-get install", "rust-web-src"]);
    }

    #[test]
    fn a_missing_linker_is_told() {
        let scratch = Scratch::new();
        rustc(&scratch, "1.96.0");
        scratch.file("sysroot/lib/rustlib/src/rust/library/std/Cargo.toml", "");
        build_with_bin(&scratch, &[], &["no linker for wasm", "apt-get install lld"]);
    }

    /// The first cargo in PATH has no sources of std, the one behind it has, and must not run the first one's compiler.
    #[test]
    fn a_toolchain_farther_back_compiles_with_its_own_compiler() {
        let scratch = Scratch::new();
        rustc(&scratch, "1.95.0");
        let sysroot = scratch.path("system");
        let system = |name: &str, script: String| {
            let path = scratch.file(&format!("system/bin/{name}"), format!("#!/bin/sh\n{script}\n"));
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            path
        };
        let answers = format!("*sysroot*) echo {};; *) echo 'rustc 1.96.0'; echo 'host: none';;", sysroot.display());
        let compiler = system("rustc", format!("case \"$*\" in {answers} esac"));
        system("cargo", "case \"$*\" in --version) echo cargo;; *) echo \"by $RUSTC\" >&2; exit 1;; esac".into());
        scratch.file("system/lib/rustlib/src/rust/library/std/Cargo.toml", "");
        scratch.file("system/lib/rustlib/none/bin/rust-lld", "");

        let mut command = scratch.command(&["build"]);
        let path = std::env::join_paths([scratch.path("bin"), scratch.path("system/bin")]).unwrap();
        command.env("PATH", path).env_remove("RUSTC");
        let says = format!("by {}", compiler.display());
        crate::support::Ran::from(command.output().unwrap()).assert(1, &[&says, "RD0012"]);
    }

    #[test]
    fn a_toolchain_that_was_asked_for_is_not_replaced() {
        let scratch = Scratch::new();
        tool(&scratch, "rustc", "exit 1");
        tool(&scratch, "cargo", "exit 1");
        build_with_bin(
            &scratch,
            &["+nightly-2020-01-01"],
            &["rustup toolchain install nightly-2020-01-01 --component rust-src"],
        );
    }
}
