//! What an adapter saw.

use std::{fmt, time::Duration};

use raddle_runtime_api::{Capability, Outcome};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Observation {
    /// A process was started, and has ended.
    Ended(Ended),
    /// No process was started.
    Refused(Refusal),
    /// The process did not end in the time that it had. Whatever is left of it must not affect later cases.
    Hung,
}

/// A process that has ended.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ended {
    /// How.
    pub outcome: Outcome,
    /// What it wrote to standard output. An adapter may keep the first few megabytes only.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: Vec<u8>,
    /// Its threads.
    pub counts: Counts,
    /// The time from its start to its end, not counting compilation.
    pub elapsed: Duration,
}

/// Counts of a process that has ended. What the backend cannot tell is `None`, and is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Threads that were spawned, not counting the main one.
    pub spawned: Option<u64>,
    /// The most threads that were live at once, including the main one.
    pub peak_live: Option<u64>,
    /// Threads that are still live when the process is reported as ended.
    pub live: Option<u64>,
    /// Thread slots that have not been given back by then.
    pub slots_in_use: Option<u64>,
}

/// A program of which no process was started.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// Who refused it.
    pub stage: Stage,
    /// The stable code of the error, empty if there is none.
    pub code: String,
    /// The error.
    pub message: String,
    /// The capability that the backend lacks, if that is the reason.
    pub capability: Option<Capability>,
}

/// A step on the way from a module to a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// threadify.
    Threadify,
    /// Compiling and linking.
    Load,
    /// Starting the process.
    Start,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Stage; 3] = [Stage::Threadify, Stage::Load, Stage::Start];

    /// The name in reports and in the protocol.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Threadify => "threadify",
            Stage::Load => "load",
            Stage::Start => "start",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Ended {
    /// A process that wrote nothing, with unknown counts. The fields are public: set those that differ.
    #[must_use]
    pub fn new(outcome: Outcome) -> Ended {
        Ended { outcome, stdout: Vec::new(), stderr: Vec::new(), counts: Counts::default(), elapsed: Duration::ZERO }
    }

    /// Sets what it wrote.
    #[must_use]
    pub fn output(mut self, stdout: impl Into<Vec<u8>>, stderr: impl Into<Vec<u8>>) -> Ended {
        self.stdout = stdout.into();
        self.stderr = stderr.into();
        self
    }

    /// Sets its counts.
    #[must_use]
    pub fn counts(mut self, counts: Counts) -> Ended {
        self.counts = counts;
        self
    }

    /// Sets how long it ran.
    #[must_use]
    pub fn elapsed(mut self, elapsed: Duration) -> Ended {
        self.elapsed = elapsed;
        self
    }
}

impl Counts {
    /// Counts that are all known.
    #[must_use]
    pub fn known(spawned: u64, peak_live: u64, live: u64, slots_in_use: u64) -> Counts {
        Counts {
            spawned: Some(spawned),
            peak_live: Some(peak_live),
            live: Some(live),
            slots_in_use: Some(slots_in_use),
        }
    }

    /// Threads or slots that are left over, whichever are more; `None` if neither is known.
    #[must_use]
    pub fn leaked(&self) -> Option<u64> {
        self.live.max(self.slots_in_use)
    }
}

impl Refusal {
    /// A refusal for a reason other than a missing capability.
    pub fn new(stage: Stage, code: impl Into<String>, message: impl Into<String>) -> Refusal {
        Refusal { stage, code: code.into(), message: message.into(), capability: None }
    }

    /// Sets the missing capability that is the reason.
    #[must_use]
    pub fn lacking(mut self, capability: Capability) -> Refusal {
        self.capability = Some(capability);
        self
    }
}
