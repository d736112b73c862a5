//! The program's standard output and standard error.

use std::{
    io::{self, Write},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

/// A stream that passes on at once what the program writes: the program may wait or die before it has written a whole
/// line.
#[derive(Debug)]
pub(crate) struct Unbuffered<W> {
    inner: W,
    at_line_start: LineStart,
    failure: Failure,
}

/// Why a stream could not be written the first time. The program only learns that it could not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Failure(Arc<OnceLock<io::Error>>);

/// Whether the last byte that went through a stream ended a line.
#[derive(Debug, Clone)]
pub(crate) struct LineStart(Arc<AtomicBool>);

impl<W> Unbuffered<W> {
    pub(crate) fn new(inner: W) -> Unbuffered<W> {
        Unbuffered { inner, at_line_start: LineStart(Arc::new(AtomicBool::new(true))), failure: Failure::default() }
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

impl<W: Write> Write for Unbuffered<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(last) = bytes.last() {
            // Nothing else is published with the flag; the process's end orders it before the reader.
            self.at_line_start.0.store(*last == b'\n', Ordering::Relaxed);
        }
        let written = self.inner.write_all(bytes).and_then(|()| self.inner.flush());
        written.map_err(|error| {
            let kind = error.kind();
            // The first is the reason, those after it come of it.
            let _ = self.failure.0.set(error);
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};

    use super::Unbuffered;

    #[test]
    fn keeps_the_first_failure() {
        struct Full(Vec<ErrorKind>);

        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.remove(0).into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        let mut stream = Unbuffered::new(Full(vec![ErrorKind::StorageFull, ErrorKind::BrokenPipe]));
        let failure = stream.failure();
        assert!(failure.get().is_none());
        for _ in 0..2 {
            stream.write_all(b"lost").unwrap_err();
        }
        assert_eq!(failure.get().unwrap().kind(), ErrorKind::StorageFull);

        let mut stream = Unbuffered::new(Full(vec![ErrorKind::BrokenPipe]));
        stream.write_all(b"unread").unwrap_err();
        assert!(stream.failure().get().is_none());
    }

    #[test]
    fn knows_where_a_line_starts() {
        let mut bytes = Vec::new();
        let mut stream = Unbuffered::new(&mut bytes);
        let line_start = stream.line_start();
        assert!(line_start.get());
        stream.write_all(b"half").unwrap();
        assert!(!line_start.get());
        stream.write_all(b"").unwrap();
        assert!(!line_start.get());
        stream.write_all(b" a line\n").unwrap();
        assert!(line_start.get());
    }
}
