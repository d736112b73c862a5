//! Why what an embedder gave a process cannot be given.

use std::io;

/// Why a [`Wasi`](crate::Wasi) is refused. The message is a sentence of its own; what helps is its
/// [`hint`](Error::hint).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument has a NUL, which ends it for the program.
    #[error("WA0001: argument {index} has a NUL byte: {text:?}")]
    Argument {
        /// Its place: 0 is the program's name.
        index: usize,
        /// The argument.
        text: String,
    },
    /// A variable's name is empty, has a `=`, or it or its value has a NUL.
    #[error("WA0002: an environment variable cannot be {name:?}={value:?}")]
    Variable {
        /// The name.
        name: String,
        /// The value.
        value: String,
    },
    /// A host's directory cannot be opened.
    #[error("WA0003: the directory '{path}' cannot be opened")]
    Directory {
        /// The host's path.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A guest's path is empty or has a NUL.
    #[error("WA0004: {path:?} is not a path that a program could use")]
    GuestPath {
        /// The path.
        path: String,
    },
    /// Two directories have one name.
    #[error("WA0005: two directories are to be '{path}' in the program")]
    TwiceNamed {
        /// The guest's path.
        path: String,
    },
    /// A file in memory has the name of a directory, or below that of a file.
    #[error("WA0006: there cannot be a file '{path}' in memory: the name is taken")]
    MemoryFile {
        /// The guest's path.
        path: String,
    },
    /// A standard stream of the host cannot be used.
    #[error("WA0007: the host's own {stream} cannot be used")]
    Inherit {
        /// Which one.
        stream: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A listener cannot be used.
    #[error("WA0008: a listener cannot be used")]
    Listener {
        /// What the system said.
        source: io::Error,
    },
}

impl Error {
    /// The stable code: `WA` and a number.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Argument { .. } => "WA0001",
            Error::Variable { .. } => "WA0002",
            Error::Directory { .. } => "WA0003",
            Error::GuestPath { .. } => "WA0004",
            Error::TwiceNamed { .. } => "WA0005",
            Error::MemoryFile { .. } => "WA0006",
            Error::Inherit { .. } => "WA0007",
            Error::Listener { .. } => "WA0008",
        }
    }

    /// What helps.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Error::Argument { .. } => "pass it in a file or on standard input",
            Error::Variable { .. } => "a name has at least one character and no '=', and neither part has a NUL",
            Error::Directory { .. } => "name a directory that exists and that you may read",
            Error::GuestPath { .. } => "use a path such as '/data' or '.'",
            Error::TwiceNamed { .. } => "give each a path of its own in the program",
            Error::MemoryFile { .. } => "give it another path",
            Error::Inherit { .. } => "the host may have started with the stream closed: redirect it to /dev/null",
            Error::Listener { .. } => "pass a listener that is bound and open",
        }
    }
}
