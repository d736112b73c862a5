//! Standard output and standard error, in the shapes of [`std::io`], whose own go nowhere on this target.
//!
//! One [`print!`](crate::print) is one write of the host, or one for every 8 KiB of a longer text. No other thread's bytes get in
//! between, and nothing is held back afterwards, so nothing is lost, however the process ends. A program that prints much
//! takes a [`lock`](Output::lock), under which text is gathered until there are 8 KiB, it is flushed or the lock is dropped.
//! [`process::exit`](crate::process::exit) and a panic write what their thread has gathered; a trap and a kill lose it.

mod macros;
mod stream;

use std::fmt;
use std::io::{self, Write};
use std::panic::{RefUnwindSafe, UnwindSafe};

use raddle_runtime_api::abi;

#[doc(hidden)]
pub use macros::{_eprint, _print};
use stream::{Locked, Stream};

static STDOUT: Stream<{ abi::STDOUT }> = Stream::new();
static STDERR: Stream<{ abi::STDERR }> = Stream::new();

/// Standard output, as [`std::io::Stdout`].
pub type Stdout = Output<{ abi::STDOUT }>;
/// Standard error, as [`std::io::Stderr`].
pub type Stderr = Output<{ abi::STDERR }>;
/// Standard output for one thread alone, as [`std::io::StdoutLock`].
pub type StdoutLock<'a> = OutputLock<'a, { abi::STDOUT }>;
/// Standard error for one thread alone, as [`std::io::StderrLock`].
pub type StderrLock<'a> = OutputLock<'a, { abi::STDERR }>;

/// The process's standard output.
#[must_use]
pub fn stdout() -> Stdout {
    Output { stream: &STDOUT }
}

/// The process's standard error.
#[must_use]
pub fn stderr() -> Stderr {
    Output { stream: &STDERR }
}

/// Writes what the calling thread has gathered under a lock, as the process is about to end.
pub(crate) fn flush_own() {
    STDOUT.flush_own();
    STDERR.flush_own();
}

/// An output of the process: [`Stdout`] or [`Stderr`]. Every call of [`Write`] is one write of the host, at once.
pub struct Output<const FD: i32> {
    stream: &'static Stream<FD>,
}

/// An output of the process for one thread alone, until this is dropped: [`StdoutLock`] or [`StderrLock`]. Text goes to the
/// host in pieces of 8 KiB, and the rest of it when this is flushed or dropped.
pub struct OutputLock<'a, const FD: i32> {
    stream: Locked<'a, FD>,
}

impl<const FD: i32> Output<FD> {
    /// Keeps other threads from writing through this crate until the lock is dropped. The thread itself may lock again.
    ///
    /// # Panics
    /// When the thread has 2^32 - 1 locks already, which takes leaking them.
    ///
    /// # Blocking
    /// While another thread has the lock.
    #[must_use]
    pub fn lock(&self) -> OutputLock<'static, FD> {
        OutputLock { stream: self.stream.lock() }
    }
}

impl<const FD: i32> Write for Output<FD> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self).flush()
    }

    fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        (&*self).write_fmt(text)
    }
}

impl<const FD: i32> Write for &Output<FD> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut lock = self.lock();
        lock.write_all(bytes)?;
        lock.flush()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock().flush()
    }

    fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        let mut lock = self.lock();
        lock.write_fmt(text)?;
        lock.flush()
    }
}

impl<const FD: i32> Write for OutputLock<'_, FD> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

// A write that a panic cuts short may leave out text, but leaves no half-changed state behind.
impl<const FD: i32> UnwindSafe for Output<FD> {}
impl<const FD: i32> RefUnwindSafe for Output<FD> {}
impl<const FD: i32> UnwindSafe for OutputLock<'_, FD> {}
impl<const FD: i32> RefUnwindSafe for OutputLock<'_, FD> {}

impl<const FD: i32> fmt::Debug for Output<FD> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(if FD == abi::STDOUT { "Stdout" } else { "Stderr" }).finish_non_exhaustive()
    }
}

impl<const FD: i32> fmt::Debug for OutputLock<'_, FD> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(if FD == abi::STDOUT { "StdoutLock" } else { "StderrLock" }).finish_non_exhaustive()
    }
}
