//! `cargo xtask web`: the npm package `raddle-web`.

use crate::{
    shell::{self, Result},
    workspace,
};

/// Builds the web backend and puts its package together, in `target/web/pkg`.
pub(crate) fn run() -> Result {
    shell::heading("the package raddle-web");
    shell::run(workspace::program("raddle-web-package")?)
}
