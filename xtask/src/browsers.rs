//! `cargo xtask browsers`: the conformance suite, the demo and the package's own tests in browsers.

use std::{process::Command, thread};

use crate::{
    shell::{self, Result},
    tally::Tally,
    tools, web,
};

/// Each browser with its driver.
const BROWSERS: [(&str, &[&str], &str); 2] =
    [("chromium", &["chromium"], "chromedriver"), ("firefox", &["firefox", "firefox-esr"], "geckodriver")];

/// Where tests look for what browsers are told.
const VARIABLE: &str = "RADDLE_BROWSER_ARGS";

/// What browsers are told by tests: nothing but these pages is opened, and they stay off the network.
const ARGUMENTS: &str = "--disable-gpu --disable-quic --no-first-run --disable-background-networking \
                         --disable-component-update --disable-sync";

/// These find out for themselves what is there: a browser, or npm, and say what is not.
const PACKAGE_TESTS: [&str; 7] = ["test", "--package", "raddle-backend-web", "--test", "browsers", "--", "--ignored"];

/// Runs the suite, the demo's tests and the package's in every browser that is there.
pub(crate) fn run() -> Result {
    let mut tally = Tally::default();
    all(&mut tally);
    println!("{tally}");
    tally.into_result()
}

/// Builds the package, and runs the suite and the demo's tests in every browser that is there, each as a test; then the
/// package's own. Browsers that are not there are skipped, with the reason.
pub(crate) fn all(tally: &mut Tally) {
    tally.test("the package raddle-web", web::run);
    let browsers: Vec<&str> = BROWSERS.iter().filter_map(|browser| name_if_there(*browser)).collect();
    shell::heading("conformance suite in browsers, beside each other");
    // Most of the time they wait: for pages, and for each other.
    thread::scope(|scope| {
        let running: Vec<_> =
            browsers.iter().map(|&name| (name, scope.spawn(move || shell::run_aside(suite(name))))).collect();
        for (name, run) in running {
            let end = run.join().unwrap_or_else(|_| Err("it panicked".into()));
            tally.test(&format!("conformance suite in {name}"), || end);
        }
    });
    for name in browsers {
        tally.test(&format!("demo in {name}"), || demo(name));
    }
    shell::heading("the package as its users have it");
    tally.cargo_test(with_arguments(shell::cargo(&PACKAGE_TESTS)));
}

/// The browser's name, if it and its driver are there; else says that it is skipped.
fn name_if_there((name, programs, driver): (&'static str, &[&'static str], &'static str)) -> Option<&'static str> {
    let browser = programs.iter().find(|program| tools::find(program).is_some());
    let missing = match browser {
        None => programs[0],
        Some(_) if tools::find(driver).is_none() => driver,
        Some(_) => return Some(name),
    };
    shell::skip(
        &format!("the conformance suite and the demo in {name}"),
        &format!("there is no {missing}; get it with `cargo xtask setup --browsers`"),
    );
    None
}

/// Runs the suite on a backend.
pub(crate) fn suite(name: &str) -> Command {
    with_arguments(shell::cargo(&["run", "--quiet", "--package", "raddle", "--", "conform", "run", "--backend", name]))
}

/// The tests that take the package.
fn demo(name: &str) -> Result {
    let test = [
        "test",
        "--quiet",
        "--package",
        "raddle-conformance-web",
        "--test",
        "demo",
        "--",
        "--ignored",
        "--exact",
        name,
    ];
    shell::run(with_arguments(shell::cargo(&test)))
}

/// Says what browsers are told, unless somebody else does.
pub(crate) fn with_arguments(mut command: Command) -> Command {
    if std::env::var_os(VARIABLE).is_none() {
        // Chromium refuses to start as root with its sandbox.
        let sandbox = if tools::is_root() { " --no-sandbox" } else { "" };
        command.env(VARIABLE, format!("{ARGUMENTS}{sandbox}"));
    }
    command
}
