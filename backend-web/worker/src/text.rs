//! Text that crosses between this module and the script.

use raddle_web_shared::trap::Thrown;

use crate::{agent::AGENT, sys};

/// How many bytes of a text are kept.
pub(crate) const CAPACITY: usize = 16 * 1024;

/// The text that the script has put.
pub(crate) fn take(len: u32) -> String {
    AGENT.with(|agent| {
        let buffer = agent.text.borrow();
        String::from_utf8_lossy(&buffer[..buffer.len().min(len as usize)]).into_owned()
    })
}

/// What was caught last.
pub(crate) fn thrown() -> Thrown {
    let [name, message, stack] =
        [sys::Thrown::Name, sys::Thrown::Message, sys::Thrown::Stack].map(|part| take(sys::thrown(part)));
    Thrown { name, message, stack }
}

/// Shows a text to whoever looks at the browser's console.
pub(crate) fn show(text: &str) {
    sys::show(text.as_bytes());
}
