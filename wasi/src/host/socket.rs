//! Listeners.

use std::{io, net::TcpListener, os::fd::OwnedFd, sync::Arc};

use raddle_runtime_api::Tried;
use rustix::io::Errno as HostErrno;

use super::{
    errno::errno,
    stream::{HostStream, Way, poll_now},
};
use crate::{
    interests::{Attempt, Direction, Interest, Source},
    system::{Listener, Readiness, Stream},
};

/// A listener of the host, which does not block.
pub(crate) struct HostListener(Arc<OwnedFd>);

impl HostListener {
    pub(crate) fn new(listener: TcpListener) -> io::Result<HostListener> {
        listener.set_nonblocking(true)?;
        Ok(HostListener(Arc::new(listener.into())))
    }

    fn interest(&self) -> Interest {
        Interest { source: Source::Descriptor(self.0.clone()), direction: Direction::Read }
    }
}

#[cfg(target_os = "linux")]
fn accept(listener: &OwnedFd) -> rustix::io::Result<OwnedFd> {
    rustix::net::accept_with(listener, rustix::net::SocketFlags::CLOEXEC)
}

#[cfg(not(target_os = "linux"))]
fn accept(listener: &OwnedFd) -> rustix::io::Result<OwnedFd> {
    let accepted = rustix::net::accept(listener)?;
    rustix::io::fcntl_setfd(&accepted, rustix::io::FdFlags::CLOEXEC)?;
    Ok(accepted)
}

impl Listener for HostListener {
    fn accept(&self) -> Attempt<Arc<dyn Stream>> {
        loop {
            let accepted = match accept(&self.0) {
                Ok(fd) => HostStream::new(fd, Way::Socket),
                Err(error) => Err(error),
            };
            return match accepted {
                Ok(stream) => Tried::Done(Ok(Arc::new(stream))),
                Err(HostErrno::AGAIN) => Tried::NotYet(self.interest()),
                // Whoever wanted to connect has gone: the next one may be there.
                Err(HostErrno::INTR | HostErrno::CONNABORTED) => continue,
                Err(error) => Tried::Done(Err(errno(error))),
            };
        }
    }

    fn ready(&self) -> Tried<Readiness, Interest> {
        if poll_now(&self.0, Direction::Read).is_empty() {
            return Tried::NotYet(self.interest());
        }
        Tried::Done(Readiness::default())
    }
}
