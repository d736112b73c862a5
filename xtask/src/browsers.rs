//! `cargo xtask browsers`: the conformance suite in browsers.

use std::process::Command;

use crate::{
    shell::{self, Result},
    tally::Tally,
    tools, web,
};

/// Each browser with its driver.
const BROWSERS: [(&str, &[&str], &str); 2] =
    [("chromium", &["chromium"], "chromedriver"), ("firefox", &["firefox", "firefox-esr"], "geckodriver")];

/// What browsers are told by tests: nothing but these pages is opened, and they stay off the network.
const ARGUMENTS: &str = "--disable-gpu --disable-quic --no-first-run --disable-background-networking \
                         --disable-component-update --disable-sync";

/// Runs the suite in every browser that is there.
pub(crate) fn run() -> Result {
    let mut tally = Tally::default();
    all(&mut tally);
    println!("{tally}");
    tally.into_result()
}

/// Builds the package, and runs the suite in every browser that is there, each as a test. Those that are not are skipped, with the reason.
pub(crate) fn all(tally: &mut Tally) {
    tally.test("the package raddle-web", web::run);
    for (name, programs, driver) in BROWSERS {
        shell::heading(&format!("conformance suite in {name}"));
        let missing = if !programs.iter().any(|program| tools::find(program).is_some()) {
            Some(programs[0])
        } else {
            (tools::find(driver).is_none()).then_some(driver)
        };
        match missing {
            Some(program) => shell::skip(
                &format!("the conformance suite in {name}"),
                &format!("there is no {program}; get it with `cargo xtask setup --browsers`"),
            ),
            None => tally.test(&format!("conformance suite in {name}"), || shell::run(suite(name))),
        }
    }
}

/// Runs the suite on a backend.
pub(crate) fn suite(name: &str) -> Command {
    let mut command =
        shell::cargo(&["run", "--quiet", "--package", "raddle", "--", "conform", "run", "--backend", name]);
    if std::env::var_os("RADDLE_BROWSER_ARGS").is_none() {
        // Chromium refuses to start as root with its sandbox.
        let sandbox = if tools::is_root() { " --no-sandbox" } else { "" };
        command.env("RADDLE_BROWSER_ARGS", format!("{ARGUMENTS}{sandbox}"));
    }
    command
}
