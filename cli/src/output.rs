//! Writes results: a file is either the old one or the complete new one, never a part.

use std::{
    fs::{self, Metadata},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::NamedTempFile;

use crate::error::{Error, IoResultExt};

const WRITING: &str = "write";

/// Where a result will go. It is opened before the work begins, so that no work is done in vain.
#[derive(Debug)]
pub(crate) enum Destination {
    /// Standard output, named `-`.
    Stdout,
    /// A device or a pipe, which is written to directly: nobody wants it replaced by a file.
    Stream { path: PathBuf },
    /// A file, new or not: written beside it and renamed at the end.
    File { path: PathBuf, temporary: NamedTempFile },
}

impl Destination {
    /// Gets ready to write to `path`. Nothing that exists is changed.
    ///
    /// # Errors
    /// When a result could not be written: a directory, a file that is read-only, a directory that is missing or takes
    /// no file.
    pub(crate) fn open(path: &Path) -> Result<Destination, Error> {
        if path == "-" {
            return Ok(Destination::Stdout);
        }
        let path = behind_links(path);
        let permissions = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => return Err(Error::Directory { path }),
            Ok(metadata) if !metadata.is_file() => return Ok(Destination::Stream { path }),
            Ok(metadata) if metadata.permissions().readonly() => return Err(Error::ReadOnly { path }),
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).during(WRITING, &path),
        };
        let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary = temporary_in(directory, permissions.as_ref()).during(WRITING, &path)?;
        Ok(Destination::File { path, temporary })
    }

    /// Whether the result would replace that file.
    pub(crate) fn replaces(&self, other: &Path) -> bool {
        matches!(self, Destination::File { path, .. } if fs::canonicalize(other).is_ok_and(|other| other == *path))
    }

    /// Writes the whole result.
    ///
    /// # Errors
    /// If it cannot be written. An existing file stays as it was.
    pub(crate) fn commit(self, bytes: &[u8]) -> Result<(), Error> {
        self.commit_within(bytes, None)
    }

    /// The same, but standard output may take nothing only for as long as `patience` says.
    ///
    /// # Errors
    /// As [`commit`](Destination::commit).
    pub(crate) fn commit_within(self, bytes: &[u8], patience: Option<Duration>) -> Result<(), Error> {
        match self {
            Destination::Stdout => print_within(bytes, patience),
            Destination::Stream { path } => fs::File::options()
                .write(true)
                .open(&path)
                .and_then(|mut file| file.write_all(bytes))
                .during(WRITING, &path),
            Destination::File { path, mut temporary } => temporary
                .write_all(bytes)
                .and_then(|()| temporary.persist(&path).map(drop).map_err(|error| error.error))
                .during(WRITING, &path),
        }
    }
}

/// The file that writing to `path` would write: the one behind symbolic links, though there be none yet.
fn behind_links(path: &Path) -> PathBuf {
    /// As many as Linux follows.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        if let Ok(path) = fs::canonicalize(&path) {
            return path;
        }
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// Writes to standard output.
///
/// # Errors
/// When standard output cannot be written, unless it is that the reader has gone away.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Error> {
    print_within(bytes, None)
}

fn print_within(bytes: &[u8], patience: Option<Duration>) -> Result<(), Error> {
    raddle_command::print(bytes, patience).during(WRITING, Path::new("standard output"))
}

/// A temporary file with the permissions that the final one shall have: those of the old file, else the usual ones.
fn temporary_in(directory: &Path, old: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".raddle-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // 0o666 is cut by the umask, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let temporary = builder.tempfile_in(directory).map_err(without_path)?;
    if let Some(old) = old {
        fs::set_permissions(temporary.path(), old.permissions())?;
    }
    Ok(temporary)
}

/// An error without the temporary file's name: the message names the file that the user asked for.
fn without_path(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((what, _)) => io::Error::new(error.kind(), what),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Destination;

    #[test]
    fn a_file_is_replaced_as_a_whole_or_not_at_all() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.wasm");
        fs::write(&path, "old").unwrap();

        drop(Destination::open(&path).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"old");

        Destination::open(&path).unwrap().commit(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.wasm");
        let link = directory.path().join("link.wasm");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();

        Destination::open(&link).unwrap().commit(b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&link).unwrap(), b"new");
        // A link, by way of another one, to a file that is not there yet.
        let (dangling, next) = (directory.path().join("dangling.wasm"), directory.path().join("next.wasm"));
        symlink("next.wasm", &dangling).unwrap();
        symlink("made.wasm", &next).unwrap();
        Destination::open(&dangling).unwrap().commit(b"made").unwrap();
        assert!(dangling.is_symlink() && next.is_symlink());
        assert_eq!(fs::read(directory.path().join("made.wasm")).unwrap(), b"made");
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_written_to_not_replaced() {
        let null = std::path::Path::new("/dev/null");
        Destination::open(null).unwrap().commit(b"gone").unwrap();
        assert!(!fs::metadata(null).unwrap().is_file());
    }
}
