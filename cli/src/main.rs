//! `raddle`: the command that runs, inspects, rewrites and builds multithreaded WebAssembly.
//!
//! [`args`] is the command line, and there is a module for each command: [`run`], [`inspect`], [`threadify`],
//! [`build`], [`completions`], and [`external`] for those that are separate programs. [`input`] and [`output`] are the
//! files, [`error`] and [`status`] what the user and the shell get.
#![forbid(unsafe_code)]

mod args;
mod build;
mod completions;
mod error;
mod external;
mod input;
mod inspect;
mod output;
mod progress;
mod run;
mod status;
mod threadify;

use std::process;

use args::{Cli, Command};
use clap::Parser;
use error::Error;

fn main() {
    let status = execute(&Cli::parse().command).unwrap_or_else(|error| {
        raddle_command::say(format_args!("raddle: error: {error}"), None);
        error.status()
    });
    // A program's status may be any i32: the system keeps of it what it can.
    process::exit(status)
}

/// Executes the command and returns the exit status.
fn execute(command: &Command) -> Result<i32, Error> {
    match command {
        Command::Run(args) => run::run(args),
        Command::Inspect(args) => inspect::run(args).map(|()| 0),
        Command::Threadify(args) => threadify::run(args).map(|()| 0),
        Command::Build(args) => build::run(args).map(|()| 0),
        Command::Conform(args) => external::run("conform", args),
        Command::Serve(args) => external::run("serve", args),
        Command::Completions(args) => completions::run(args).map(|()| 0),
    }
}
