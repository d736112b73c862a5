//! `cargo xtask ci`: every check, in one go. It ends on a line that counts the tests.

use std::process::Command;

use crate::{
    beside::Beside,
    docs, fuzz, setup,
    shell::{self, Context, Result},
    tally::Tally,
    test, tools,
};

/// The crates that exist only in browsers, with what they have only there, and those that exist there, too. Their tests
/// are native.
const CLIPPY_OF_WASM: [&str; 16] = [
    "clippy",
    "--target",
    "wasm32-unknown-unknown",
    "--lib",
    "--package",
    "raddle-backend-web",
    "--package",
    "raddle-web-worker",
    "--package",
    "raddle-web-shared",
    "--package",
    "raddle-wasi",
    "--features",
    "raddle-backend-web/js",
    "--",
    "-Dwarnings",
];

/// Does all checks, those after a failed one too, and fails when any did.
pub(crate) fn run() -> Result {
    let mut tally = Tally::default();
    let options = setup::Options { system: true, browsers: true, ..setup::Options::default() };
    tally.steps.time("set-up", || setup::run(&options))?;
    // Miri runs one thread and has a target folder of its own. Nothing that is built beside it minds; tests would.
    let miri = Beside::start("Miri", this(&["miri"])?);
    tally.test("format", || shell::run(shell::cargo(&["fmt", "--all", "--check"])));
    tally.test("clippy", || shell::run(shell::cargo(&["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"])));
    tally.test("clippy of what is for browsers", || shell::run(shell::cargo(&CLIPPY_OF_WASM)));
    tally.test("api docs", docs::api);
    if tools::find("cargo-deny").is_some() {
        tally.test("licences and sources", || shell::run(shell::command(&["cargo-deny", "check"])));
    } else {
        shell::skip("licences and sources", "there is no cargo-deny; get it with `cargo xtask setup --docs`");
    }
    test::build(&mut tally);
    miri.join(&mut tally);
    test::run_built(&mut tally);
    tally.test("a minute of hostile guests, and modules compared", || fuzz::run(&fuzz::Options::default()));
    tally.finish()
}

/// Another command of xtask, as a process of its own.
fn this(args: &[&str]) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe().context("xtask's own path")?);
    command.args(args);
    Ok(command)
}
