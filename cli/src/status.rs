//! The exit statuses of the command. `raddle --help` shows the same table.

/// Bad input: a file that cannot be read or written, a module that cannot be run, a missing tool.
pub(crate) const BAD_INPUT: i32 = 1;

/// The command line is wrong. clap exits with the same status.
pub(crate) const USAGE: i32 = 2;

/// The time limit passed, or the program was killed: as with `timeout(1)`.
pub(crate) const STOPPED: i32 = 124;

/// Every thread waits for ever.
pub(crate) const DEADLOCKED: i32 = 125;

/// A second Ctrl-C ended raddle itself: what a shell shows for SIGINT.
pub(crate) const INTERRUPTED: i32 = 130;

/// A trap or an abort: what a shell shows for SIGABRT.
pub(crate) const CRASHED: i32 = 134;
