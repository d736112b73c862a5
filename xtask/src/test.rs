//! `cargo xtask test`: every test there is.

use crate::{
    digests, programs, setup,
    shell::{self, Result},
    tally::Tally,
};

/// Sets up what tests need, runs them all, and ends on their count.
pub(crate) fn run() -> Result {
    let tally = all()?;
    println!("{tally}");
    tally.into_result()
}

/// Runs every test and counts; a failed one does not keep the others from running.
///
/// # Errors
/// When the set-up fails.
pub(crate) fn all() -> Result<Tally> {
    setup::run(&setup::Options::default())?;
    let mut tally = Tally::default();

    shell::heading("crates and doc tests");
    tally.cargo_test(shell::cargo(&["test", "--workspace", "--no-fail-fast"]));

    shell::heading("guest programs");
    programs::test(&mut tally);
    tally.test("prebuilt digests", digests::check);
    Ok(tally)
}
