//! A crate outside the workspace depends on the suite by path, writes one line, and gets the suite as its tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use raddle_conformance::Suite;

use crate::support::Ran;

/// The stranger's crate, in a folder that stays for the next time, so that not everything is built anew.
fn stranger() -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let fixture = repository.join("conformance/tests/fixtures/stranger");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stranger");
    for name in ["src/lib.rs", "tests/conformance.rs", "Cargo.toml"] {
        let text = fs::read_to_string(fixture.join(name)).unwrap();
        let text = text.replace("CONFORMANCE", repository.join("conformance").to_str().unwrap());
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Only what has changed, so that cargo does not build it anew.
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            fs::write(&path, text).unwrap();
        }
    }
    let _ = fs::remove_file(folder.join(FORGETFUL));
    // The versions that are there already.
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

/// A test of that crate which the manifest does not name, so that it has Rust's own harness.
const FORGETFUL: &str = "tests/forgetful.rs";

/// cargo in that crate, without what the cargo that runs these tests has set.
fn cargo(folder: &Path, args: &[&str], raddle: &str) -> Ran {
    let mut cargo = Command::new(env!("CARGO"));
    let inherited = std::env::vars_os().map(|(name, _)| name);
    for name in inherited
        .filter(|name| name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG") || name.starts_with("NEXTEST")))
    {
        cargo.env_remove(name);
    }
    cargo.args(args).current_dir(folder).env_remove("CARGO_TARGET_DIR").env("RADDLE", raddle);
    // Nobody debugs what is built there.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
    cargo.output().unwrap().into()
}

const RADDLE: &str = env!("CARGO_BIN_EXE_raddle");

fn cases() -> usize {
    Suite::embedded().unwrap().cases.len()
}

#[test]
fn a_stranger_gets_the_suite() {
    let folder = stranger();
    let cargo = |args: &[&str], raddle: &str| cargo(&folder, args, raddle);
    let suite = |args: &[&str], raddle: &str| {
        cargo(&[&["test", "--offline", "--test", "conformance", "--"], args].concat(), raddle)
    };
    let all = cargo(&["test", "--offline"], RADDLE).assert(0, &[]);
    // One line of each test program; the suite's is the longest.
    let counts = all.stdout.lines().filter(|line| line.starts_with("test result: ok. "));
    let most = counts.map(|line| number_before(line, " passed") + number_before(line, " ignored")).max();
    assert_eq!(most, Some(cases()), "{}", all.stdout);

    // A backend that is not there fails, by name of the case.
    let one = suite(&["--exact", "join/value"], "no-such-raddle");
    assert!(one.status != 0 && one.stdout.contains("cannot start the adapter no-such-raddle"), "{one:#?}");

    // What nextest asks of a test program.
    let list = suite(&["--list", "--format", "terse"], RADDLE).assert(0, &[]).stdout;
    assert_eq!(list.lines().filter(|line| line.ends_with(": test")).count(), cases(), "{list}");
    let one = suite(&["--exact", "join/value", "--nocapture"], RADDLE);
    assert!(one.assert(0, &[]).stdout.contains("1 passed; 0 failed"));

    if cargo(&["nextest", "--version"], RADDLE).status == 0 {
        let nextest = cargo(&["nextest", "run", "--offline"], RADDLE).assert(0, &[]).stderr;
        assert!(nextest.contains("join/value") && nextest.contains(" passed"), "{nextest}");
    } else {
        println!("skipped: cargo-nextest is not installed");
    }

    // Under Rust's own harness `main`, and so the suite, is not run: that is no success.
    fs::copy(folder.join("tests/conformance.rs"), folder.join(FORGETFUL)).unwrap();
    let forgetful = cargo(&["test", "--offline", "--test", "forgetful"], RADDLE);
    assert!(forgetful.status != 0, "{forgetful:#?}");
    assert!(forgetful.stdout.contains("set `harness = false` for this [[test]] in Cargo.toml"), "{forgetful:#?}");
}

/// The number before some words in a line; 0 when they are not there.
fn number_before(line: &str, words: &str) -> usize {
    let before = line.split_once(words).map_or("", |(before, _)| before);
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
