//! The end of the process, in the shapes of [`std::process`].

use super::{host, io};

/// Ends every thread, wherever it is, and the process, with that exit code. No destructor runs. What the calling thread has
/// written under a lock of an output is not lost.
pub fn exit(code: i32) -> ! {
    io::flush_own();
    host::exit(code)
}

/// Ends every thread, wherever it is, and the process, as aborted. What the calling thread has written under a lock of an
/// output is not lost.
pub fn abort() -> ! {
    io::flush_own();
    host::abort("the program called process::abort")
}
