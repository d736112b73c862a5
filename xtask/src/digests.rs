//! The digests of what is prebuilt, and of the sources that it was built from.
//!
//! They stand in a file that `sha256sum --check` reads, too, from the repository's root. A source that has changed since, come
//! or gone means that the prebuilt module is not what its source says.

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

/// Where they stand.
const FILE: &str = "examples/prebuilt/SHA256SUMS";

/// Digests by path.
type Digests = BTreeMap<String, String>;

/// Compares what stands in the file with what is there.
pub(crate) fn check() -> Result {
    let recorded = parse(&fs::read_to_string(FILE).context(FILE)?)?;
    let differences = differences(&recorded, &current()?);
    if differences.is_empty() {
        return Ok(());
    }
    Err(format!(
        "prebuilt modules are not of their sources; refresh them with `cargo xtask programs`:\n  {}",
        differences.join("\n  ")
    )
    .into())
}

/// Writes down what is there.
pub(crate) fn record() -> Result {
    let lines: String = current()?.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
    fs::write(FILE, lines).context(FILE)
}

/// The digests of all prebuilt modules and of their sources.
fn current() -> Result<Digests> {
    let mut files = Vec::new();
    for name in programs::PREBUILT {
        files.push(programs::prebuilt(name));
        collect(&programs::source(name), &mut files)?;
    }
    files.iter().map(|path| Ok((shown(path), digest(path)?))).collect()
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

fn parse(text: &str) -> Result<Digests> {
    let line = |line: &str| {
        let (digest, path) = line.split_once("  ").ok_or(format!("{FILE}: not a digest and a path: {line}"))?;
        Ok((path.to_owned(), digest.to_owned()))
    };
    text.lines().map(line).collect()
}

/// What has changed, come or gone.
fn differences(recorded: &Digests, current: &Digests) -> Vec<String> {
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
    use super::{differences, parse};

    #[test]
    fn every_kind_of_difference_is_found() {
        let recorded = parse("01  a\n02  b\n03  c\n").unwrap();
        let current = parse("01  a\n22  b\n04  d\n").unwrap();
        assert_eq!(differences(&recorded, &current), ["gone: c", "changed: b", "new: d"]);
        assert!(differences(&recorded, &recorded).is_empty());
    }

    #[test]
    fn a_line_that_is_no_digest_is_refused() {
        assert!(parse("01 a\n").is_err());
    }
}
