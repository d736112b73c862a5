//! `cargo xtask ci`: every check, in one go. It ends on a line that counts the tests.

use crate::{
    docs, fuzz, miri, setup,
    shell::{self, Result},
    tally::Tally,
    test, tools,
};

/// The crates that exist only in browsers, with what they have only there. Their tests are native.
const CLIPPY_OF_WASM: [&str; 14] = [
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
    "--features",
    "raddle-backend-web/js",
    "--",
    "-Dwarnings",
];

/// Does all checks, those after a failed one too, and fails when any did.
pub(crate) fn run() -> Result {
    setup::run(&setup::Options { system: true, browsers: true, ..setup::Options::default() })?;
    let mut lints = Tally::default();
    lints.test("format", || shell::run(shell::cargo(&["fmt", "--all", "--check"])));
    lints.test("clippy", || shell::run(shell::cargo(&["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"])));
    lints.test("clippy of what is for browsers", || shell::run(shell::cargo(&CLIPPY_OF_WASM)));
    lints.test("api docs", docs::api);
    if tools::find("cargo-deny").is_some() {
        lints.test("licences and sources", || shell::run(shell::command(&["cargo-deny", "check"])));
    } else {
        shell::skip("licences and sources", "there is no cargo-deny; get it with `cargo xtask setup --docs`");
    }
    let mut tally = test::all()?;
    tally += miri::all();
    tally.test("a minute of hostile guests", || fuzz::run(&fuzz::Options::default()));
    tally += lints;
    tally.finish()
}
