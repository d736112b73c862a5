//! The command line, with the texts that `--help` shows.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum, ValueHint};

/// The arguments of `conform`.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXIT_STATUSES)]
pub struct Args {
    #[command(subcommand)]
    pub(crate) action: Action,
}

const EXIT_STATUSES: &str = "\
Exit status:
  0    every case passed, was skipped, or is a known failure
  1    a case failed, or passed although it is listed as a known failure
  2    usage: an option, a file that it names, or a filter that matches no case
  3    the adapter failed, or a case cannot be read
  130  interrupted";

/// One command.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Run the suite on a backend
    Run(Run),
    /// Serve the suite as a page, to run cases by hand in any browser
    Serve(Serve),
    /// List the cases, each with its clauses
    List(List),
    /// Say what a case checks, how it has to end, and how to run it by hand
    Explain(Explain),
    /// Show clauses against backends, from the suite and from reports
    Matrix(Matrix),
    /// Show how a report differs from an earlier one
    Diff(Diff),
    /// Maintain the lists of known failures
    #[command(subcommand)]
    Expectations(Expectations),
    /// Be the adapter of a built-in backend: speak the suite's protocol
    #[command(hide = true)]
    Adapter {
        name: String,
        #[command(flatten)]
        browser: Browser,
    },
}

/// Which cases are meant.
#[derive(Debug, ClapArgs)]
pub(crate) struct Selection {
    /// Only the case with this id, or the cases whose id contains it; with `*`, those whose id matches the pattern;
    /// with `clause:ID`, those that check the clause
    #[arg(long, value_name = "PATTERN")]
    pub(crate) filter: Vec<String>,

    /// Which cases: `full` has those of `core`, `stress` has its own
    #[arg(long, value_enum, default_value_t = Profile::Full)]
    pub(crate) profile: Profile,

    /// Use the cases in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) cases: Option<PathBuf>,
}

/// `conform run`
#[derive(Debug, ClapArgs)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) on: On,

    /// The format of the results on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// What the cases are run on, and how.
#[derive(Debug, ClapArgs)]
pub(crate) struct On {
    /// The backend: a built-in one, or the program `conform-NAME`
    #[arg(long, value_name = "NAME", default_value = "native", conflicts_with = "adapter")]
    pub(crate) backend: String,

    /// A command, with its arguments, that is the adapter of a backend
    #[arg(long, value_name = "COMMAND", value_hint = ValueHint::CommandString)]
    pub(crate) adapter: Option<String>,

    /// Run N cases at once; by default as many as the machine has processors
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) jobs: Option<u32>,

    /// Multiply every case's time-out, for slow machines
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = factor)]
    pub(crate) timeout_scale: f64,

    /// The list of cases that the backend is known to fail, instead of its built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) expectations: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) browser: Browser,
}

/// Options for backends in browsers; others ignore them.
#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "For a backend in a browser")]
#[non_exhaustive]
pub struct Browser {
    /// The folder of the package raddle-web; by default the one that `cargo xtask web` built
    #[arg(long, value_name = "DIR", env = "RADDLE_WEB_PACKAGE", value_hint = ValueHint::DirPath)]
    pub package: Option<PathBuf>,

    /// The browser, if it is not the one on the PATH
    #[arg(long, value_name = "FILE", env = "RADDLE_BROWSER", value_hint = ValueHint::ExecutablePath)]
    pub browser: Option<PathBuf>,

    /// Its driver (chromedriver, geckodriver), if it is not the one on the PATH
    #[arg(long, value_name = "FILE", env = "RADDLE_WEBDRIVER", value_hint = ValueHint::ExecutablePath)]
    pub driver: Option<PathBuf>,

    /// Arguments for the browser, such as `--no-sandbox`, which Chromium needs as root
    #[arg(long, value_name = "WORDS", env = "RADDLE_BROWSER_ARGS", allow_hyphen_values = true)]
    pub browser_args: Option<String>,

    /// Show the browser's window
    #[arg(long)]
    pub window: bool,
}

/// How the results of a run are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// One document
    Json,
    /// One object per line, as results come
    Ndjson,
    /// XML for CI servers
    Junit,
    /// Annotations for GitHub workflows
    Github,
}

/// `conform serve`
#[derive(Debug, ClapArgs)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// The port; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 8081)]
    pub(crate) port: u16,

    /// Multiply every case's time-out, for slow machines
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = factor)]
    pub(crate) timeout_scale: f64,

    /// The list of cases that are known to fail, instead of the browser's built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) expectations: Option<PathBuf>,

    /// The folder of the package raddle-web; by default the one that `cargo xtask web` built
    #[arg(long, value_name = "DIR", env = "RADDLE_WEB_PACKAGE", value_hint = ValueHint::DirPath)]
    pub(crate) package: Option<PathBuf>,
}

/// `conform explain`
#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// The case's id
    #[arg(value_name = "CASE")]
    pub(crate) case: String,

    /// Write the case's module to FILE; with `-`, write it, and nothing else, to standard output
    #[arg(long, value_name = "FILE|-", value_hint = ValueHint::FilePath)]
    pub(crate) wasm: Option<PathBuf>,

    /// Use the cases in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) cases: Option<PathBuf>,
}

/// `conform matrix`
#[derive(Debug, ClapArgs)]
pub(crate) struct Matrix {
    /// Reports that `run --format json` wrote; those of the same backend are merged
    #[arg(value_name = "REPORT", value_hint = ValueHint::FilePath)]
    pub(crate) reports: Vec<PathBuf>,

    /// Use the cases in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) cases: Option<PathBuf>,
}

/// `conform diff`
#[derive(Debug, ClapArgs)]
pub(crate) struct Diff {
    /// A report that `run --format json` wrote
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(crate) old: PathBuf,

    /// A later one
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    pub(crate) new: PathBuf,
}

/// `conform expectations`
#[derive(Debug, Subcommand)]
pub(crate) enum Expectations {
    /// Run the cases that the backend is known to fail, and say which entries are out of date
    Recheck(Recheck),
}

/// `conform expectations recheck`
#[derive(Debug, ClapArgs)]
pub(crate) struct Recheck {
    #[command(flatten)]
    pub(crate) on: On,

    /// Use the cases in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) cases: Option<PathBuf>,
}

/// `conform list`
#[derive(Debug, ClapArgs)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) selection: Selection,
}

/// A profile on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    Core,
    Full,
    Stress,
}

impl From<Profile> for crate::Profile {
    fn from(profile: Profile) -> crate::Profile {
        match profile {
            Profile::Core => crate::Profile::Core,
            Profile::Full => crate::Profile::Full,
            Profile::Stress => crate::Profile::Stress,
        }
    }
}

/// A factor by which time-outs can be multiplied.
fn factor(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.001..=1000.0).contains(&number) { Ok(number) } else { Err("not between 0.001 and 1000".into()) }
}
