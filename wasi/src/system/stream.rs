//! [`Stream`]: what has no cursor. [`Listener`]: what accepts connections.

use std::sync::Arc;

use raddle_runtime_api::Tried;

use super::{Attempt, Direction, FileType, Interest, Metadata};
use crate::abi::{Errno, Result};

/// A pipe, a terminal, a device, a connection. A method that cannot do anything now says what to wait for.
pub trait Stream: Send + Sync {
    /// What it is: a terminal is a [`CharacterDevice`](FileType::CharacterDevice).
    fn kind(&self) -> FileType;

    /// Reads at least one byte, and answers how many: 0 at the end.
    fn read(&self, into: &mut [u8]) -> Attempt<usize> {
        let _ = into;
        Tried::Done(Err(Errno::BadDescriptor))
    }

    /// Writes at least one byte, and answers how many.
    fn write(&self, bytes: &[u8]) -> Attempt<usize> {
        let _ = bytes;
        Tried::Done(Err(Errno::BadDescriptor))
    }

    /// Whether a read or a write would do something now, if only report an error.
    fn ready(&self, direction: Direction) -> Tried<Readiness, Interest>;

    /// The attributes.
    ///
    /// # Errors
    /// Those of the platform.
    fn metadata(&self) -> Result<Metadata> {
        Ok(Metadata::of(self.kind()))
    }

    /// What only a connection can do.
    fn connection(&self) -> Option<&dyn Connection> {
        None
    }
}

/// What a connection can do besides what every stream can.
pub trait Connection {
    /// Reads, and leaves what was read there.
    fn peek(&self, into: &mut [u8]) -> Attempt<usize>;

    /// Ends it in one direction or both.
    ///
    /// # Errors
    /// Those of the platform.
    fn shutdown(&self, receive: bool, send: bool) -> Result<()>;
}

/// What accepts connections.
pub trait Listener: Send + Sync {
    /// The next connection.
    fn accept(&self) -> Attempt<Arc<dyn Stream>>;

    /// Whether there is one.
    fn ready(&self) -> Tried<Readiness, Interest>;
}

/// A stream that is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readiness {
    /// How many bytes can be read or written, as far as that is known.
    pub bytes: u64,
    /// Whether the other side has hung up.
    pub hangup: bool,
}
