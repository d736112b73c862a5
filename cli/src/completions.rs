//! `raddle completions`

use clap::CommandFactory;

use crate::{
    args::{Cli, Completions},
    error::Error,
    output,
};

/// Prints the completion script of a shell.
pub(crate) fn run(args: &Completions) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "raddle", &mut script);
    output::print(&script)
}
