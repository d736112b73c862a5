//! A guest: a memory, a state, and calls by their names.

use std::{
    sync::{Arc, Mutex},
    task::{Wake, Waker},
    thread::{self, Thread},
    time::Duration,
};

use raddle_runtime_api::{GuestMemory, PAGE, Tried, memory_host::PlainMemory};
use raddle_wasi::{
    Interests, Source, State, Wasi,
    abi::{Errno, imports},
};

/// Where a guest's results go.
pub(crate) const OUT: u32 = 16;
/// Where vectors of buffers are.
const VECTORS: u32 = 1024;
/// Where bytes are given.
pub(crate) const INPUT: u32 = 8192;
/// Where bytes are got.
pub(crate) const OUTPUT: u32 = PAGE as u32;
/// How many bytes the memory has.
pub(crate) const SIZE: u32 = 8 * PAGE as u32;

pub(crate) struct Guest {
    pub(crate) state: State,
    pub(crate) memory: PlainMemory,
    /// One call of a test at a time uses the memory.
    lock: Mutex<()>,
}

impl Guest {
    pub(crate) fn new(wasi: Wasi) -> Guest {
        let pages = u64::from(SIZE) / PAGE;
        Guest { state: wasi.build().unwrap(), memory: PlainMemory::new(pages, pages), lock: Mutex::new(()) }
    }

    /// One attempt at a call.
    pub(crate) fn attempt(&self, name: &str, args: &[i64]) -> Tried<Errno, Interests> {
        self.state.calls(&self.memory).call_import(imports::find(name).unwrap(), args)
    }

    /// A call, waiting as long as it has to.
    pub(crate) fn call(&self, name: &str, args: &[i64]) -> Errno {
        let calls = self.state.calls(&self.memory);
        loop {
            match calls.call_import(imports::find(name).unwrap(), args) {
                Tried::Done(errno) => return errno,
                Tried::NotYet(interests) => wait(&interests),
            }
        }
    }

    /// A call that succeeds.
    #[track_caller]
    pub(crate) fn ok(&self, name: &str, args: &[i64]) {
        assert_eq!(self.call(name, args), Errno::Success, "{name}");
    }

    /// A call that would wait.
    #[track_caller]
    pub(crate) fn waits(&self, name: &str, args: &[i64]) -> Interests {
        match self.attempt(name, args) {
            Tried::NotYet(interests) => interests,
            Tried::Done(errno) => panic!("{name} is done: {errno}"),
        }
    }

    pub(crate) fn u16(&self, at: u32) -> u16 {
        let mut bytes = [0; 2];
        self.memory.read(at.into(), &mut bytes).unwrap();
        u16::from_le_bytes(bytes)
    }

    pub(crate) fn u32(&self, at: u32) -> u32 {
        self.memory.load32(at.into()).unwrap()
    }

    pub(crate) fn u64(&self, at: u32) -> u64 {
        self.memory.load64(at.into()).unwrap()
    }

    pub(crate) fn bytes(&self, at: u32, len: u32) -> Vec<u8> {
        let mut bytes = vec![0; len as usize];
        self.memory.read(at.into(), &mut bytes).unwrap();
        bytes
    }

    pub(crate) fn put(&self, at: u32, bytes: &[u8]) {
        self.memory.write(at.into(), bytes).unwrap();
    }

    /// Vectors of buffers, for a call: their address and how many.
    pub(crate) fn vectors(&self, buffers: &[(u32, u32)]) -> [i64; 2] {
        for (index, &(address, len)) in buffers.iter().enumerate() {
            self.put(VECTORS + index as u32 * 8, &address.to_le_bytes());
            self.put(VECTORS + index as u32 * 8 + 4, &len.to_le_bytes());
        }
        [VECTORS.into(), buffers.len() as i64]
    }

    /// Writes bytes to a descriptor, and answers how many were written.
    pub(crate) fn write(&self, fd: u32, bytes: &[u8]) -> Result<usize, Errno> {
        let _lock = self.lock.lock();
        self.put(INPUT, bytes);
        let [iovs, count] = self.vectors(&[(INPUT, bytes.len() as u32)]);
        self.done(self.call("fd_write", &[fd.into(), iovs, count, OUT.into()]))
    }

    /// Reads at most so many bytes from a descriptor.
    pub(crate) fn read(&self, fd: u32, len: u32) -> Result<Vec<u8>, Errno> {
        let _lock = self.lock.lock();
        let [iovs, count] = self.vectors(&[(OUTPUT, len)]);
        let len = self.done(self.call("fd_read", &[fd.into(), iovs, count, OUT.into()]))?;
        Ok(self.bytes(OUTPUT, len as u32))
    }

    /// What a call that stores how much it did has answered.
    pub(crate) fn done(&self, errno: Errno) -> Result<usize, Errno> {
        if errno == Errno::Success { Ok(self.u32(OUT) as usize) } else { Err(errno) }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for the interests, as a host does: for a signal with a waker, for descriptors with `poll`. A test that uses
/// both would wait for one after the other.
pub(crate) fn wait(interests: &Interests) {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let patience = interests.after.map_or(Duration::from_secs(20), Duration::from_nanos);
    let mut is_waiting = true;
    for interest in &interests.sources {
        if let Source::Signal(signal, count) = &interest.source {
            is_waiting &= signal.watch(*count, &waker);
        }
    }
    let has_descriptors = wait_descriptors(interests, patience);
    if is_waiting && !has_descriptors {
        thread::park_timeout(patience);
    }
}

#[cfg(unix)]
fn wait_descriptors(interests: &Interests, patience: Duration) -> bool {
    use raddle_wasi::Direction;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let mut fds: Vec<_> = interests
        .sources
        .iter()
        .filter_map(|interest| match &interest.source {
            Source::Descriptor(fd) if interest.direction == Direction::Read => Some(PollFd::new(fd, PollFlags::IN)),
            Source::Descriptor(fd) => Some(PollFd::new(fd, PollFlags::OUT)),
            _ => None,
        })
        .collect();
    if fds.is_empty() {
        return false;
    }
    let timeout = Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: patience.subsec_nanos().into() };
    poll(&mut fds, Some(&timeout)).unwrap();
    true
}

#[cfg(not(unix))]
fn wait_descriptors(_: &Interests, _: Duration) -> bool {
    false
}
