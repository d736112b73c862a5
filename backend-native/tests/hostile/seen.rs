//! What came of many plays, for whoever wants to know whether they try enough.

use std::{collections::BTreeMap, fmt};

use raddle_backend_native::Outcome;

use crate::{machine::Tally, operations::OPERATIONS};

/// Counts of outcomes, and of each operation's answers.
#[derive(Default)]
pub(crate) struct Seen {
    outcomes: BTreeMap<String, u64>,
    answers: Tally,
}

impl Seen {
    pub(crate) fn add(&mut self, outcome: &Outcome, answers: Tally) {
        let name = match outcome {
            Outcome::Trapped { trap, .. } => format!("trapped: {}", trap.kind),
            other => other.name().to_owned(),
        };
        *self.outcomes.entry(name).or_default() += 1;
        for (what, count) in answers {
            *self.answers.entry(what).or_default() += count;
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} plays: {:?}", self.outcomes.values().sum::<u64>(), self.outcomes)?;
        for (place, operation) in OPERATIONS.iter().enumerate() {
            let answers = self.answers.iter().filter(|((of, _), _)| *of == place);
            let answers: BTreeMap<_, _> = answers.map(|((_, answer), count)| (answer.name(), count)).collect();
            if !answers.is_empty() {
                writeln!(f, "{}: {answers:?}", operation.name)?;
            }
        }
        Ok(())
    }
}
