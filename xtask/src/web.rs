//! `cargo xtask web`: the npm package `raddle-web`.

use crate::shell::{self, Result};

/// Builds the web backend and puts its package together, in `target/web/pkg`.
pub(crate) fn run() -> Result {
    shell::heading("the package raddle-web");
    shell::run(shell::cargo(&["run", "--quiet", "--package", "raddle-web-package"]))
}
