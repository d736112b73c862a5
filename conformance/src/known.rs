//! [`KnownFailures`]: cases that a backend is known to fail, each with the reason and how it fails.
//!
//! A list is a file `expectations/BACKEND.toml`. A case that fails in another way than its entry says still counts as a
//! failure, and one that passes turns the run red, so the list is never longer than it has to be.

use std::path::Path;

use crate::{
    adapter::{Description, Observation},
    case::{Expected, one_result},
    error::{Error, Place},
    suite::Suite,
    toml_reader::{Document, Item, nearest},
    verdict::{Difference, Verdict, judge_result},
};

/// The cases that a backend is known to fail.
#[derive(Debug, Clone, Default)]
pub struct KnownFailures(Vec<KnownFailure>);

/// A case that a backend is known to fail.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct KnownFailure {
    /// The case.
    pub case: String,
    /// Why it fails.
    pub reason: String,
    /// How it fails: this must be what is observed.
    pub result: Expected,
    place: Place,
}

impl KnownFailures {
    /// Reads a list; `path` is used in messages.
    ///
    /// # Errors
    /// [`Error`]: what is wrong, with the line.
    pub fn parse(path: &Path, text: &str) -> Result<KnownFailures, Error> {
        let document = Document { path, text };
        let table = document.parse()?;
        let reader = document.reader(&table);
        let mut known: Vec<KnownFailure> = Vec::new();
        for item in reader.get("known-failure", Item::list)?.unwrap_or_default() {
            let entry = item.table()?;
            let case = entry.required("case")?;
            let result = entry.required("result")?.table()?;
            let failure = KnownFailure {
                case: case.string()?,
                reason: entry.required("reason")?.string()?,
                result: one_result(&result)?,
                place: case.place(),
            };
            result.finish()?;
            entry.finish()?;
            if known.iter().any(|other| other.case == failure.case) {
                return Err(Error::Twice { place: failure.place, name: failure.case });
            }
            known.push(failure);
        }
        reader.finish()?;
        Ok(KnownFailures(known))
    }

    /// A backend's built-in list; an empty one for a backend that has none.
    ///
    /// # Errors
    /// As [`parse`](KnownFailures::parse): the crate's own tests make sure that all can be read.
    pub fn embedded(backend: &str) -> Result<KnownFailures, Error> {
        let file = crate::suite::expectations().find(|(name, _)| *name == backend);
        file.map_or_else(
            || Ok(KnownFailures::default()),
            |(name, text)| KnownFailures::parse(Path::new(&format!("conformance/expectations/{name}.toml")), text),
        )
    }

    /// Checks that every case of the list is one of the suite.
    ///
    /// # Errors
    /// [`Error::UnknownCase`]
    pub fn check(&self, suite: &Suite) -> Result<(), Error> {
        let is_there = |id: &str| suite.case(id).is_some() || suite.broken.iter().any(|broken| broken.id == id);
        let unknown = self.0.iter().find(|failure| !is_there(&failure.case));
        unknown.map_or(Ok(()), |failure| {
            let nearest = nearest(&failure.case, suite.cases.iter().map(|case| case.id.as_str()));
            let (place, case) = (failure.place.clone(), failure.case.clone());
            Err(Error::UnknownCase { place, case, nearest: nearest.map(Into::into) })
        })
    }

    /// The entry of a case.
    #[must_use]
    pub fn get(&self, case: &str) -> Option<&KnownFailure> {
        self.0.iter().find(|failure| failure.case == case)
    }

    /// All entries, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &KnownFailure> {
        self.0.iter()
    }
}

impl KnownFailure {
    /// The verdict on a listed case that passed.
    pub(crate) fn passed(&self) -> Verdict {
        Verdict::XPass { reason: self.reason.clone() }
    }

    /// The verdict on a listed case that failed.
    pub(crate) fn failed(&self, difference: Difference, backend: &Description, observation: &Observation) -> Verdict {
        match judge_result(&self.result, backend, observation) {
            Ok(_) => Verdict::XFail { reason: self.reason.clone(), difference },
            Err(_) => Verdict::Fail { difference },
        }
    }
}

#[cfg(test)]
mod tests {
    use raddle_runtime_api::Outcome;

    use super::*;
    use crate::adapter::Ended;

    const LIST: &str = "[[known-failure]]\ncase = \"a/one\"\nreason = \"not yet\"\nresult = { exit = 9 }\n";

    fn parse(text: &str) -> Result<KnownFailures, Error> {
        KnownFailures::parse(Path::new("x.toml"), text)
    }

    fn failed_with(outcome: Outcome) -> Verdict {
        let difference = Difference { what: "outcome".into(), expected: String::new(), found: String::new() };
        let observation = Observation::Ended(Ended::new(outcome));
        let backend = Description::new("test", "none", "0");
        parse(LIST).unwrap().get("a/one").unwrap().failed(difference, &backend, &observation)
    }

    #[test]
    fn a_failure_is_known_only_as_it_is_described() {
        assert!(matches!(failed_with(Outcome::Exited(9)), Verdict::XFail { reason, .. } if reason == "not yet"));
        assert!(matches!(failed_with(Outcome::Exited(8)), Verdict::Fail { .. }));
        let known = parse(LIST).unwrap();
        assert!(known.get("a/two").is_none());
        assert!(!known.get("a/one").unwrap().passed().is_good());
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let says = |text: &str, words: &str| {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        };
        says(&format!("{LIST}{LIST}"), "CF0010: x.toml:6: there are two of `a/one`");
        says("[[known-failure]]\ncase = \"a/one\"\nresult = { exit = 9 }", "CF0004: x.toml:1: `known-failure.reason`");
        says("[[known-failures]]\ncase = \"a/one\"", "did you mean `known-failure`?");
        says(&LIST.replace("exit", "exits"), "a table with one of return, exit");
    }

    #[test]
    fn the_lists_that_are_built_in_fit_the_suite() {
        let suite = Suite::embedded().unwrap();
        for (name, _) in crate::suite::expectations() {
            let known = KnownFailures::embedded(name).unwrap_or_else(|error| panic!("{error}"));
            known.check(&suite).unwrap_or_else(|error| panic!("{error}"));
        }
        let unknown = parse(&LIST.replace("a/one", "join/valu")).unwrap().check(&suite).unwrap_err().to_string();
        assert!(unknown.contains("x.toml:2: there is no case `join/valu`; did you mean `join/value`?"), "{unknown}");
    }
}
