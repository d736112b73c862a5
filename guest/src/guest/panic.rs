//! A panic ends the process, with a message.

use std::panic;
use std::sync::Once;

use super::host;

/// Makes a panic, on any thread, end the process as aborted, with the panic's place in the source and its message; the host adds
/// which thread it was.
///
/// Without it a panic is a bare `unreachable` trap, because on this target `std` has nowhere to write. The first spawn
/// installs it, so only a program that wants messages before that, or that never spawns, calls this, best as the first
/// thing in `main`. A hook that was set before is called first; calling this again does nothing.
///
/// A hook that is set later, with [`std::panic::set_hook`], replaces this one, and a panic is a bare trap again. So call this
/// after setting one of your own, or let yours call the one that [`std::panic::take_hook`] gives.
pub fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            previous(info);
            // "panicked at file:line:column:" and the text; who panicked is in what the host makes of it.
            host::abort(&info.to_string())
        }));
    });
}
