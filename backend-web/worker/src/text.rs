//! Text that crosses between this module and the script.

use raddle_web_shared::trap::Thrown;

use crate::{agent::AGENT, sys};

/// The text that the script has put.
pub(crate) fn take(len: u32) -> String {
    AGENT.with(|agent| {
        let buffer = agent.text.borrow();
        String::from_utf8_lossy(&buffer[..buffer.len().min(len as usize)]).into_owned()
    })
}

/// What was caught last.
pub(crate) fn thrown() -> Thrown {
    // In the order of `raddle_web_shared::names::THROWN`.
    let [name, message, stack] = [0, 1, 2].map(|part| take(sys::thrown(part)));
    Thrown { name, message, stack }
}

/// Shows a text to whoever looks at the browser's console.
pub(crate) fn show(text: &str) {
    sys::show(text.as_bytes());
}
