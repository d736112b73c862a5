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
                              install what the other commands need; tells what, and does nothing twice
                              --system: Debian's clang and lld, too, for the C programs (as root)
                              --docs: mdbook and cargo-deny, too, from source
                              --browsers: Debian's Chromium and Firefox, and their drivers; that of Firefox from source
  test                        set up, then run every test: crates, doc tests, guest programs, prebuilt files, book, and the
                              conformance suite in the browsers that are there
  web                         build the npm package raddle-web in target/web/pkg
  demo [PORT]                 build that package and serve the demo of examples/web to this machine, on port 8080 unless it is said
  browsers                    run the conformance suite, the demo's tests and those of the package raddle-web, which npm installs as users do,
                              in Chromium and Firefox, as far as they are there
  conform [ARGS]              run `raddle conform` with these arguments: `conform run --filter join/`
  matrix                      run the suite on every backend, and write the book's page of clauses against backends
  ci                          format, lints, docs, licences, then `test`, `miri` and a minute of `fuzz`
  fuzz [--seconds N] [--seed S] [--repeat]
                              run hostile guests made at random, for a minute unless it is said; a failure tells its seed
                              --seed: begin with that guest; --repeat: run that one again and again
  miri                        run some tests in Miri, which comes with rustup's nightly: some minutes
  programs [--cases] [--check]
                              build the guest programs, and refresh examples/prebuilt and the modules of conformance/programs
                              --cases: only the latter; --check: build nothing, only compare the digests
  docs                        build the API's documentation, and the book where mdbook is installed
  bench [--web] [ROW ...]     what threads cost, as one table of ratios; of its rows those with such a part in their names
                              --web: in browsers, one table for each that is there
  bless                       accept what golden tests get now as what they expect; look at the diff afterwards
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
        ["programs"] => programs::refresh(),
        ["programs", "--cases"] => programs::refresh_cases(),
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
