//! `conform`: runs the suite on backends that are programs of their own. `raddle conform` is the same with the native
//! backend built in.
#![forbid(unsafe_code)]

use clap::Parser;
use raddle_conformance::command::{Args, Program, execute};

/// Runs raddle's conformance suite
#[derive(Debug, Parser)]
#[command(name = "conform", version, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    args: Args,
}

fn main() {
    std::process::exit(execute(
        &Cli::parse().args,
        &Program { prefix: &[], backends: &[], pages: None, name: "conform" },
    ))
}
