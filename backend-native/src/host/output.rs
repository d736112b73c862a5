//! Where a guest's output goes.

use std::{
    io::{self, Write},
    sync::{Mutex, PoisonError},
};

use raddle_runtime_api::{GuestBytes, abi::Status};

use super::memory::Memory;

/// A stream that the threads of a process share: one call's bytes are written under one lock.
pub(crate) struct Output(Mutex<Box<dyn Write + Send>>);

impl Output {
    pub(crate) fn new(writer: impl Write + Send + 'static) -> Output {
        Output(Mutex::new(Box::new(writer)))
    }

    /// Writes all bytes and flushes.
    pub(crate) fn write(&self, bytes: &mut GuestBytes<'_, Memory>) -> Status {
        // A writer of the embedder's that panicked may be in a strange state, but it is the embedder's.
        let mut writer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut write = || -> io::Result<()> {
            while let Some(chunk) = bytes.next_chunk() {
                writer.write_all(chunk)?;
            }
            writer.flush()
        };
        // A closed pipe and the like: the guest's to notice, not the host's to end for.
        write().map_or(Status::Unsupported, |()| Status::Ok)
    }
}
