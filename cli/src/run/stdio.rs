//! The program's standard output and standard error.

use std::{
    io,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use raddle_backend_native::{Interests, Tried, TryWrite};

/// A stream of the program's, of which something is remembered.
#[derive(Debug)]
pub(crate) struct Observed<S> {
    inner: S,
    at_line_start: LineStart,
    failure: Failure,
}

/// Why a stream could not be written the first time. The program only learns that it could not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Failure(Arc<OnceLock<io::Error>>);

/// Whether the last byte that went through a stream ended a line.
#[derive(Debug, Clone)]
pub(crate) struct LineStart(Arc<AtomicBool>);

impl<S> Observed<S> {
    pub(crate) fn new(inner: S) -> Observed<S> {
        Observed { inner, at_line_start: LineStart(Arc::new(AtomicBool::new(true))), failure: Failure::default() }
    }

    /// Why the stream could not be written, now and later.
    pub(crate) fn failure(&self) -> Failure {
        self.failure.clone()
    }

    /// Whether the stream is at the start of a line, now and later.
    pub(crate) fn line_start(&self) -> LineStart {
        self.at_line_start.clone()
    }
}

impl Failure {
    /// What a user wants to know about it. A reader that has gone away is not a failure: `raddle run … | head` ends
    /// quietly.
    pub(crate) fn get(&self) -> Option<&io::Error> {
        self.0.get().filter(|error| error.kind() != io::ErrorKind::BrokenPipe)
    }
}

impl LineStart {
    /// Whether it is so now. Exact when nobody writes any more.
    pub(crate) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl<S: TryWrite> TryWrite for Observed<S> {
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<Tried<usize, Interests>> {
        let written = self.inner.try_write(bytes).map_err(|error| {
            let kind = error.kind();
            // The first is the reason, those after it come of it.
            let _ = self.failure.0.set(error);
            io::Error::from(kind)
        })?;
        if let Tried::Done(len @ 1..) = written {
            // Nothing else is published with the flag; the process's end orders it before the reader.
            self.at_line_start.0.store(bytes[len - 1] == b'\n', Ordering::Relaxed);
        }
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};

    use raddle_backend_native::{Interests, Tried, TryWrite};

    use super::Observed;

    #[test]
    fn keeps_the_first_failure() {
        struct Full(Vec<ErrorKind>);

        impl TryWrite for Full {
            fn try_write(&mut self, _: &[u8]) -> io::Result<Tried<usize, Interests>> {
                Err(self.0.remove(0).into())
            }
        }

        let mut stream = Observed::new(Full(vec![ErrorKind::StorageFull, ErrorKind::BrokenPipe]));
        let failure = stream.failure();
        assert!(failure.get().is_none());
        for _ in 0..2 {
            stream.try_write(b"lost").unwrap_err();
        }
        assert_eq!(failure.get().unwrap().kind(), ErrorKind::StorageFull);

        let mut stream = Observed::new(Full(vec![ErrorKind::BrokenPipe]));
        stream.try_write(b"unread").unwrap_err();
        assert!(stream.failure().get().is_none());
    }

    #[test]
    fn knows_where_a_line_starts() {
        /// Takes two bytes at a time, when it has room.
        struct Narrow(usize);

        impl TryWrite for Narrow {
            fn try_write(&mut self, bytes: &[u8]) -> io::Result<Tried<usize, Interests>> {
                let len = bytes.len().min(2).min(self.0);
                self.0 -= len;
                Ok(if len == 0 { Tried::NotYet(Interests::new()) } else { Tried::Done(len) })
            }
        }

        let mut stream = Observed::new(Narrow(6));
        let line_start = stream.line_start();
        assert!(line_start.get());
        for (bytes, is_start) in [("abc", false), ("c\n", true), ("\nd", false), ("e", false)] {
            let _ = stream.try_write(bytes.as_bytes()).unwrap();
            assert_eq!(line_start.get(), is_start, "{bytes:?}");
        }
    }
}
