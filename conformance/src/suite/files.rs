//! The files of cases: `GROUP/NAME.EXTENSION` below a folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    case::{Case, Language},
    clause::Clauses,
    error::{Error, IoResultExt},
};

/// The list of clauses in a folder of cases.
const CLAUSES: &str = "clauses.toml";

/// A file that is a case, read but not understood.
pub(super) struct CaseFile {
    pub(super) id: String,
    pub(super) path: PathBuf,
    pub(super) text: io::Result<String>,
    pub(super) module: Option<Vec<u8>>,
}

impl CaseFile {
    /// The case.
    pub(super) fn read(self) -> Result<Case, Error> {
        let text = self.text.during("read", &self.path)?;
        if Language::of(&self.path).is_some_and(Language::is_built) && self.module.is_none() {
            return Err(Error::NoModule { path: self.path.with_extension("wasm"), source_path: self.path });
        }
        Case::parse(self.id, self.path, text, self.module)
    }
}

/// All cases in the folders of a folder.
pub(super) fn find(folder: &Path) -> Result<Vec<CaseFile>, Error> {
    let mut found = Vec::new();
    for group in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        for path in entries(&group)?.into_iter().filter(|path| Language::of(path).is_some()) {
            let part = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            found.push(CaseFile {
                id: format!("{}/{}", part(&group), part(&path)),
                text: fs::read_to_string(&path),
                module: fs::read(path.with_extension("wasm")).ok(),
                path,
            });
        }
    }
    Ok(found)
}

/// The clauses of a folder, if it has its own.
pub(super) fn clauses(folder: &Path) -> Result<Option<Clauses>, Error> {
    let path = folder.join(CLAUSES);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => Clauses::parse(&path, &text.during("read", &path)?).map(Some),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(folder).during("read", folder)?;
    let paths: io::Result<Vec<_>> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.during("read", folder)?;
    paths.sort();
    Ok(paths)
}
