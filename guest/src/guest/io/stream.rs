//! One stream to the host, with a lock that its owner may take more than once.

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::marker::PhantomData;

use raddle_runtime_api::abi::Status;

use crate::sdk::host;
use crate::sdk::sync::raw::RawMutex;

/// What is gathered under a lock before it is given to the host, in bytes.
const CAPACITY: usize = 8 * 1024;

/// What is written to the host as `FD`. All of it is zero at first, so that a module need not store 8 KiB of buffer.
pub(super) struct Stream<const FD: i32> {
    mutex: RawMutex,
    /// How many locks the owner has taken. The owner's alone, as the buffer is.
    depth: Cell<u32>,
    buffer: RefCell<Buffer>,
}

/// Text on its way to the host. It needs no memory of the program's allocator, which may print, too.
struct Buffer {
    bytes: [u8; CAPACITY],
    len: usize,
}

// SAFETY: the cells are used by the owner of the mutex alone, which `Locked` is the proof of and `flush_own` looks for. What they
// hold may be used by any thread.
unsafe impl<const FD: i32> Sync for Stream<FD> {}

/// The lock of a stream, held.
pub(super) struct Locked<'a, const FD: i32> {
    stream: &'a Stream<FD>,
    /// Only the owner may unlock, so the lock stays on its thread.
    not_send: PhantomData<*const ()>,
}

impl<const FD: i32> Stream<FD> {
    pub(super) const fn new() -> Stream<FD> {
        let buffer = Buffer { bytes: [0; CAPACITY], len: 0 };
        Stream { mutex: RawMutex::new(), depth: Cell::new(0), buffer: RefCell::new(buffer) }
    }

    pub(super) fn lock(&self) -> Locked<'_, FD> {
        match self.mutex.lock() {
            // Of an owner that ended, what it had gathered is there and nothing else: a lock lends nothing that another thread
            // could still have.
            Ok(()) | Err(Status::OwnerDied) => self.depth.set(1),
            // The caller owns it. Locks can be leaked, so a program can make the depth wrap unless that is checked.
            Err(Status::Deadlock) => {
                self.depth.set(self.depth.get().checked_add(1).expect("an output is locked too often"));
            }
            Err(status) => panic!("the host refused to lock an output: {}", status.name()),
        }
        Locked { stream: self, not_send: PhantomData }
    }

    /// Gives the host what the calling thread has gathered under a lock that it still has. What other threads have gathered, and
    /// a write that is under way, is left alone.
    pub(super) fn flush_own(&self) {
        if self.mutex.is_own()
            && let Ok(mut buffer) = self.buffer.try_borrow_mut()
        {
            // The process is about to end, and nobody is left to be told.
            let _ = self.empty(&mut buffer);
        }
    }

    /// Gives the host what is gathered. What it refuses is lost, not tried again.
    fn empty(&self, buffer: &mut Buffer) -> io::Result<()> {
        match std::mem::take(&mut buffer.len) {
            0 => Ok(()),
            len => self.give(&buffer.bytes[..len]),
        }
    }

    fn give(&self, bytes: &[u8]) -> io::Result<()> {
        host::write(FD, bytes).map_err(refused)
    }
}

/// Why the host does not take the text.
fn refused(status: Status) -> io::Error {
    match status {
        Status::Unsupported => {
            io::Error::new(ErrorKind::BrokenPipe, "the stream takes no more: it is closed, or its disk is full")
        }
        Status::Again => io::Error::new(ErrorKind::QuotaExceeded, "the limit on output is reached"),
        status => io::Error::other(format!("the host answered {}", status.name())),
    }
}

impl<const FD: i32> Locked<'_, FD> {
    /// Takes all the bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let buffer = &mut *self.stream.buffer.borrow_mut();
        if buffer.len + bytes.len() > CAPACITY {
            self.stream.empty(buffer)?;
        }
        match buffer.bytes[buffer.len..].get_mut(..bytes.len()) {
            Some(room) => room.copy_from_slice(bytes),
            None => return self.stream.give(bytes),
        }
        buffer.len += bytes.len();
        Ok(())
    }

    /// Gives the host what is gathered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.stream.empty(&mut self.stream.buffer.borrow_mut())
    }
}

impl<const FD: i32> Drop for Locked<'_, FD> {
    fn drop(&mut self) {
        let depth = self.stream.depth.get() - 1;
        self.stream.depth.set(depth);
        if depth == 0 {
            // As with `std`, whoever wants to know of an error flushes.
            let _ = self.flush();
            self.stream.mutex.unlock().expect("the owner of an output's lock unlocks it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdk::panic::caught;

    #[test]
    fn locks_are_counted_as_far_as_the_count_goes() {
        static STREAM: Stream<1> = Stream::new();
        let first = STREAM.lock();
        STREAM.depth.set(u32::MAX - 1);
        std::mem::forget(STREAM.lock());
        let message = caught(|| drop(STREAM.lock()));
        assert!(message.contains("locked too often"), "{message}");
        // None of them has unlocked it.
        assert_eq!((STREAM.depth.get(), STREAM.mutex.try_lock()), (u32::MAX, Err(Status::Deadlock)));
        drop(first);
    }

    #[test]
    fn text_is_gathered_as_long_as_there_is_room() {
        let stream = Stream::<1>::new();
        let mut lock = stream.lock();
        let gathered = || stream.buffer.borrow().len;
        lock.write(&[b' '; CAPACITY - 1]).unwrap();
        lock.write(b"\n").unwrap();
        assert_eq!(gathered(), CAPACITY);
        lock.write(b"\n").unwrap();
        assert_eq!(gathered(), 1);
        // Longer than the buffer: written at once, behind what came before.
        lock.write(&[b'\n'; CAPACITY + 1]).unwrap();
        assert_eq!(gathered(), 0);
        lock.write(b"\n").unwrap();
        stream.flush_own();
        assert_eq!(gathered(), 0);
        lock.write(b"\n").unwrap();
        drop(lock);
        assert_eq!(gathered(), 0);
    }

    #[test]
    fn what_another_thread_gathers_is_left_alone() {
        let stream = Stream::<1>::new();
        let mut lock = stream.lock();
        lock.write(b"\n").unwrap();
        std::thread::scope(|scope| scope.spawn(|| stream.flush_own()).join().unwrap());
        assert_eq!(stream.buffer.borrow().len, 1);
    }

    #[test]
    fn a_refusal_says_why() {
        let said = |status| (refused(status).kind(), refused(status).to_string());
        let (kind, words) = said(Status::Unsupported);
        assert!(kind == ErrorKind::BrokenPipe && words.contains("it is closed, or its disk is full"), "{words}");
        let (kind, words) = said(Status::Again);
        assert!(kind == ErrorKind::QuotaExceeded && words.contains("limit on output"), "{words}");
        assert!(said(Status::Fault).1.contains("FAULT"));
    }
}
