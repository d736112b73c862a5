//! What the standard streams of a process can be, on any platform: [`Input`] and [`Output`].
//!
//! `memory` has bytes given or collected; `pump` any reader or writer, whose thread blocks so that no guest's does;
//! `buffer` is what lies between the two.

#[cfg(not(target_family = "wasm"))]
mod buffer;
mod memory;
#[cfg(not(target_family = "wasm"))]
mod pump;

use std::{fmt, io, sync::Arc};

pub(crate) use self::memory::Sink;
#[cfg(unix)]
use crate::system::Direction;
use crate::{system::Stream, table::Object};
pub use memory::Collected;

/// What a process reads from its standard input.
pub struct Input(pub(crate) io::Result<Object>);

/// Where a process writes to by its standard output or its standard error.
pub struct Output(pub(crate) io::Result<Object>);

impl Input {
    /// Nothing: it is at its end.
    #[must_use]
    pub fn empty() -> Input {
        Input::bytes([])
    }

    /// These bytes, and then the end.
    #[must_use]
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Input {
        Input::stream(Arc::new(memory::Bytes::new(bytes.into())))
    }

    /// Any stream.
    #[must_use]
    pub fn stream(stream: Arc<dyn Stream>) -> Input {
        Input(Ok(Object::Stream(stream)))
    }

    /// Whatever can be read. A thread does so from the moment on when the process first asks for input, at most 64 KiB
    /// ahead of it. When the process is gone, that thread ends as soon as the reader returns.
    #[cfg(not(target_family = "wasm"))]
    #[must_use]
    pub fn reader(reader: impl io::Read + Send + 'static) -> Input {
        Input::stream(Arc::new(pump::Reader::new(Box::new(reader))))
    }

    /// The host's own standard input. A file keeps its cursor, which other programs may share; a terminal is one to the
    /// guest.
    #[cfg(unix)]
    #[must_use]
    pub fn inherit() -> Input {
        Input::inherit_fd(&io::stdin())
    }

    /// A descriptor of the host's. Its open file may belong to other programs, too: its flags stay as they are.
    #[cfg(unix)]
    #[must_use]
    pub fn inherit_fd(fd: &impl std::os::fd::AsFd) -> Input {
        Input(crate::host::inherit(fd, Direction::Read))
    }
}

impl Output {
    /// Nowhere: it takes everything.
    #[must_use]
    pub fn sink() -> Output {
        Output::stream(Arc::new(Sink))
    }

    /// Into memory, where it can be looked at at any time. A write beyond the limit, in bytes, is `NOSPC`.
    #[must_use]
    pub fn collect(limit: usize) -> (Output, Collected) {
        let collected = Collected::new(limit);
        (Output::stream(Arc::new(collected.clone())), collected)
    }

    /// Any stream.
    #[must_use]
    pub fn stream(stream: Arc<dyn Stream>) -> Output {
        Output(Ok(Object::Stream(stream)))
    }

    /// Whatever can be written to. A thread does so, and the guest is at most 64 KiB ahead of it. When the process is
    /// gone, that thread is waited for, but no longer than a second.
    #[cfg(not(target_family = "wasm"))]
    #[must_use]
    pub fn writer(writer: impl io::Write + Send + 'static) -> Output {
        Output::stream(Arc::new(pump::Writer::new(Box::new(writer))))
    }

    /// The host's own standard output.
    #[cfg(unix)]
    #[must_use]
    pub fn inherit_stdout() -> Output {
        Output::inherit_fd(&io::stdout())
    }

    /// The host's own standard error.
    #[cfg(unix)]
    #[must_use]
    pub fn inherit_stderr() -> Output {
        Output::inherit_fd(&io::stderr())
    }

    /// A descriptor of the host's. Its open file may belong to other programs, too: its flags stay as they are.
    #[cfg(unix)]
    #[must_use]
    pub fn inherit_fd(fd: &impl std::os::fd::AsFd) -> Output {
        Output(crate::host::inherit(fd, Direction::Write))
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Input").field(&self.0.as_ref().map(Object::kind)).finish()
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Output").field(&self.0.as_ref().map(Object::kind)).finish()
    }
}
