//! Any reader or writer as a stream: it blocks on a thread of its own.

use std::{
    io::{self, Read, Write},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use raddle_runtime_api::Tried;

use super::buffer::Buffer;
use crate::{
    abi::Errno,
    system::{Attempt, Direction, FileType, Interest, Readiness, Stream},
    table::lock,
};

/// For how long a writer is waited for when its process is gone.
const PATIENCE: Duration = Duration::from_secs(1);

/// How many bytes a reader is asked for at a time.
const PIECE: usize = 16 * 1024;

/// Starts a thread, unless the system has none: then the stream is broken.
fn start(name: &str, buffer: &Arc<Buffer>, run: impl FnOnce(&Buffer) + Send + 'static) {
    let own = buffer.clone();
    let started = thread::Builder::new().name(name.into()).spawn(move || {
        // However the embedder's object ends, by a panic, too, nobody waits for it for ever.
        let _ended = Ended(&own);
        run(&own);
    });
    if started.is_err() {
        drop(Ended(buffer));
    }
}

struct Ended<'a>(&'a Buffer);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.end(Err(Errno::Io));
        self.0.abandon(Errno::BrokenPipe);
    }
}

/// A reader, from which nothing is read before the guest asks.
pub(super) struct Reader {
    buffer: Arc<Buffer>,
    waiting: Mutex<Option<Box<dyn Read + Send>>>,
}

impl Reader {
    pub(super) fn new(reader: Box<dyn Read + Send>) -> Reader {
        Reader { buffer: Arc::default(), waiting: Mutex::new(Some(reader)) }
    }

    fn begin(&self) {
        if let Some(reader) = lock(&self.waiting).take() {
            start("raddle-stdin", &self.buffer, |buffer| fill(reader, buffer));
        }
    }
}

fn fill(mut reader: Box<dyn Read + Send>, buffer: &Buffer) {
    let mut bytes = vec![0; PIECE];
    let end = loop {
        match reader.read(&mut bytes) {
            Ok(0) => break Ok(()),
            Ok(len) if buffer.put_all(&bytes[..len]) => (),
            Ok(_) => return,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
            Err(_) => break Err(Errno::Io),
        }
    };
    buffer.end(end);
}

impl Stream for Reader {
    fn kind(&self) -> FileType {
        FileType::Unknown
    }

    fn read(&self, into: &mut [u8]) -> Attempt<usize> {
        self.begin();
        self.buffer.take(into)
    }

    fn ready(&self, direction: Direction) -> Tried<Readiness, Interest> {
        self.begin();
        self.buffer.ready(direction)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.buffer.abandon(Errno::BrokenPipe);
    }
}

/// A writer.
pub(super) struct Writer {
    buffer: Arc<Buffer>,
}

impl Writer {
    pub(super) fn new(writer: Box<dyn Write + Send>) -> Writer {
        let buffer = Arc::default();
        start("raddle-output", &buffer, |buffer| empty(writer, buffer));
        Writer { buffer }
    }
}

fn empty(mut writer: Box<dyn Write + Send>, buffer: &Buffer) {
    while let Some(bytes) = buffer.take_some() {
        if writer.write_all(&bytes).and_then(|()| writer.flush()).is_err() {
            break;
        }
    }
}

impl Stream for Writer {
    fn kind(&self) -> FileType {
        FileType::Unknown
    }

    fn write(&self, bytes: &[u8]) -> Attempt<usize> {
        self.buffer.put(bytes)
    }

    fn ready(&self, direction: Direction) -> Tried<Readiness, Interest> {
        self.buffer.ready(direction)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.buffer.end(Ok(()));
        self.buffer.wait_abandoned(PATIENCE);
    }
}
