//! What a backend supplies: [`Host`] and the two kinds of memory it reaches, [`Words`] and [`GuestMemory`].
//!
//! # For backend authors
//! Implement these traits, give every guest thread the imports that call [`Threads`](crate::Threads), and run
//! [`StartJob::run`](crate::StartJob::run) on each host thread that [`Host::launch`] starts. What spawn, join, a mutex,
//! an exit or a deadlock *means* is decided above these traits, once for all hosts. Implementations must not decide it
//! again.
//!
//! Who checks what: every index of a control word comes from this crate and is in range, so a host need not check it.
//! Every guest address comes from the guest and may be anything: [`GuestMemory`] checks each one.
//!
//! `capability` says what not every host can do, `guest_bytes` is a piece of guest memory to be read once, `job` is a
//! thread on its way to a host thread, `unwind` why a guest's call does not return, `answer` the value of one that
//! does, `tried` one attempt at a call that may have to wait for the outside. What any of it means for threads does not
//! come in here.

use alloc::string::String;

mod answer;
mod capability;
mod guest_bytes;
mod job;
mod tried;
mod unwind;

pub use self::{
    answer::Answer,
    capability::{Capabilities, Capability},
    guest_bytes::GuestBytes,
    job::StartJob,
    tried::Tried,
    unwind::{Call, Unwind},
};
use crate::{abi::Status, outcome::Event};

/// The control words of one process: 32-bit words that all its threads and its embedder can reach, and its guest
/// cannot.
///
/// Every operation is sequentially consistent, as JavaScript's `Atomics` are, so that no protocol can depend on an
/// ordering that some host lacks.
pub trait Words {
    /// Reads a word.
    fn load(&self, at: u32) -> u32;
    /// Writes a word.
    fn store(&self, at: u32, value: u32);
    /// Writes a word and returns what it held.
    fn swap(&self, at: u32, value: u32) -> u32;
    /// Writes `new` if the word holds `current`.
    ///
    /// # Errors
    /// What the word held, if that was not `current`. It does not fail spuriously.
    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32>;
    /// Adds, wrapping, and returns what the word held.
    fn fetch_add(&self, at: u32, value: u32) -> u32;
    /// Subtracts, wrapping, and returns what the word held.
    fn fetch_sub(&self, at: u32, value: u32) -> u32;
    /// Sets bits and returns what the word held.
    fn fetch_or(&self, at: u32, bits: u32) -> u32;
    /// A sequentially consistent fence, also between the guest's memory and the words.
    fn fence(&self);
}

/// Why a guest's address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemoryFault {
    /// The access reaches past the end of memory.
    #[error("the address lies outside the guest's memory")]
    OutOfBounds,
    /// The address is not a multiple of the access's size.
    #[error("the address is not aligned to the size of the access")]
    Unaligned,
}

/// The guest's shared memory. Every access is checked; every atomic one is sequentially consistent, as wasm's are.
///
/// The guest changes this memory at the same time, from all its threads: two reads of one address may differ.
pub trait GuestMemory {
    /// The size in bytes. It may grow at any time and never shrinks.
    fn byte_len(&self) -> u64;
    /// An atomic load of an aligned 32-bit word.
    ///
    /// # Errors
    /// [`MemoryFault`]
    fn load32(&self, addr: u64) -> Result<u32, MemoryFault>;
    /// An atomic load of an aligned 64-bit word.
    ///
    /// # Errors
    /// [`MemoryFault`]
    fn load64(&self, addr: u64) -> Result<u64, MemoryFault>;
    /// An atomic store of an aligned 32-bit word.
    ///
    /// # Errors
    /// [`MemoryFault`]
    fn store32(&self, addr: u64, value: u32) -> Result<(), MemoryFault>;
    /// An atomic store of an aligned 64-bit word.
    ///
    /// # Errors
    /// [`MemoryFault`]
    fn store64(&self, addr: u64, value: u64) -> Result<(), MemoryFault>;
    /// Writes `new` if the aligned 32-bit word holds `current`. The inner result is that of
    /// [`Words::compare_exchange`].
    ///
    /// # Errors
    /// [`MemoryFault`]
    fn compare_exchange32(&self, addr: u64, current: u32, new: u32) -> Result<Result<u32, u32>, MemoryFault>;
    /// Copies bytes out of the guest, with any alignment. The guest may change them meanwhile: each byte is a value
    /// that was there at some moment.
    ///
    /// # Errors
    /// [`MemoryFault::OutOfBounds`]; then nothing is copied.
    fn read(&self, addr: u64, into: &mut [u8]) -> Result<(), MemoryFault>;
    /// Copies bytes into the guest, to an address with any alignment. Threads that read them meanwhile may see only
    /// some of them: to publish them, store an aligned word afterwards.
    ///
    /// # Errors
    /// [`MemoryFault::OutOfBounds`]; then nothing is copied.
    fn write(&self, addr: u64, bytes: &[u8]) -> Result<(), MemoryFault>;
    /// Adds pages of 64 KiB and returns how many there were before, or `None` if the maximum or the host forbids it.
    fn grow(&self, pages: u64) -> Option<u64>;
}

/// A guest's output stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// Why a host thread could not be launched. The job is given back, so that nothing it holds is lost.
#[derive(Debug)]
pub struct LaunchError {
    /// The job that was not run.
    pub job: StartJob,
    /// Why not.
    pub reason: String,
}

/// The primitives that a backend supplies for one process. Cheap to clone: a clone reaches the same process.
///
/// A host is used by one thread at a time; to use it from another, send a clone there (natively), or make another one
/// over the same words and memory (on the web, where no Rust object can be reached from two workers).
pub trait Host: Clone {
    /// The control words.
    type Words: Words + ?Sized;
    /// The guest's memory.
    type Memory: GuestMemory + ?Sized;
    /// What a thread can wait for outside its process, such as descriptors, times and answers: any number of them at
    /// once. [`Infallible`](core::convert::Infallible) on a host that has no such thing.
    type Interests;

    /// The process's control words: as many as [`Config::words`](crate::Config::words) says, all zero before the
    /// process was created over them.
    fn words(&self) -> &Self::Words;

    /// The process's memory.
    fn memory(&self) -> &Self::Memory;

    /// Blocks while the word holds `expected`, at most until [`now`](Host::now) reaches `deadline`. It may return
    /// spuriously at any time; the caller checks again.
    ///
    /// # Blocking
    /// This and [`park_outside`](Host::park_outside) are the primitives that block. With a deadline in the past it
    /// returns at once.
    fn park(&self, word: u32, expected: u32, deadline: Option<u64>);

    /// Blocks as [`park`](Host::park) does, but returns also when any of the interests has come about. What came about
    /// between the attempt that gave the interests and this call must not be missed.
    ///
    /// # Blocking
    /// Until then.
    fn park_outside(&self, word: u32, expected: u32, deadline: Option<u64>, interests: &Self::Interests);

    /// Wakes one thread that is parked on the word, if there is one. The word has been changed before. Waking more is
    /// wasteful but harmless.
    fn unpark_one(&self, word: u32) {
        self.unpark_all(word);
    }

    /// Wakes every thread that is parked on the word. The word has been changed before.
    fn unpark_all(&self, word: u32);

    /// Has a host thread [run](StartJob::run) the job, exactly once. The thread's name may be empty; it is for the host
    /// thread, where those have names.
    ///
    /// # Errors
    /// [`LaunchError`] with the job if there is no thread for it; the guest gets `AGAIN`.
    ///
    /// # Blocking
    /// Must not wait for the thread to run: the caller may block right away without ever returning to an event loop.
    fn launch(&self, job: StartJob, name: &str) -> Result<(), LaunchError>;

    /// Makes threads of this process that compute, and so look at no control word, notice that
    /// [the process has ended](crate::Process::has_ended). Called after that is visible, with the number of threads
    /// that are still alive: the caller is one of them, unless it is the embedder.
    fn interrupt(&self, live: u32);

    /// Monotonic nanoseconds, from one origin for all the process's threads.
    fn now(&self) -> u64;

    /// How many threads can actually run in parallel: at least 1.
    fn parallelism(&self) -> u32;

    /// Lets other threads run, if the platform has such a call.
    fn yield_now(&self);

    /// Writes the guest's bytes to one of its streams: all of them, or as many as the stream takes without blocking.
    /// Those that it wrote it consumes, and is called again with the rest when an interest has come about. No other call
    /// writes to the stream until it is done, so that no two calls' bytes are interleaved.
    ///
    /// # Blocking
    /// It should not: a thread cannot be stopped meanwhile.
    fn write(&self, stream: Stream, bytes: &mut GuestBytes<'_, Self::Memory>) -> Tried<Status, Self::Interests>;

    /// Tells the embedder what happened. It must not call back into the process. If it panics, the process ends.
    fn event(&self, event: &Event) {
        let _ = event;
    }

    /// What this host can do.
    fn capabilities(&self) -> Capabilities;
}
