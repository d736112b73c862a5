//! The command line of `conform` and of `raddle conform`: one code, with the backends that the program has built in.
//!
//! [`Args`] is what can be asked, [`execute`] does it. This module may print: it is the inside of a command.

mod args;
mod list;
mod run;

use std::{
    io::{self, Write},
    sync::Arc,
};

pub use args::Args;
use args::{Action, Selection};

use crate::{Adapter, AdapterError, Error, Filter, Suite, status};

/// A backend that a program has built in.
#[derive(Clone, Copy)]
pub struct Backend {
    /// What `--backend` calls it.
    pub name: &'static str,
    /// Makes its adapter.
    pub adapter: fn() -> Result<Arc<dyn Adapter>, AdapterError>,
}

/// Why a command could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Suite(#[from] Error),
    #[error("the adapter does not answer: {0}")]
    Adapter(#[from] AdapterError),
    #[error("there is no backend `{name}`; {}", list_names(.known))]
    Backend { name: String, known: Vec<&'static str> },
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    fn status(&self) -> i32 {
        match self {
            Failure::Adapter(_) => status::ERROR,
            Failure::Suite(_) | Failure::Backend { .. } => status::USAGE,
            Failure::Output(_) => status::FAILURE,
        }
    }
}

/// Does what was asked for, prints what comes of it and returns the exit status: one of [`status`].
///
/// # Blocking
/// Until it is done.
#[must_use]
pub fn execute(args: &Args, backends: &[Backend]) -> i32 {
    let done = match &args.action {
        Action::Run(args) => run::run(args, backends),
        Action::List(args) => list::list(args),
    };
    done.unwrap_or_else(|failure| {
        // If standard error is gone, the exit status still tells.
        let _ = writeln!(io::stderr(), "conform: error: {failure}");
        failure.status()
    })
}

/// The cases that are meant.
fn suite(selection: &Selection) -> Result<Suite, Error> {
    let mut suite = match &selection.cases {
        Some(folder) => Suite::load(folder)?,
        None => Suite::embedded()?,
    };
    suite.keep(&Filter::new(&selection.filter), selection.profile.into());
    Ok(suite)
}

fn list_names(names: &[&str]) -> String {
    if names.is_empty() { "none is built in".into() } else { format!("there are {}", names.join(", ")) }
}
