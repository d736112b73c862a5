//! The digests of what is prebuilt, and of the sources that it was built from.
//!
//! They stand in files that `sha256sum --check` reads, too, from the repository's root. A source that has changed
//! since, come or gone means that the prebuilt module is not what its source says.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{
    programs,
    shell::{Context, Result},
};

/// A file of digests, and what it is about.
struct List {
    file: &'static str,
    files: fn() -> Result<Vec<PathBuf>>,
}

const LISTS: [List; 2] = [
    List { file: "examples/prebuilt/SHA256SUMS", files: examples },
    List { file: "conformance/programs/SHA256SUMS", files: cases },
];

/// Digests by path.
type Digests = BTreeMap<String, String>;

/// Compares what stands in the files with what is there.
pub(crate) fn check() -> Result {
    let mut differences = Vec::new();
    for list in &LISTS {
        differences.extend(compare(&list.recorded()?, &list.current()?));
    }
    if differences.is_empty() {
        return Ok(());
    }
    Err(format!(
        "prebuilt modules are not of their sources; refresh them with `cargo xtask programs`:\n  {}",
        differences.join("\n  ")
    )
    .into())
}

/// Writes down what is there. What lies in a folder that was left out stays as it was written down, so that what has
/// changed there is still found to have.
pub(crate) fn record(left_out: &[PathBuf]) -> Result {
    for list in &LISTS {
        let is_left_out = |path: &str| left_out.iter().any(|folder| Path::new(path).starts_with(folder));
        let mut digests = list.current()?;
        digests.retain(|path, _| !is_left_out(path));
        if !left_out.is_empty() {
            digests.extend(list.recorded()?.into_iter().filter(|(path, _)| is_left_out(path)));
        }
        let lines: String = digests.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
        fs::write(list.file, lines).context(list.file)?;
    }
    Ok(())
}

impl List {
    fn recorded(&self) -> Result<Digests> {
        parse(self.file, &fs::read_to_string(self.file).context(self.file)?)
    }

    fn current(&self) -> Result<Digests> {
        (self.files)()?.iter().map(|path| Ok((shown(path), digest(path)?))).collect()
    }
}

/// The prebuilt examples and their sources.
fn examples() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for name in programs::PREBUILT {
        files.push(programs::prebuilt(name));
        collect(&programs::source(name), &mut files)?;
    }
    Ok(files)
}

/// The cases that are programs, their sources, and how they are built; not what tells of them.
fn cases() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(Path::new(programs::cases::FOLDER), &mut files)?;
    files.retain(|path| !["README.md", "SHA256SUMS"].iter().any(|name| path.ends_with(name)));
    Ok(files)
}

/// Every file below a directory, but for what cargo builds there.
fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> Result {
    for entry in fs::read_dir(directory).context(directory.display())? {
        let path = entry.context(directory.display())?.path();
        match path.is_dir() {
            true if path.ends_with("target") => {}
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

fn digest(path: &Path) -> Result<String> {
    let bytes = fs::read(path).context(path.display())?;
    Ok(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A path with slashes, as it stands in the file on every system.
fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn parse(file: &str, text: &str) -> Result<Digests> {
    let line = |line: &str| {
        let (digest, path) = line.split_once("  ").ok_or(format!("{file}: not a digest and a path: {line}"))?;
        Ok((path.to_owned(), digest.to_owned()))
    };
    text.lines().map(line).collect()
}

/// What has changed, come or gone.
fn compare(recorded: &Digests, current: &Digests) -> Vec<String> {
    let gone = recorded.keys().filter(|path| !current.contains_key(*path)).map(|path| format!("gone: {path}"));
    let other = current.iter().filter_map(|(path, digest)| match recorded.get(path) {
        None => Some(format!("new: {path}")),
        Some(old) if old != digest => Some(format!("changed: {path}")),
        Some(_) => None,
    });
    gone.chain(other).collect()
}

#[cfg(test)]
mod tests {
    use super::{compare, parse};

    #[test]
    fn every_kind_of_difference_is_found() {
        let recorded = parse("SUMS", "01  a\n02  b\n03  c\n").unwrap();
        let current = parse("SUMS", "01  a\n22  b\n04  d\n").unwrap();
        assert_eq!(compare(&recorded, &current), ["gone: c", "changed: b", "new: d"]);
        assert!(compare(&recorded, &recorded).is_empty());
    }

    #[test]
    fn a_line_that_is_no_digest_is_refused() {
        assert!(parse("SUMS", "01 a\n").is_err());
    }
}
