//! `cargo xtask test`: every test there is.

use crate::{
    browsers, digests, setup,
    shell::{self, Result},
    tally::Tally,
};

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
    if !setup::has_c() {
        shell::skip("the C program", "there is no clang or no wasm-ld; get them with `cargo xtask setup --system`");
    }
    let mut tally = Tally::default();

    // The tests of the command build the guest programs and run them.
    shell::heading("crates, doc tests, guest programs");
    tally.cargo_test("crates, doc tests, guest programs", shell::cargo(&["test", "--workspace", "--no-fail-fast"]));

    shell::heading("prebuilt modules");
    tally.test("prebuilt digests", digests::check);

    browsers::all(&mut tally);
    Ok(tally)
}
