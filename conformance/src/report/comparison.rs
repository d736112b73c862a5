//! How one report differs from another.

use std::{collections::BTreeMap, fmt};

use super::Report;
use crate::verdict::Verdict;

/// The cases about which two reports differ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// The changes, by the case's id.
    pub changes: Vec<Change>,
}

/// How a case has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The case.
    pub id: String,
    /// Its verdict in the old report, if it is in there.
    pub old: Option<&'static str>,
    /// Its verdict in the new one, if it is in there.
    pub new: Option<&'static str>,
    /// It has become worse: it now fails or is gone, or it passed before and is now skipped.
    pub is_worse: bool,
}

impl Comparison {
    /// Compares two reports.
    #[must_use]
    pub fn new(old: &Report, new: &Report) -> Comparison {
        let mut both: BTreeMap<&str, [Option<&Verdict>; 2]> = BTreeMap::new();
        for (place, report) in [old, new].into_iter().enumerate() {
            for result in &report.results {
                both.entry(&result.id).or_default()[place] = Some(&result.verdict);
            }
        }
        let changed = both.into_iter().filter(|(_, [old, new])| old.map(Verdict::name) != new.map(Verdict::name));
        let changes = changed.map(|(id, [old, new])| Change {
            id: id.to_owned(),
            old: old.map(Verdict::name),
            new: new.map(Verdict::name),
            is_worse: rank(new) < rank(old),
        });
        Comparison { changes: changes.collect() }
    }

    /// Whether anything is worse than it was.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.changes.iter().any(|change| change.is_worse)
    }
}

/// How good a verdict is. A case that did not exist before counts as worse only if its verdict is bad now.
fn rank(verdict: Option<&Verdict>) -> u8 {
    match verdict {
        Some(Verdict::Pass) => 3,
        Some(Verdict::XFail { .. }) => 2,
        Some(Verdict::Skip { .. }) | None => 1,
        Some(Verdict::Fail { .. } | Verdict::XPass { .. } | Verdict::Error { .. }) => 0,
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |verdict: Option<&'static str>| verdict.unwrap_or("not there");
        for Change { id, old, new, is_worse } in &self.changes {
            let mark = if *is_worse { "worse" } else { "     " };
            writeln!(f, "{mark} {id}: {} -> {}", shown(*old), shown(*new))?;
        }
        let worse = self.changes.iter().filter(|change| change.is_worse).count();
        writeln!(f, "{} changed, {worse} for the worse", self.changes.len())
    }
}
