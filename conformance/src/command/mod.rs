//! The command line of `conform` and of `raddle conform`: the same code, with the backends that each program has built
//! in.
//!
//! [`Args`] is the command line, [`execute`] executes it, and there is a module for each command; `backend` finds the
//! adapter, `selection` the cases. This module may print, because it is part of a program.

mod args;
mod backend;
mod diff;
mod explain;
mod list;
mod matrix;
mod pages;
mod progress;
mod recheck;
mod run;
mod selection;
mod serve;
mod signals;

use std::{
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use args::{Action, Expectations};
pub use args::{Args, Browser};
pub use pages::{Pages, Served};

use crate::{Adapter, AdapterError, Error, Suite, status};

/// The program that this command line is a part of.
#[derive(Debug, Clone, Copy)]
pub struct Program<'a> {
    /// What comes before the arguments of `conform` when the program is started: `["conform"]` for `raddle conform`.
    pub prefix: &'a [&'a str],
    /// The backends that are built in.
    pub backends: &'a [Backend],
    /// Serves the suite as a page, if the program can.
    pub pages: Option<fn(Pages) -> Result<Served, AdapterError>>,
    /// The command's name in messages: `conform`, or `raddle conform`.
    pub name: &'a str,
}

/// A built-in backend of a program.
#[derive(Debug, Clone, Copy)]
pub struct Backend {
    /// What `--backend` calls it.
    pub name: &'static str,
    /// Makes its adapter.
    pub adapter: fn(&Browser) -> Result<Arc<dyn Adapter>, AdapterError>,
    /// Whether the adapter itself makes sure that no case harms another. If so, it is called in this program. Otherwise
    /// it runs guest code in its own process, and each case gets a process of its own: the program starts itself as
    /// `adapter NAME`.
    pub isolates: bool,
}

/// Why a command could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Suite(#[from] Error),
    #[error("the adapter does not answer: {0}")]
    Adapter(#[from] AdapterError),
    #[error(
        "there is no backend `{name}`: it is not built in{}, and there is no program `conform-{name}` on the PATH; \
        --adapter takes any program",
        list_names(.known)
    )]
    Backend { name: String, known: Vec<&'static str> },
    #[error("--adapter: the command cannot be split into words: {0}")]
    Words(String),
    #[error("there is no case `{case}`{}; `{name} list` lists all cases", did_you_mean(.nearest))]
    Case { case: String, nearest: Option<String>, name: String },
    #[error("there is no clause `{clause}`{}", did_you_mean(.nearest))]
    Clause { clause: String, nearest: Option<String> },
    #[error("no case {what}; `{list}` lists the available ones")]
    NoCase { what: String, list: String },
    #[error("there is no case in {0}")]
    EmptyFolder(String),
    #[error("{0}")]
    Served(AdapterError),
    #[error("this program cannot serve the suite as a page: use `raddle conform serve`")]
    Pages,
    #[error("cannot install the handler for the signals that interrupt a run: {0}")]
    Signals(io::Error),
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    fn status(&self) -> i32 {
        match self {
            Failure::Adapter(_) | Failure::Served(_) => status::ERROR,
            Failure::Suite(_)
            | Failure::Backend { .. }
            | Failure::Words(_)
            | Failure::Case { .. }
            | Failure::Clause { .. }
            | Failure::NoCase { .. }
            | Failure::EmptyFolder(_)
            | Failure::Pages => status::USAGE,
            Failure::Output(_) | Failure::Signals(_) => status::FAILURE,
        }
    }
}

/// Executes the command, prints the results and returns the exit status: one of [`status`].
///
/// # Blocking
/// Until it is done.
#[must_use]
pub fn execute(args: &Args, program: &Program<'_>) -> i32 {
    let done = match &args.action {
        Action::Run(args) => run::run(args, program),
        Action::Serve(args) => serve::serve(args, program),
        Action::List(args) => list::list(args),
        Action::Explain(args) => explain::explain(args, program),
        Action::Matrix(args) => matrix::matrix(args),
        Action::Diff(args) => diff::diff(args),
        Action::Expectations(Expectations::Recheck(args)) => recheck::recheck(args, program),
        Action::Adapter { name, browser } => backend::serve(name, browser, program),
    };
    done.unwrap_or_else(|failure| {
        // If standard error is gone, the exit status still tells.
        let _ = writeln!(io::stderr(), "{}: error: {failure}", program.name);
        failure.status()
    })
}

/// All cases in a folder, or the built-in ones.
fn suite(folder: Option<&Path>) -> Result<Suite, Error> {
    folder.map_or_else(Suite::embedded, Suite::load)
}

/// Writes to standard output. A reader that has gone away is not an error: `conform list | head` ends quietly.
fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or(String::new(), |nearest| format!(", did you mean `{nearest}`?"))
}

fn list_names(names: &[&str]) -> String {
    if names.is_empty() { String::new() } else { format!(" (that is {})", names.join(", ")) }
}
