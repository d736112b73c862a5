//! Streams in memory: bytes given, bytes collected, and a sink.

use std::sync::{Arc, Mutex};

use raddle_runtime_api::Tried;

use crate::{
    abi::Errno,
    system::{Attempt, Direction, FileType, Interest, Readiness, Stream},
    table::lock,
};

/// What takes everything.
pub(crate) struct Sink;

impl Stream for Sink {
    fn kind(&self) -> FileType {
        FileType::Unknown
    }

    fn write(&self, bytes: &[u8]) -> Attempt<usize> {
        Tried::Done(Ok(bytes.len()))
    }

    fn ready(&self, _: Direction) -> Tried<Readiness, Interest> {
        Tried::Done(Readiness::default())
    }
}

/// Bytes to be read.
pub(crate) struct Bytes {
    bytes: Vec<u8>,
    at: Mutex<usize>,
}

impl Bytes {
    pub(crate) fn new(bytes: Vec<u8>) -> Bytes {
        Bytes { bytes, at: Mutex::new(0) }
    }
}

impl Stream for Bytes {
    fn kind(&self) -> FileType {
        FileType::Unknown
    }

    fn read(&self, into: &mut [u8]) -> Attempt<usize> {
        let mut at = lock(&self.at);
        let len = into.len().min(self.bytes.len() - *at);
        into[..len].copy_from_slice(&self.bytes[*at..][..len]);
        *at += len;
        Tried::Done(Ok(len))
    }

    fn ready(&self, _: Direction) -> Tried<Readiness, Interest> {
        let left = self.bytes.len() - *lock(&self.at);
        Tried::Done(Readiness { bytes: left as u64, hangup: left == 0 })
    }
}

/// What a process has written. A clone is the same.
#[derive(Debug, Clone)]
pub struct Collected {
    bytes: Arc<Mutex<Vec<u8>>>,
    limit: usize,
}

impl Collected {
    pub(crate) fn new(limit: usize) -> Collected {
        Collected { bytes: Arc::default(), limit }
    }

    /// All that was written so far.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        lock(&self.bytes).clone()
    }
}

impl Stream for Collected {
    fn kind(&self) -> FileType {
        FileType::Unknown
    }

    fn write(&self, bytes: &[u8]) -> Attempt<usize> {
        let mut collected = lock(&self.bytes);
        let len = bytes.len().min(self.limit - collected.len());
        if len == 0 {
            return Tried::Done(Err(Errno::NoSpace));
        }
        collected.extend_from_slice(&bytes[..len]);
        Tried::Done(Ok(len))
    }

    fn ready(&self, _: Direction) -> Tried<Readiness, Interest> {
        Tried::Done(Readiness::default())
    }
}
