//! What the programs of the command share. `raddle` itself is `main.rs`, with what everybody needs; those in `bin` are
//! commands of it that need much more and that fewer people use, so each is a program of its own, behind a feature.
#![forbid(unsafe_code)]

use std::io::{self, Write};

/// Writes to standard output. A reader who has gone away is no error: `raddle inspect … | head` ends quietly.
///
/// # Errors
/// When standard output cannot be written for another reason, such as a full disk.
///
/// # Blocking
/// Until whoever reads has taken it.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
