//! The program's standard output and standard error.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// A stream that passes on at once what the program writes: it may not write a whole line before it waits or dies.
#[derive(Debug)]
pub(crate) struct Unbuffered<W> {
    inner: W,
    at_line_start: LineStart,
}

/// Whether the last byte that went through a stream ended a line.
#[derive(Debug, Clone)]
pub(crate) struct LineStart(Arc<AtomicBool>);

impl<W> Unbuffered<W> {
    pub(crate) fn new(inner: W) -> Unbuffered<W> {
        Unbuffered { inner, at_line_start: LineStart(Arc::new(AtomicBool::new(true))) }
    }

    /// Whether the stream is at the start of a line, now and later.
    pub(crate) fn line_start(&self) -> LineStart {
        self.at_line_start.clone()
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
        self.inner.write_all(bytes)?;
        self.inner.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::Unbuffered;

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
