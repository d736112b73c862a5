//! A panic ends the process, with a message.

use std::panic;
use std::sync::Once;

use super::{host, io};

/// Makes a panic on any thread end the process as aborted, with the panic's place in the source and its message. The host adds
/// which thread it was.
///
/// Without this hook a panic is a bare `unreachable` trap, because on this target `std` has nowhere to write. The first spawn
/// installs it, so only a program that wants messages before that, or that never spawns, needs to call this, best as the
/// first thing in `main`. A hook that was set before is called first. Calling this again does nothing.
///
/// A hook that is set later, with [`std::panic::set_hook`], replaces this one, and a panic is a bare trap again. So call this
/// after setting one of your own, or let yours call the one that [`std::panic::take_hook`] gives.
pub fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            previous(info);
            io::flush_own();
            // "panicked at file:line:column:" and the text; who panicked is in what the host makes of it.
            host::abort(&info.to_string())
        }));
    });
}

/// Runs what must panic and gives the message.
///
/// The hook's place is taken by one that only writes, for the rest of the process: in other tests, too, a panic then fails the
/// test and not the process.
#[cfg(test)]
pub(crate) fn caught(f: impl FnOnce()) -> String {
    install_panic_hook();
    panic::set_hook(Box::new(|info| eprintln!("{info}")));
    let payload = panic::catch_unwind(panic::AssertUnwindSafe(f)).expect_err("a panic");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => (*payload.downcast::<&str>().expect("a text")).into(),
    }
}
