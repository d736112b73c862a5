//! The mutex word in guest memory.
//!
//! A mutex is one aligned 32-bit word, zero when free. A guest may lock by a compare-exchange from 0 to its id, and
//! unlock by one from its id to 0; when either fails it calls the host. No other write by a guest is allowed.

/// The bits that hold the owner's thread id; 0 means that nobody owns it.
pub const OWNER_MASK: u32 = 0x3fff_ffff;

/// Set when an owner ended while holding the mutex and nobody has taken it over yet.
pub const OWNER_DIED: u32 = 1 << 30;

/// Set while threads wait for the mutex, or may: an unlock must then go through the host.
pub const WAITERS: u32 = 1 << 31;
