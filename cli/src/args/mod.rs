//! The command line, with the texts that `--help` shows.
//!
//! Commands and options are here, but for those of the limits, which [`limits`] makes of their table, and [`wasi`]'s;
//! [`program`] is the module and what follows it; [`size`] and [`duration`] read the values that have units.

mod duration;
mod limits;
mod program;
mod size;
mod wasi;

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

pub(crate) use limits::LimitArgs;
pub(crate) use program::ProgramArgs;
pub(crate) use wasi::WasiArgs;

/// Runs multithreaded WebAssembly: one instance per thread over one shared memory.
#[derive(Debug, Parser)]
#[command(name = "raddle", version, max_term_width = 100, disable_help_subcommand = true, after_help = EXIT_STATUSES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The table at the end of `raddle --help`. The numbers are those of [`crate::status`].
const EXIT_STATUSES: &str = "\
Exit status:
  0    done; `run`: the program returned (or the i32 that its `main` returned)
  N    `run`: the program exited with N
  1    bad input: a file, a module, a missing tool; `conform`: a case did not pass
  2    usage
  3    `conform`: the adapter failed, or a case cannot be read
  124  `run`: the time limit passed, or the program was killed (Ctrl-C)
  125  `run`: deadlock
  130  interrupted: `run` by a second Ctrl-C, `conform` by the first
  134  `run`: trap or abort";

/// One command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a module: a linker's output, or a threadified one
    Run(Box<Run>),
    /// Say what a module is, what was found in it and what is missing
    Inspect(Inspect),
    /// Make a linked module ready for one instance per thread
    Threadify(Threadify),
    /// Build the current package with threads, for wasm32-unknown-unknown
    Build(Build),
    /// Run the conformance suite on a backend
    Conform(External),
    /// Serve a folder to browsers, with the headers that pages with threads need
    Serve(External),
    /// Print a shell's completion script
    Completions(Completions),
}

/// `raddle run`
#[derive(Debug, Clone, Args)]
#[command(after_help = "The program's standard output and standard error are passed on byte for byte. raddle's own \
    messages go to standard error: warnings about limits at once, the rest after the program's end. Ctrl-C kills the \
    program: its outcome is `killed`.")]
pub(crate) struct Run {
    /// Call this export instead of `_start` or `main`
    #[arg(long, value_name = "NAME", visible_alias = "invoke")]
    pub(crate) entry: Option<String>,

    /// The entry's arguments: numbers, with commas between them or in several options
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) entry_args: Vec<String>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// Trap when a thread's stack overflows, instead of overwriting what lies below it
    #[arg(long)]
    pub(crate) stack_check: bool,

    /// Write the outcome to FILE as JSON; with `-`, as the last line of standard output
    #[arg(long, value_name = "FILE|-", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) program: ProgramArgs,

    // Last, as what follows is under its heading.
    #[command(flatten)]
    pub(crate) wasi: WasiArgs,
}

/// `raddle inspect`
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// The module
    #[arg(value_name = "MODULE", value_hint = ValueHint::FilePath)]
    pub(crate) module: PathBuf,
}

/// `raddle threadify`
#[derive(Debug, Args)]
pub(crate) struct Threadify {
    /// The linked module
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    /// Where the result goes; `-` is standard output. A file is replaced only if all went well
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,

    /// Check every move of the stack pointer, so that an overflow traps
    #[arg(long)]
    pub(crate) stack_check: bool,
}

/// `raddle build`
#[derive(Debug, Args)]
#[command(after_help = "Takes the options of `cargo build`, except --target and --message-format, which raddle sets; \
    `+TOOLCHAIN` as the first argument names another toolchain. raddle's own options come first. The path of every \
    module is printed on standard output: target/raddle/PROFILE/NAME.wasm.")]
pub(crate) struct Build {
    /// Check every move of the stack pointer, so that an overflow traps
    #[arg(long)]
    pub(crate) stack_check: bool,

    /// What to build and how, for cargo: --release, -p, --bin, --example, --features, --target-dir, ...
    #[arg(value_name = "CARGO ARGUMENTS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) cargo: Vec<OsString>,
}

/// `raddle conform` and `raddle serve`: all further arguments, including `--help`, are for their own programs.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct External {
    /// The arguments for that program
    #[arg(value_name = "ARGUMENTS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) args: Vec<OsString>,
}

/// `raddle completions`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::{CommandFactory, Parser};
    use raddle_runtime_api::{LimitKind, Limits};

    use super::{Cli, Command, Run};

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    fn run(args: &[&str]) -> Run {
        let cli = Cli::try_parse_from([&["raddle", "run"], args].concat()).unwrap_or_else(|error| panic!("{error}"));
        let Command::Run(run) = cli.command else { panic!("not run") };
        *run
    }

    #[test]
    fn entry_arguments_are_any_numbers() {
        let given =
            run(&["--entry", "f", "--entry-args", "-1,-2.5e3", "--entry-args", "-inf", "--timeout", "1s", "a.wasm"]);
        assert_eq!(given.entry.as_deref(), Some("f"));
        assert_eq!(given.entry_args, ["-1", "-2.5e3", "-inf"]);
        assert!(given.program.args.is_empty());
    }

    #[test]
    fn what_follows_the_module_is_the_programs_own() {
        let args = ["-c", "--help", "--", "--max-threads", "-1", ""];
        let given = run(&[&["--invoke", "f", "a.wasm"], &args[..]].concat());
        assert_eq!(given.program.args, args);
        assert_eq!(run(&["a.wasm", "--max-threads", "5"]).program.args, ["--max-threads", "5"]);
        let error = Cli::try_parse_from(["raddle", "run", "--fast", "a.wasm"]).unwrap_err();
        assert_eq!(error.kind(), clap::error::ErrorKind::UnknownArgument);
    }

    #[test]
    fn every_limit_is_an_option() {
        for limit in Limits::TABLE {
            let (text, number) = match limit.kind {
                LimitKind::Count => ("7", 7),
                LimitKind::Bytes => ("7K", 7 << 10),
                _ => ("7ms", 7_000_000),
            };
            let limits = run(&[&format!("--{}", limit.option()), text, "a.wasm"]).limits.0;
            let set: Vec<_> = Limits::TABLE.iter().filter_map(|one| Some((one.name, one.get(&limits)?))).collect();
            assert_eq!(set, [(limit.name, number)]);
        }
        assert_eq!(run(&["--timeout", "1s", "a.wasm"]).limits.0.time_limit, Some(Duration::from_secs(1)));
    }

    #[test]
    fn options_after_our_own_are_cargos() {
        let cli = Cli::try_parse_from(["raddle", "build", "--stack-check", "--release", "--bin", "a"]).unwrap();
        let Command::Build(build) = cli.command else { panic!("not build") };
        assert!(build.stack_check);
        assert_eq!(build.cargo, ["--release", "--bin", "a"]);
    }

    #[test]
    fn programs_of_their_own_get_all_that_follows() {
        for given in [&["--help"][..], &["run", "--filter", "join/", "--", "-x"], &["--port", "0", "."], &[]] {
            let cli = Cli::try_parse_from([&["raddle", "conform"], given].concat()).unwrap();
            let Command::Conform(external) = cli.command else { panic!("not conform") };
            assert_eq!(external.args, given);
        }
    }
}
