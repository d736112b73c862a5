//! A panic ends the process, with a message.

use std::panic;
use std::sync::Once;

use super::{host, thread};

/// Makes a panic, on any thread, end the process as aborted, with the panic's message, its place in the source and its thread.
///
/// Without it a panic is a bare `unreachable` trap, because on this target `std` has nowhere to write. The first spawn
/// installs it, so only a program that wants messages before that, or that never spawns, calls this, best as the first
/// thing in `main`. A hook that was set before is called first; calling this again does nothing.
pub fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            previous(info);
            // A panic message begins as that of `std` does: "thread 'name' panicked at file:line:column:", then the text.
            // `info` prints it from "panicked" on.
            host::abort(&match thread::name_of_current() {
                Some(name) => format!("thread '{name}' {info}"),
                None => format!("thread {} {info}", thread::id()),
            })
        }));
    });
}
