//! What the command's programs share. `raddle` itself is `main.rs`, with what everyone needs; those in `bin` are
//! commands that need much more and that fewer people use, so each is a separate program, behind a feature.
#![forbid(unsafe_code)]

use std::io::{self, Write};

/// Writes to standard output. A reader that has gone away is not an error: `raddle inspect … | head` ends quietly.
///
/// # Errors
/// If standard output cannot be written for another reason, such as a full disk.
///
/// # Blocking
/// Until the reader has taken it.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
