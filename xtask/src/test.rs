//! `cargo xtask test`: every test there is.

use crate::{
    browsers, digests, setup,
    shell::{self, Result},
    tally::Tally,
};

/// All tests of crates.
const CRATES: [&str; 3] = ["test", "--workspace", "--no-fail-fast"];

/// Sets up what tests need, runs them all, and ends on their count.
pub(crate) fn run() -> Result {
    let tally = all()?;
    tally.finish()
}

/// Runs every test and counts; a failed one does not keep the others from running.
///
/// # Errors
/// When the set-up fails.
pub(crate) fn all() -> Result<Tally> {
    setup::run(&setup::Options::default())?;
    let mut tally = Tally::default();
    build(&mut tally);
    run_built(&mut tally);
    Ok(tally)
}

/// Builds the tests of crates. What does not compile is told again, and counted, when they are run.
pub(crate) fn build(tally: &mut Tally) {
    shell::heading("what tests are built of");
    let mut cargo = shell::cargo(&CRATES);
    cargo.arg("--no-run");
    let _ = tally.steps.time("building the tests", || shell::run(cargo));
}

/// Runs every test and counts, after [`build`] in less time.
pub(crate) fn run_built(tally: &mut Tally) {
    if !setup::has_c() {
        shell::skip("the C program", "there is no clang or no wasm-ld; get them with `cargo xtask setup --system`");
    }
    // The tests of the command build the guest programs and run them.
    shell::heading("crates, doc tests, guest programs");
    tally.cargo_test("crates, doc tests, guest programs", shell::cargo(&CRATES));

    shell::heading("prebuilt modules");
    tally.test("prebuilt digests", digests::check);

    browsers::all(tally);
}
