//! `cargo xtask demo`: the demo of the web backend, served to this machine.

use crate::{
    shell::{self, Result},
    web, workspace,
};

/// Builds the package and serves the demo, until a signal ends it. An option is the port.
pub(crate) fn run(options: &[&str]) -> Result {
    web::run()?;
    shell::heading("the demo: open this page, Ctrl-C ends it");
    let mut command = workspace::example("demo")?;
    command.args(options);
    shell::run(command)
}
