//! [`Suite`]: all cases and the clauses that they check.
//!
//! `files` finds the files of cases in a folder or among those that are built in, [`Filter`] chooses some.

mod embedded;
mod files;
mod filter;

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
};

pub(crate) use embedded::expectations;
pub use filter::Filter;

use crate::{
    case::{Case, Profile},
    clause::{Clause, Clauses},
    error::Error,
};

/// All cases and the clauses that they check.
#[derive(Debug)]
#[non_exhaustive]
pub struct Suite {
    /// The clauses.
    pub clauses: Clauses,
    /// The cases, by id.
    pub cases: Vec<Case>,
    /// The files that should be cases, but cannot be read. Each counts as a case whose verdict is an error.
    pub broken: Vec<Broken>,
}

/// A file that should be a case.
#[derive(Debug)]
#[non_exhaustive]
pub struct Broken {
    /// The id that the case would have.
    pub id: String,
    /// What is wrong with it.
    pub error: Error,
}

impl Suite {
    /// The suite that is built into this crate.
    ///
    /// # Errors
    /// [`Error`] when its clauses cannot be read: the crate's own tests see to it that they can.
    pub fn embedded() -> Result<Suite, Error> {
        Ok(Suite::new(embedded::clauses()?, embedded::files()))
    }

    /// The cases of a folder: `GROUP/NAME.wat`, or a program's source with its module beside it. Its clauses are those
    /// in the folder's `clauses.toml`, or else the suite's own.
    ///
    /// # Errors
    /// [`Error`] when the folder or its clauses cannot be read. A case that cannot is one of the
    /// [`broken`](Suite::broken).
    pub fn load(folder: &Path) -> Result<Suite, Error> {
        let clauses = files::clauses(folder)?.map_or_else(embedded::clauses, Ok)?;
        Ok(Suite::new(clauses, files::find(folder)?))
    }

    fn new(clauses: Clauses, files: impl IntoIterator<Item = files::CaseFile>) -> Suite {
        let mut suite = Suite { clauses, cases: Vec::new(), broken: Vec::new() };
        for file in files {
            let id = file.id.clone();
            let read = file.read().and_then(|case| {
                suite.clauses.check(&case.clauses, &case.source.clauses)?;
                Ok(case)
            });
            match read {
                Ok(case) => suite.cases.push(case),
                Err(error) => suite.broken.push(Broken { id, error }),
            }
        }
        suite.cases.sort_by(|a, b| a.id.cmp(&b.id));
        suite.broken.sort_by(|a, b| a.id.cmp(&b.id));
        suite
    }

    /// Keeps what the filter and the profile choose.
    pub fn keep(&mut self, filter: &Filter, profile: Profile) {
        let ids = self.ids();
        self.cases.retain(|case| profile.includes(case.profile) && filter.chooses(case, &ids));
        self.broken.retain(|broken| filter.chooses_id(&broken.id, &ids));
    }

    /// Whether [`keep`](Suite::keep) would keep anything.
    pub(crate) fn has(&self, filter: &Filter, profile: Profile) -> bool {
        let ids = self.ids();
        self.cases.iter().any(|case| profile.includes(case.profile) && filter.chooses(case, &ids))
            || self.broken.iter().any(|broken| filter.chooses_id(&broken.id, &ids))
    }

    fn ids(&self) -> HashSet<String> {
        let cases = self.cases.iter().map(|case| &case.id);
        cases.chain(self.broken.iter().map(|broken| &broken.id)).cloned().collect()
    }

    /// The case of an id.
    #[must_use]
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.cases.iter().find(|case| case.id == id)
    }

    /// The clauses that no case checks.
    pub fn unchecked(&self) -> impl Iterator<Item = &Clause> {
        let checked: BTreeSet<_> = self.cases.iter().flat_map(|case| &case.clauses).collect();
        self.clauses.iter().filter(move |clause| !checked.contains(&clause.id))
    }
}
