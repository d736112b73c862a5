//! Which cases are meant.

use std::collections::HashSet;

use crate::case::{Case, Profile};

/// What a pattern begins with that names a clause.
const CLAUSE: &str = "clause:";

/// A choice of cases. A pattern is a case's whole id (`join/value`), which chooses that case alone; else a part of ids
/// (`join/`), an id with `*` for any text (`*/wait*`), or a clause (`clause:join-1`). A case is chosen if one of the
/// patterns fits; without patterns all are.
#[derive(Debug, Clone, Default)]
pub struct Filter(Vec<String>);

impl Filter {
    /// The choice that these patterns make.
    pub fn new(patterns: impl IntoIterator<Item = impl Into<String>>) -> Filter {
        Filter(patterns.into_iter().map(Into::into).collect())
    }

    /// The clauses that are asked for.
    pub(crate) fn clauses(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|pattern| pattern.strip_prefix(CLAUSE))
    }

    /// Whether a case is chosen of a suite that has those ids.
    pub(super) fn chooses(&self, case: &Case, ids: &HashSet<String>) -> bool {
        self.chooses_id(&case.id, ids) || self.clauses().any(|id| case.clauses.iter().any(|clause| clause == id))
    }

    /// Whether an id is chosen of those, whatever the case checks.
    pub(super) fn chooses_id(&self, id: &str, ids: &HashSet<String>) -> bool {
        let fits = |pattern: &String| if ids.contains(pattern) { pattern == id } else { fits(pattern, id) };
        self.0.is_empty() || self.0.iter().any(fits)
    }
}

fn fits(pattern: &str, id: &str) -> bool {
    let mut parts = pattern.split('*');
    let (Some(first), Some(last)) = (parts.next(), parts.next_back()) else { return id.contains(pattern) };
    let Some(mut rest) = id.strip_prefix(first) else { return false };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

impl Profile {
    /// Whether a run of this profile has cases of that one. `full` has those of `core`; `stress` has its own alone.
    #[must_use]
    pub fn includes(self, of_case: Profile) -> bool {
        self == of_case || self == Profile::Full && of_case == Profile::Core
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, id) in [("join/", "join/value"), ("value", "join/value"), ("join/*", "join/value"), ("*", "a/b")]
        {
            assert!(fits(pattern, id), "{pattern} {id}");
        }
        for (pattern, id) in [("j*/*e", "join/value"), ("*/*", "a/b"), ("a*b*c", "a1b2b3c")] {
            assert!(fits(pattern, id), "{pattern} {id}");
        }
        for (pattern, id) in [("join/", "rejoin"), ("oin/*", "join/value"), ("*/val", "join/value"), ("ab*bc", "abc")] {
            assert!(!fits(pattern, id), "{pattern} {id}");
        }
        assert!(Filter::default().chooses_id("anything", &HashSet::new()));
    }

    #[test]
    fn a_whole_id_is_that_case_alone() {
        let ids = HashSet::from(["join/value", "join/value-twice", "rejoin/value"].map(String::from));
        let chosen = |pattern: &str| {
            let filter = Filter::new([pattern]);
            let mut chosen: Vec<_> = ids.iter().filter(|id| filter.chooses_id(id, &ids)).map(String::as_str).collect();
            chosen.sort_unstable();
            chosen
        };
        assert_eq!(chosen("join/value"), ["join/value"]);
        assert_eq!(chosen("join/value*"), ["join/value", "join/value-twice"]);
        assert_eq!(chosen("join/val"), ["join/value", "join/value-twice", "rejoin/value"]);
    }

    #[test]
    fn profiles() {
        assert!(Profile::Full.includes(Profile::Core) && Profile::Full.includes(Profile::Full));
        assert!(!Profile::Core.includes(Profile::Full) && !Profile::Full.includes(Profile::Stress));
        assert!(Profile::Stress.includes(Profile::Stress) && !Profile::Stress.includes(Profile::Core));
    }
}
