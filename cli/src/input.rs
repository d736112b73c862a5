//! Reads modules.

use std::{fs::File, io::Read, path::Path};

use crate::error::{Error, IoResultExt};

/// The largest file that is read, in bytes: 1 GiB, which is also what engines take at most.
const LIMIT: u64 = 1 << 30;

/// The bytes of a module.
///
/// # Errors
/// When there is no such file, when it is a directory or cannot be read, and when it is larger than any module can be.
///
/// # Blocking
/// As long as reading does: the file may be a pipe.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let reading = "read";
    let file = File::open(path).during(reading, path)?;
    if file.metadata().during(reading, path)?.is_dir() {
        return Err(Error::Directory { path: path.into() });
    }
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes).during(reading, path)?;
    if bytes.len() as u64 > LIMIT {
        return Err(Error::TooLarge { path: path.into(), limit: LIMIT });
    }
    Ok(bytes)
}
