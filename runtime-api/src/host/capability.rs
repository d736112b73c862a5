//! What a host can do, as one list that backends, docs and the conformance suite share.

use core::fmt;

use crate::abi::named;

named! {
    /// One thing that a host may or may not be able to do.
    ///
    /// A capability is a claim in both directions: what is claimed works, and what is not claimed returns `UNSUPPORTED`
    /// at once, and never hangs or panics.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    #[repr(u32)]
    pub enum Capability;

    /// Every capability.
    ALL;

    /// The name in docs and conformance cases, such as `timed-wait`.
    name;

    /// Threads besides the main one.
    Spawn = 0 => "spawn",
    /// Waits, joins, locks and sleeps with a time-out.
    TimedWait = 1 => "timed-wait",
    /// A process can be ended from outside while its threads compute.
    Kill = 2 => "kill",
    /// A process whose threads all wait for ever is ended, with a report.
    DeadlockReport = 3 => "deadlock-report",
    /// Modules with 64-bit memories.
    Memory64 = 4 => "memory64",
    /// Traps come with a backtrace of functions.
    Backtrace = 5 => "backtrace",
    /// A thread that waits for the outside, for instance to write to a stream that takes nothing, can be stopped, and is
    /// not blocked in the sense of a deadlock.
    Outside = 6 => "outside",
}

/// A set of capabilities.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Capabilities(u32);

impl Capabilities {
    /// The empty set.
    #[must_use]
    pub const fn none() -> Capabilities {
        Capabilities(0)
    }

    /// The set of all capabilities.
    #[must_use]
    pub fn all() -> Capabilities {
        Capability::ALL.iter().fold(Capabilities::none(), |set, &capability| set.with(capability))
    }

    /// This set with one capability added.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Capabilities {
        Capabilities(self.0 | 1 << capability as u32)
    }

    /// This set with one capability removed.
    #[must_use]
    pub const fn without(self, capability: Capability) -> Capabilities {
        Capabilities(self.0 & !(1 << capability as u32))
    }

    /// Whether the set contains it.
    #[must_use]
    pub const fn has(self, capability: Capability) -> bool {
        self.0 & (1 << capability as u32) != 0
    }
}

impl fmt::Debug for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(Capability::ALL.iter().filter(|&&c| self.has(c)).map(|c| c.name())).finish()
    }
}
