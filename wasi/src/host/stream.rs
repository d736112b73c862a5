//! Descriptors of the host without a cursor, which are never waited for.

use std::{
    os::fd::{AsFd as _, OwnedFd},
    sync::Arc,
};

use raddle_runtime_api::Tried;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::{Errno as HostErrno, retry_on_intr},
    net::{RecvFlags, SendFlags, Shutdown, recv, send, shutdown},
    termios::isatty,
};

use super::{errno::errno, metadata};
use crate::{
    abi::Result,
    interests::{Attempt, Direction, Interest, Source},
    system::{Connection, FileType, Metadata, Readiness, Stream},
};

/// How many bytes a pipe that is ready takes without waiting. 512 do everywhere.
const PIPE_BUF: usize = if cfg!(target_os = "linux") { 4096 } else { 512 };

/// A send neither waits nor raises a signal, where that can be said.
#[cfg(not(target_vendor = "apple"))]
const SEND: SendFlags = SendFlags::DONTWAIT.union(SendFlags::NOSIGNAL);
#[cfg(target_vendor = "apple")]
const SEND: SendFlags = SendFlags::DONTWAIT;

/// How a descriptor is kept from waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It does not block: its open file is ours, or it is a device that never does.
    Own,
    /// It is a socket: each call says that it shall not wait.
    Socket,
    /// Its open file belongs to others, too, so its flags are not ours to change: it is used when it is ready, and for no
    /// more than fits for sure.
    Shared,
}

/// A pipe, a terminal, a device, a connection.
#[derive(Debug)]
pub(super) struct HostStream {
    fd: Arc<OwnedFd>,
    way: Way,
    kind: FileType,
}

impl HostStream {
    pub(super) fn new(fd: OwnedFd, way: Way) -> rustix::io::Result<HostStream> {
        let kind = match metadata(&rustix::fs::fstat(&fd)?).kind {
            // To a guest, a character device is a terminal.
            FileType::CharacterDevice if !isatty(&fd) => FileType::Unknown,
            kind => kind,
        };
        Ok(HostStream { fd: Arc::new(fd), way, kind })
    }

    fn interest(&self, direction: Direction) -> Interest {
        Interest { source: Source::Descriptor(self.fd.clone()), direction }
    }

    /// What `poll` says now: nothing if it is not ready.
    fn poll(&self, direction: Direction) -> PollFlags {
        poll_now(&self.fd, direction)
    }

    /// One attempt at a transfer.
    fn attempt(&self, direction: Direction, transfer: impl Fn() -> rustix::io::Result<usize>) -> Attempt<usize> {
        if self.way == Way::Shared && self.poll(direction).is_empty() {
            return Tried::NotYet(self.interest(direction));
        }
        match retry_on_intr(transfer) {
            Err(HostErrno::AGAIN) => Tried::NotYet(self.interest(direction)),
            result => Tried::Done(result.map_err(errno)),
        }
    }
}

/// Whether a descriptor is ready, and how.
pub(super) fn poll_now(fd: &OwnedFd, direction: Direction) -> PollFlags {
    let flags = match direction {
        Direction::Read => PollFlags::IN,
        Direction::Write => PollFlags::OUT,
    };
    let mut fds = [PollFd::from_borrowed_fd(fd.as_fd(), flags)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    // If it cannot be asked, trying tells.
    match retry_on_intr(|| poll(&mut fds, Some(&now))) {
        Ok(_) => fds[0].revents(),
        Err(_) => PollFlags::ERR,
    }
}

impl Stream for HostStream {
    fn kind(&self) -> FileType {
        self.kind
    }

    fn read(&self, into: &mut [u8]) -> Attempt<usize> {
        let into = std::cell::RefCell::new(into);
        self.attempt(Direction::Read, || match self.way {
            Way::Socket => recv(&*self.fd, &mut **into.borrow_mut(), RecvFlags::DONTWAIT).map(|(len, _)| len),
            Way::Own | Way::Shared => rustix::io::read(&*self.fd, &mut **into.borrow_mut()),
        })
    }

    fn write(&self, bytes: &[u8]) -> Attempt<usize> {
        self.attempt(Direction::Write, || match self.way {
            Way::Socket => send(&*self.fd, bytes, SEND),
            Way::Own => rustix::io::write(&*self.fd, bytes),
            Way::Shared => rustix::io::write(&*self.fd, &bytes[..bytes.len().min(PIPE_BUF)]),
        })
    }

    fn ready(&self, direction: Direction) -> Tried<Readiness, Interest> {
        let found = self.poll(direction);
        if found.is_empty() {
            return Tried::NotYet(self.interest(direction));
        }
        let bytes = match direction {
            Direction::Read => rustix::io::ioctl_fionread(&*self.fd).unwrap_or(0),
            Direction::Write => 0,
        };
        // What is left can still be read: the other side has hung up when that is read, too.
        let hangup = found.intersects(PollFlags::HUP | PollFlags::ERR) && bytes == 0;
        Tried::Done(Readiness { bytes, hangup })
    }

    fn metadata(&self) -> Result<Metadata> {
        let metadata = metadata(&rustix::fs::fstat(&*self.fd).map_err(errno)?);
        Ok(Metadata { kind: self.kind, ..metadata })
    }

    fn connection(&self) -> Option<&dyn Connection> {
        (self.way == Way::Socket).then_some(self)
    }
}

impl Connection for HostStream {
    fn peek(&self, into: &mut [u8]) -> Attempt<usize> {
        let into = std::cell::RefCell::new(into);
        self.attempt(Direction::Read, || {
            recv(&*self.fd, &mut **into.borrow_mut(), RecvFlags::DONTWAIT | RecvFlags::PEEK).map(|(len, _)| len)
        })
    }

    fn shutdown(&self, receive: bool, send: bool) -> Result<()> {
        let how = match (receive, send) {
            (true, true) => Shutdown::Both,
            (true, false) => Shutdown::Read,
            _ => Shutdown::Write,
        };
        shutdown(&*self.fd, how).map_err(errno)
    }
}
