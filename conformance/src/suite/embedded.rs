//! The suite that is built in: what `build.rs` found.

use std::path::Path;

use super::files::CaseFile;
use crate::{clause::Clauses, error::Error};

/// A file of a case, as `build.rs` writes it.
struct Embedded {
    id: &'static str,
    path: &'static str,
    text: &'static str,
    module: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The clauses.
pub(super) fn clauses() -> Result<Clauses, Error> {
    Clauses::parse(Path::new("conformance/clauses.toml"), include_str!("../../clauses.toml"))
}

/// The files of all cases.
pub(super) fn files() -> impl Iterator<Item = CaseFile> {
    FILES.iter().map(|file| CaseFile {
        id: file.id.into(),
        path: file.path.into(),
        text: Ok(file.text.into()),
        module: file.module.map(Into::into),
    })
}

/// The lists of known failures, each with the name of its backend.
pub(crate) fn expectations() -> impl Iterator<Item = (&'static str, &'static str)> {
    EXPECTATIONS.iter().copied()
}
