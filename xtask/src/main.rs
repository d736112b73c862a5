//! All automation of raddle, as `cargo xtask COMMAND`. It needs nothing but Rust, and installs what else it takes.
//!
//! A module for each command; [`workspace`] builds and runs what is in the workspace, [`shell`] runs any program,
//! [`tally`] counts tests, [`tools`] knows what is installed.
#![forbid(unsafe_code)]

mod bench;
mod beside;
mod bless;
mod browsers;
mod ci;
mod conform;
mod demo;
mod digests;
mod docs;
mod fuzz;
mod matrix;
mod miri;
mod programs;
mod setup;
mod shell;
mod steps;
mod tally;
mod test;
mod tools;
mod web;
mod workspace;

use std::process::ExitCode;

use shell::Result;

const HELP: &str = "\
cargo xtask COMMAND

  setup [--system] [--docs] [--browsers]
                              install what the other commands need; says what it installs, and skips what is there
                              --system: also Debian's clang and lld, for the C programs (as root)
                              --docs: also mdbook and cargo-deny, from source
                              --browsers: also Debian's Chromium and Firefox, and their drivers (Firefox's from source)
  test                        set up, then run every test: crates, doc tests, guest programs, prebuilt files, book, and the
                              conformance suite in the browsers that are installed
  web                         build the npm package raddle-web in target/web/pkg
  demo [PORT]                 build that package and serve the demo in examples/web on this machine, on port 8080 by default
  browsers                    run the conformance suite, the demo's tests and those of the package raddle-web, installed by npm as users do,
                              in Chromium and Firefox, if they are installed
  conform [ARGS]              run `raddle conform` with these arguments: `conform run --filter join/`
  matrix                      run the suite on every backend, and write the book's table of clauses against backends
  ci                          format, lints, docs, licences, then `test`, `miri` and a minute of `fuzz`
  fuzz [--seconds N] [--seed S] [--repeat] [--modules]
                              run randomly generated hostile guests, for a minute by default, and compare modules with what
                              threadify makes of them, for a third of that; a failure prints its seed
                              --seed: begin with guest S; --repeat: run that guest again and again;
                              --modules: only compare modules
  miri                        run some tests in Miri, which comes with rustup's nightly; takes some minutes
  programs [--cases] [--check]
                              build the guest programs, and refresh examples/prebuilt and the modules of conformance/programs
                              --cases: only the latter; --check: build nothing, only compare the digests
  docs                        build the API documentation, and the book if mdbook is installed
  bench [--web] [ROW ...]     measure what threads cost, as one table of ratios; ROW selects rows by a part of their names
                              --web: in browsers, one table for each that is installed
  bless                       accept the current results of golden tests as expected; look at the diff afterwards
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result {
    shell::enter_root()?;
    match args {
        ["setup", options @ ..] => setup::run(&setup::Options::parse(options)?),
        ["test"] => test::run(),
        ["web"] => web::run(),
        ["demo", options @ ..] => demo::run(options),
        ["browsers"] => browsers::run(),
        ["conform", args @ ..] => conform::run(args),
        ["matrix"] => matrix::run(),
        ["ci"] => ci::run(),
        ["fuzz", options @ ..] => fuzz::run(&fuzz::Options::parse(options)?),
        ["miri"] => miri::run(),
        ["programs"] => programs::refresh().and_then(|left_out| digests::record(&left_out)),
        ["programs", "--cases"] => programs::refresh_cases().and_then(|left_out| digests::record(&left_out)),
        ["programs", "--check"] => digests::check(),
        ["docs"] => docs::run(),
        ["bench", "--web", rows @ ..] => bench::run_in_browsers(rows),
        ["bench", rows @ ..] => bench::run(rows),
        ["bless"] => bless::run(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("no such command: {}\n\n{HELP}", other.join(" ")).into()),
    }
}
