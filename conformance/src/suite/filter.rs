//! Which cases are meant.

use crate::case::{Case, Profile};

/// A choice of cases. Each pattern is a part of an id (`join/`, `mutex/relock`), an id with `*` for any text (`*/wait*`), or a clause
/// (`clause:join-1`). A case is chosen if one of the patterns fits; without patterns all are.
#[derive(Debug, Clone, Default)]
pub struct Filter(Vec<String>);

impl Filter {
    /// The choice that these patterns make.
    pub fn new(patterns: impl IntoIterator<Item = impl Into<String>>) -> Filter {
        Filter(patterns.into_iter().map(Into::into).collect())
    }

    /// Whether a case is chosen.
    #[must_use]
    pub fn chooses(&self, case: &Case) -> bool {
        self.chooses_id(&case.id)
            || self
                .0
                .iter()
                .filter_map(|pattern| pattern.strip_prefix("clause:"))
                .any(|id| case.clauses.iter().any(|clause| clause == id))
    }

    /// Whether an id is chosen, whatever the case checks.
    #[must_use]
    pub fn chooses_id(&self, id: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|pattern| fits(pattern, id))
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
        assert!(Filter::default().chooses_id("anything"));
    }

    #[test]
    fn profiles() {
        assert!(Profile::Full.includes(Profile::Core) && Profile::Full.includes(Profile::Full));
        assert!(!Profile::Core.includes(Profile::Full) && !Profile::Full.includes(Profile::Stress));
        assert!(Profile::Stress.includes(Profile::Stress) && !Profile::Stress.includes(Profile::Core));
    }
}
