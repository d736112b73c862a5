//! [`Bell`]: a descriptor that another thread can make readable.

use std::{
    io,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
};

/// An eventfd, or a pipe where the system has no such thing.
#[derive(Debug)]
pub(super) struct Bell {
    /// Becomes readable.
    read: OwnedFd,
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    write: OwnedFd,
}

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Bell {
    pub(super) fn new() -> io::Result<Bell> {
        use rustix::event::{EventfdFlags, eventfd};

        Ok(Bell { read: eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)? })
    }

    fn write(&self) -> BorrowedFd<'_> {
        self.read.as_fd()
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl Bell {
    pub(super) fn new() -> io::Result<Bell> {
        use rustix::io::{FdFlags, fcntl_setfd, ioctl_fionbio};

        let (read, write) = rustix::pipe::pipe()?;
        for end in [&read, &write] {
            fcntl_setfd(end, FdFlags::CLOEXEC)?;
            ioctl_fionbio(end, true)?;
        }
        Ok(Bell { read, write })
    }

    fn write(&self) -> BorrowedFd<'_> {
        self.write.as_fd()
    }
}

impl Bell {
    /// Makes it readable, until it is silenced.
    pub(super) fn ring(&self) {
        // It fails only when so much was written that it is readable anyway.
        let _ = rustix::io::write(self.write(), &1_u64.to_ne_bytes());
    }

    /// Makes it unreadable.
    pub(super) fn silence(&self) {
        let mut rung = [0; 64];
        while matches!(rustix::io::read(&self.read, &mut rung), Ok(len) if len == rung.len()) {}
    }
}

impl AsFd for Bell {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.read.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::*;

    fn is_readable(bell: &Bell) -> bool {
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut [PollFd::new(bell, PollFlags::IN)], Some(&now)).expect("a poll") == 1
    }

    #[test]
    fn it_is_readable_from_a_ring_until_it_is_silenced() {
        let bell = Bell::new().expect("a descriptor");
        assert!(!is_readable(&bell));
        for rings in [1, 2, 100] {
            (0..rings).for_each(|_| bell.ring());
            assert!(is_readable(&bell));
            bell.silence();
            assert!(!is_readable(&bell), "after {rings}");
        }
    }
}
