//! What a platform or an embedder supplies.
//!
//! * [`System`]: clocks and randomness. `native` is that of the host.
//! * [`Directory`] and [`File`]: a file system, from one directory down. It is the one that confines: nothing outside of
//!   that directory is reached, whatever a path says.
//! * [`Stream`]: what has no cursor: pipes, terminals, connections. [`Listener`]: what accepts connections.
//! * [`ReadOnly`]: any directory, without what would change it.
//!
//! Who checks what: addresses, rights, flags and the syntax of paths were checked before these traits are reached; a
//! path is relative, not empty, and has no NUL, no slash at its end, no two in a row, and a `.` at most at its end. Everything is shared by all threads of a
//! process, which call at the same time. Reading and writing a file or a directory may wait for a disk; nothing may wait
//! for anything else.

mod directory;
mod file;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod native;
mod read_only;
mod stream;

pub use self::{
    directory::{Directory, Entry, OpenOptions, Opened},
    file::{Cursor, File},
    read_only::ReadOnly,
    stream::{Connection, Listener, Readiness, Stream},
};
use crate::abi::Result;
pub use crate::{
    abi::FileType,
    interests::{Attempt, Direction, Interest},
};

/// Clocks and randomness.
pub trait System: Send + Sync {
    /// Nanoseconds since 1970.
    fn realtime(&self) -> u64;

    /// Nanoseconds since some moment, never less than before.
    fn monotonic(&self) -> u64;

    /// The resolution of both clocks in nanoseconds, at least 1.
    fn resolution(&self) -> u64 {
        1
    }

    /// Fills the bytes with random ones, good enough for keys.
    ///
    /// # Errors
    /// If the platform has none.
    fn random(&self, into: &mut [u8]) -> Result<()>;
}

/// The attributes of a file. Times are nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// Which file system it is on.
    pub device: u64,
    /// Which file of that it is.
    pub inode: u64,
    /// What it is.
    pub kind: FileType,
    /// How many names it has.
    pub links: u64,
    /// The length in bytes.
    pub size: u64,
    /// When it was last read.
    pub accessed: u64,
    /// When its content last changed.
    pub modified: u64,
    /// When its attributes last changed.
    pub changed: u64,
}

impl Metadata {
    /// Those of something that is not in a file system.
    #[must_use]
    pub const fn of(kind: FileType) -> Metadata {
        Metadata { device: 0, inode: 0, kind, links: 1, size: 0, accessed: 0, modified: 0, changed: 0 }
    }
}

/// A time to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// The time of the call.
    Now,
    /// Nanoseconds since 1970.
    At(u64),
}

/// The times to be set. `None` leaves one as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// When the file was last read.
    pub accessed: Option<Time>,
    /// When its content last changed.
    pub modified: Option<Time>,
}
