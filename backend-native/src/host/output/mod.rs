//! Where a guest's output goes.
//!
//! This file has [`TryWrite`], what a stream can do, and [`Output`], which gives a guest's bytes to one. `standard` is
//! this program's own streams, `pump` a thread that writes to any other writer of the embedder's.
//!
//! That the bytes of one call stay together is the protocol's: one thread at a time writes to a stream.

mod pump;
mod standard;

use std::{
    io::{self, Write},
    sync::{Mutex, PoisonError},
};

use raddle_runtime_api::{GuestBytes, Tried, abi::Status};

use self::pump::Pump;
pub use self::standard::Standard;
use super::memory::Memory;
use crate::machine::{os_threads::OsThreads, outside::Interests};

/// A stream that is written without blocking, so that a guest's thread can be stopped while it waits to write.
pub trait TryWrite: Send {
    /// Writes some of the bytes, at least one, and says how many; or none, and says what to wait for. Then it is called
    /// again with the same bytes. There is at least one, and at most 64 KiB. Nothing may be left in a buffer that only
    /// a later call would empty.
    ///
    /// # Errors
    /// The stream takes no more. The guest gets `UNSUPPORTED`.
    ///
    /// # Blocking
    /// Never.
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<Tried<usize, Interests>>;
}

/// A stream of a process.
pub(crate) struct Output {
    stream: Mutex<Box<dyn TryWrite>>,
    /// What is to come to rest when the process is complete.
    pump: Option<pump::Handle>,
}

impl Output {
    /// Output to a stream that does not block.
    pub(crate) fn new(stream: impl TryWrite + 'static) -> Output {
        Output { stream: Mutex::new(Box::new(stream)), pump: None }
    }

    /// Output to a writer that may block, by a thread of its own.
    pub(crate) fn pumped(writer: impl Write + Send + 'static, threads: OsThreads) -> Output {
        let pump = Pump::new(Box::new(writer), threads);
        let handle = pump.handle();
        Output { stream: Mutex::new(Box::new(pump)), pump: Some(handle) }
    }

    /// Writes what can be written without blocking.
    pub(crate) fn write(&self, bytes: &mut GuestBytes<'_, Memory>) -> Tried<Status, Interests> {
        // A stream of the embedder's that panicked may be in a strange state, but it is the embedder's.
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(chunk) = bytes.peek() {
            match stream.try_write(chunk) {
                Ok(Tried::Done(len)) if len > 0 => bytes.consume(len),
                Ok(Tried::NotYet(interests)) => return Tried::NotYet(interests),
                // A closed pipe and the like: the guest's to notice, not the host's to end for.
                Ok(Tried::Done(_)) | Err(_) => return Tried::Done(Status::Unsupported),
            }
        }
        Tried::Done(Status::Ok)
    }

    /// Lets what is being written be written, for a while. The process is complete, and nobody writes any more.
    pub(crate) fn finish(&self) {
        if let Some(pump) = &self.pump {
            pump.finish();
        }
    }
}
