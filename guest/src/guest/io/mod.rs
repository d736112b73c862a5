//! Standard output and standard error, in the shapes of [`std::io`], whose own go nowhere on this target.
//!
//! One [`print!`](crate::print) is one write of the host (one for every 8 KiB, if it is longer), which no other thread's bytes get
//! into. Nothing is held back between two of them, so nothing is lost, however the process ends. A program that prints much
//! takes [`Stdout::lock`](Output::lock) for the time.

mod macros;
mod stream;

use std::fmt;
use std::io::{self, Write};

use raddle_runtime_api::abi;

#[doc(hidden)]
pub use macros::{_eprint, _print};
use stream::{Locked, Stream};

static STDOUT: Stream = Stream::new(abi::STDOUT);
static STDERR: Stream = Stream::new(abi::STDERR);

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

/// An output of the process: [`Stdout`] or [`Stderr`]. Every call of [`Write`] is a write of the host at once.
pub struct Output<const FD: i32> {
    stream: &'static Stream,
}

/// An output of the process for one thread alone, until this is dropped: [`StdoutLock`] or [`StderrLock`]. What is written
/// goes to the host in pieces of 8 KiB, and the rest when it is flushed or dropped.
pub struct OutputLock<'a, const FD: i32> {
    stream: Locked<'a>,
}

impl<const FD: i32> Output<FD> {
    /// Keeps other threads from writing by this crate until the lock is dropped. The thread itself may lock again.
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

impl<const FD: i32> fmt::Debug for Output<FD> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("fd", &FD).finish_non_exhaustive()
    }
}

impl<const FD: i32> fmt::Debug for OutputLock<'_, FD> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutputLock").field("fd", &FD).finish_non_exhaustive()
    }
}
