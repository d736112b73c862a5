//! What the command's programs share. `raddle` itself is `main.rs`, with what everyone needs; those in `bin` are
//! commands that need much more and that fewer people use, so each is a separate program, behind a feature.
#![forbid(unsafe_code)]

mod signals;

use std::{fmt, io, time::Duration};

use raddle_backend_native::Standard;

pub use signals::on_signals;

/// Writes to standard output. A reader that has gone away is not an error: `raddle inspect … | head` ends quietly.
///
/// # Errors
/// If standard output cannot be written for another reason, such as a full disk, or because the reader takes nothing for
/// as long as `patience` says.
///
/// # Blocking
/// Until the reader has taken it.
pub fn print(bytes: &[u8], patience: Option<Duration>) -> io::Result<()> {
    match Standard::stdout().write_all(bytes, patience) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a line to standard error. If that is gone there is nobody to tell; an exit status still tells.
///
/// # Blocking
/// Until the reader has taken it, or takes nothing for as long as `patience` says.
pub fn say(line: fmt::Arguments<'_>, patience: Option<Duration>) {
    // In one piece, so that no other program's line comes in between.
    let _ = Standard::stderr().write_all(format!("{line}\n").as_bytes(), patience);
}
