//! The command line: what can be asked, in the words that `--help` shows.
//!
//! Commands and options are here; [`size`] and [`duration`] read the values that have units.

pub(crate) mod duration;
pub(crate) mod size;

use std::{ffi::OsString, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

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
  1    bad input: a file, a module, a tool that is missing; `conform`: a case is not well
  2    usage
  3    `conform`: the adapter broke, or a case cannot be read
  124  `run`: the time-out passed, or the program was killed (Ctrl-C)
  125  `run`: deadlock
  130  interrupted: `run` by a second Ctrl-C, `conform` by the first
  134  `run`: trap or abort";

/// One command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a module: raw linker output or threadified
    Run(Run),
    /// Say what a module is, what was found in it and what it lacks
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
#[derive(Debug, Args)]
#[command(
    after_help = "Standard output and standard error are the program's own, byte for byte; what raddle itself has to say \
goes to standard error: warnings of limits at once, the rest after the program's end. Ctrl-C kills the program: its outcome is `killed`."
)]
pub(crate) struct Run {
    /// Call this export instead of `_start` or `main`, with ARGS
    #[arg(long, value_name = "EXPORT")]
    pub(crate) invoke: Option<String>,

    /// Let at most so many threads live at once, the main one included
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(raddle_runtime_api::MAX_THREADS)))]
    pub(crate) max_threads: Option<u32>,

    /// Let the memory grow to at most SIZE (bytes, or with KiB, MiB, GiB)
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    pub(crate) max_memory: Option<u64>,

    /// Give every thread a stack of SIZE in the module's memory, unless it asks for another
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    pub(crate) stack_size: Option<u64>,

    /// Trap where a thread's stack overflows, instead of overwriting what lies below it
    #[arg(long)]
    pub(crate) stack_check: bool,

    /// End the program after DURATION (as 500ms, 2s, 1m)
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub(crate) timeout: Option<Duration>,

    /// Trap where a thread is blocked in one wait for longer than DURATION
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub(crate) max_wait: Option<Duration>,

    /// Let the program write at most SIZE to its two streams together
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    pub(crate) max_output: Option<u64>,

    /// Write the outcome to FILE as JSON; `-`: as the last line of standard output
    #[arg(long, value_name = "FILE|-", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,

    /// The module
    #[arg(value_name = "MODULE", value_hint = ValueHint::FilePath)]
    pub(crate) module: PathBuf,

    /// The arguments of the export that `--invoke` names: numbers; those like `-inf` after `--`
    #[arg(value_name = "ARGS", allow_negative_numbers = true)]
    pub(crate) args: Vec<String>,
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

    /// Where the result goes; `-` is standard output. A file is replaced only when all went well
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,

    /// Check every move of the stack pointer, so that an overflow traps
    #[arg(long)]
    pub(crate) stack_check: bool,
}

/// `raddle build`
#[derive(Debug, Args)]
#[command(
    after_help = "Takes the options of `cargo build`, but for --target and --message-format, which raddle chooses; \
`+TOOLCHAIN` as the first argument names another toolchain. raddle's own options come first. The path of every module made is \
printed on standard output: target/raddle/PROFILE/NAME.wasm."
)]
pub(crate) struct Build {
    /// Check every move of the stack pointer, so that an overflow traps
    #[arg(long)]
    pub(crate) stack_check: bool,

    /// What to build and how, for cargo: --release, -p, --bin, --example, --features, --target-dir, ...
    #[arg(value_name = "CARGO ARGUMENTS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) cargo: Vec<OsString>,
}

/// `raddle conform` and `raddle serve`: what follows is for their own programs, `--help` too.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct External {
    /// What that program takes
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

    use super::{Cli, Command};

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn arguments_may_be_negative_and_options_may_follow() {
        let cli = Cli::try_parse_from(["raddle", "run", "--invoke", "f", "a.wasm", "-1", "-2.5e3", "--timeout", "1s"]);
        let Command::Run(run) = cli.unwrap().command else { panic!("not run") };
        assert_eq!(run.args, ["-1", "-2.5e3"]);
        assert_eq!(run.timeout, Some(Duration::from_secs(1)));
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
