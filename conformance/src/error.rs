//! What is wrong with the suite or its files.

use std::{fmt, io, path::PathBuf};

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as it was named.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// Why a case, a list of clauses or a list of expectations cannot be read. The text begins with the stable
/// [`code`](Error::code), followed by the place if it is known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or a folder cannot be read or written.
    #[error("CF0001: cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was being done, such as `read`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The text is not valid TOML.
    #[error("CF0002: {place}: not valid TOML: {message}")]
    Toml {
        /// The line.
        place: Place,
        /// What the parser said.
        message: String,
    },
    /// An unknown key.
    #[error("CF0003: {place}: unknown key `{key}`{}", did_you_mean(.nearest.as_deref()))]
    UnknownKey {
        /// The line.
        place: Place,
        /// The key, with its table.
        key: String,
        /// The most similar known key.
        nearest: Option<String>,
    },
    /// A required key is missing.
    #[error("CF0004: {place}: `{key}` is missing")]
    MissingKey {
        /// The line where its table begins.
        place: Place,
        /// The key, with its table.
        key: String,
    },
    /// An invalid value.
    #[error("CF0005: {place}: `{key}` must be {expected}, not {found}")]
    WrongValue {
        /// The line.
        place: Place,
        /// The key, with its table.
        key: String,
        /// What is valid.
        expected: String,
        /// What was found.
        found: String,
    },
    /// The file has no header.
    #[error("CF0006: {}:1: no header: the first lines must be TOML after `{marker}`", path.display())]
    NoHeader {
        /// The file.
        path: PathBuf,
        /// What each line of a header begins with.
        marker: &'static str,
    },
    /// The text is not valid WebAssembly.
    #[error("CF0007: the case cannot be assembled: {message}")]
    Wat {
        /// What the assembler said, with the place.
        message: String,
    },
    /// The module of a program is not beside its source.
    #[error("CF0008: {} has no module beside it: build it with `cargo xtask programs`, as {}", source_path.display(), path.display())]
    NoModule {
        /// The source.
        source_path: PathBuf,
        /// Where its module would be.
        path: PathBuf,
    },
    /// A case names a clause that does not exist.
    #[error("CF0009: {place}: there is no clause `{clause}`{}", did_you_mean(.nearest.as_deref()))]
    UnknownClause {
        /// The line of the case's list.
        place: Place,
        /// What it names.
        clause: String,
        /// The most similar clause.
        nearest: Option<String>,
    },
    /// A list of known failures names a case that does not exist.
    #[error("CF0011: {place}: there is no case `{case}`{}", did_you_mean(.nearest.as_deref()))]
    UnknownCase {
        /// The line.
        place: Place,
        /// What it names.
        case: String,
        /// The most similar case.
        nearest: Option<String>,
    },
    /// A report that cannot be read.
    #[error("CF0012: {} is not a report of `conform run --format json`: {source}", path.display())]
    Report {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// Two things have the same name.
    #[error("CF0010: {place}: there are two of `{name}`")]
    Twice {
        /// The line of the second.
        place: Place,
        /// The name.
        name: String,
    },
}

impl Error {
    /// The stable code, such as `CF0003`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Io { .. } => "CF0001",
            Error::Toml { .. } => "CF0002",
            Error::UnknownKey { .. } => "CF0003",
            Error::MissingKey { .. } => "CF0004",
            Error::WrongValue { .. } => "CF0005",
            Error::NoHeader { .. } => "CF0006",
            Error::Wat { .. } => "CF0007",
            Error::NoModule { .. } => "CF0008",
            Error::UnknownClause { .. } => "CF0009",
            Error::Twice { .. } => "CF0010",
            Error::UnknownCase { .. } => "CF0011",
            Error::Report { .. } => "CF0012",
        }
    }

    /// The line concerned, if it is known.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Error::Toml { place, .. }
            | Error::UnknownKey { place, .. }
            | Error::MissingKey { place, .. }
            | Error::WrongValue { place, .. }
            | Error::UnknownClause { place, .. }
            | Error::UnknownCase { place, .. }
            | Error::Twice { place, .. } => Some(place),
            _ => None,
        }
    }
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |nearest| format!("; did you mean `{nearest}`?"))
}

/// Adds to an I/O error what was being done, and to which file.
pub(crate) trait IoResultExt<T> {
    fn during(self, doing: &'static str, path: impl Into<PathBuf>) -> Result<T, Error>;
}

impl<T> IoResultExt<T> for io::Result<T> {
    fn during(self, doing: &'static str, path: impl Into<PathBuf>) -> Result<T, Error> {
        self.map_err(|source| Error::Io { doing, path: path.into(), source })
    }
}
