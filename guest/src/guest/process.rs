//! The end of the process, in the shapes of [`std::process`].

use super::host;

/// Ends every thread, wherever it is, and the process, with that exit code. No destructor runs.
pub fn exit(code: i32) -> ! {
    host::exit(code)
}

/// Ends every thread, wherever it is, and the process, as aborted.
pub fn abort() -> ! {
    host::abort("the program called process::abort")
}
