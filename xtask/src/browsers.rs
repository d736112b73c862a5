//! `cargo xtask browsers`: the conformance suite, the demo and the package's own tests in browsers.

use std::process::Command;

use crate::{
    shell::{self, Result},
    tally::Tally,
    tools, web, workspace,
};

/// Each browser with its driver.
const BROWSERS: [(&str, &[&str], &str); 2] =
    [("chromium", &["chromium"], "chromedriver"), ("firefox", &["firefox", "firefox-esr"], "geckodriver")];

/// Where tests look for what browsers are told.
const VARIABLE: &str = "RADDLE_BROWSER_ARGS";

/// What browsers are told by tests: nothing but these pages is opened, and they stay off the network.
const ARGUMENTS: &str = "--disable-gpu --disable-quic --no-first-run --disable-background-networking \
                         --disable-component-update --disable-sync";

/// Runs the suite, the demo's tests and the package's in every browser that is there.
pub(crate) fn run() -> Result {
    let mut tally = Tally::default();
    all(&mut tally);
    tally.finish()
}

/// Builds the package, and runs the suite and the demo's tests in every browser that is there, each as a test; then the
/// package's own. Browsers that are not there are skipped, with the reason.
///
/// One after the other: on two cores they take longer beside each other.
pub(crate) fn all(tally: &mut Tally) {
    tally.test("the package raddle-web", web::run);
    for (name, programs, driver) in BROWSERS {
        shell::heading(&format!("conformance suite and demo in {name}"));
        let missing = if !programs.iter().any(|program| tools::find(program).is_some()) {
            Some(programs[0])
        } else {
            (tools::find(driver).is_none()).then_some(driver)
        };
        match missing {
            Some(program) => shell::skip(
                &format!("the conformance suite and the demo in {name}"),
                &format!("there is no {program}; get it with `cargo xtask setup --browsers`"),
            ),
            None => {
                tally.test(&format!("conformance suite in {name}"), || shell::run(suite(name)?));
                tally.test(&format!("demo in {name}"), || demo(name));
            }
        }
    }
    shell::heading("the package as its users have it");
    // These find out for themselves what is there: a browser, or npm, and say what is not.
    tally.cargo_test("the package in browsers", with_arguments(workspace::test("browsers", &["--ignored"])));
}

/// Runs the suite on a backend.
///
/// # Errors
/// When it cannot be built.
pub(crate) fn suite(name: &str) -> Result<Command> {
    let mut command = workspace::conform()?;
    command.args(["run", "--backend", name]);
    Ok(with_arguments(command))
}

/// The tests that take the package.
fn demo(name: &str) -> Result {
    shell::run(with_arguments(workspace::test("demo", &["--ignored", "--exact", name])))
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
