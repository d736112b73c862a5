//! What a row of the table is.

/// One comparison.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// What the ratio should be.
    pub(crate) target: Target,
    /// Measures both sides. An error says why that was not possible.
    pub(crate) measure: fn() -> Result<Figures, String>,
}

/// Where the ratio of raddle's figure to the reference's should lie.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    AtMost(f64),
    AtLeast(f64),
    /// Told for its own sake.
    Any,
}

impl Target {
    pub(crate) fn is_met(self, ratio: f64) -> bool {
        match self {
            Target::AtMost(bound) => ratio <= bound,
            Target::AtLeast(bound) => ratio >= bound,
            Target::Any => true,
        }
    }
}

/// What a figure is a number of.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    Seconds,
    Bytes,
    BytesPerSecond,
}

/// What was measured, in rounds.
pub(crate) struct Figures {
    pub(crate) unit: Unit,
    pub(crate) rounds: Vec<Round>,
}

/// Raddle's figure and the reference's, taken one after the other.
#[derive(Clone, Copy)]
pub(crate) struct Round {
    pub(crate) raddle: f64,
    pub(crate) reference: f64,
}

/// The middle of a figure, and how far it was spread.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) least: f64,
    pub(crate) median: f64,
    pub(crate) most: f64,
}

impl Figures {
    /// The figures of one of so many things that were measured together.
    pub(crate) fn each(mut self, count: u32) -> Figures {
        for round in &mut self.rounds {
            round.raddle /= f64::from(count);
            round.reference /= f64::from(count);
        }
        self
    }

    pub(crate) fn spread(&self, figure: impl Fn(&Round) -> f64) -> Spread {
        let mut all: Vec<f64> = self.rounds.iter().map(figure).collect();
        all.sort_by(f64::total_cmp);
        Spread { least: all[0], median: all[all.len() / 2], most: all[all.len() - 1] }
    }

    /// Of the rounds' ratios: what makes both sides of a round slow does not change its ratio.
    pub(crate) fn ratio(&self) -> Spread {
        self.spread(|round| round.raddle / round.reference)
    }
}
