//! `cargo xtask docs`: the API's documentation and the book.

use crate::{
    shell::{self, Result},
    tools,
};

/// Builds both; the book only where mdbook is installed.
pub(crate) fn run() -> Result {
    api()?;
    if tools::find("mdbook").is_none() {
        shell::skip("the book", "there is no mdbook; get it with `cargo xtask setup --docs`");
        return Ok(());
    }
    shell::run(shell::command(&["mdbook", "build", "docs"]))
}

/// The API's documentation, without a warning.
pub(crate) fn api() -> Result {
    let mut cargo = shell::cargo(&["doc", "--workspace", "--no-deps"]);
    cargo.env("RUSTDOCFLAGS", "-Dwarnings");
    shell::run(cargo)
}
