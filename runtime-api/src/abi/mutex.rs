//! The mutex word in guest memory.
//!
//! A mutex is one aligned 32-bit word, zero when free. A guest may lock by a compare-exchange from 0 to its id, and
//! unlock it by one from its id to 0; if either fails it calls the host. The guest must not write the word in any other
//! way.

/// The bits that hold the owner's thread id; 0 means that no thread owns it.
pub const OWNER_MASK: u32 = 0x3fff_ffff;

/// Set when an owner ended while holding the mutex and no thread has taken it over yet.
pub const OWNER_DIED: u32 = 1 << 30;

/// Set while threads wait for the mutex, or may be waiting: an unlock must then go through the host.
pub const WAITERS: u32 = 1 << 31;

/// What the word says at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MutexWord(pub u32);

impl MutexWord {
    /// The id of the thread that owns it; 0 when nobody does.
    #[must_use]
    pub const fn owner(self) -> u32 {
        self.0 & OWNER_MASK
    }

    /// Whether threads wait for it, or may.
    #[must_use]
    pub const fn has_waiters(self) -> bool {
        self.0 & WAITERS != 0
    }

    /// Whether its owner ended while holding it and nobody has taken it over yet.
    #[must_use]
    pub const fn owner_died(self) -> bool {
        self.0 & OWNER_DIED != 0
    }

    /// The word with another owner, who knows of the one that died; its waiters stay.
    #[must_use]
    pub const fn owned_by(self, id: u32) -> MutexWord {
        MutexWord(self.0 & WAITERS | id)
    }

    /// The word once somebody waits.
    #[must_use]
    pub const fn with_waiters(self) -> MutexWord {
        MutexWord(self.0 | WAITERS)
    }
}
