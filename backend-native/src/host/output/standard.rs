//! [`Standard`]: this program's own standard output and standard error.

use std::{
    io,
    time::{Duration, Instant},
};

use raddle_runtime_api::{Stream, Tried};

use super::TryWrite;

/// One of this program's own standard streams, written without blocking, and without a change to what it shares with
/// other programs: such a stream is inherited, and a terminal that does not block would surprise a shell.
///
/// Its bytes go past the buffers of the standard library's handles: what was printed there and not flushed comes later.
///
/// # Portability
/// On Unix a write waits as every wait does. A regular file is written at once. Elsewhere a write blocks its thread.
#[derive(Debug)]
pub struct Standard {
    stream: Stream,
    #[cfg(unix)]
    way: Option<unix::Way>,
}

impl Standard {
    /// Standard output.
    #[must_use]
    pub fn stdout() -> Standard {
        Standard::new(Stream::Stdout)
    }

    /// Standard error.
    #[must_use]
    pub fn stderr() -> Standard {
        Standard::new(Stream::Stderr)
    }

    fn new(stream: Stream) -> Standard {
        Standard {
            stream,
            #[cfg(unix)]
            way: None,
        }
    }

    /// Writes everything, also to a stream that somebody else made non-blocking, and waits while the stream takes
    /// nothing: for at most `patience`, if that is given.
    ///
    /// # Errors
    /// Of the system's, and [`TimedOut`](io::ErrorKind::TimedOut). Some of it may be written.
    ///
    /// # Blocking
    /// Until it is written.
    pub fn write_all(&mut self, mut bytes: &[u8], patience: Option<Duration>) -> io::Result<()> {
        let mut begin = Instant::now();
        while !bytes.is_empty() {
            match self.try_write(bytes)? {
                Tried::Done(0) => return Err(io::ErrorKind::WriteZero.into()),
                Tried::Done(len) => {
                    bytes = &bytes[len..];
                    begin = Instant::now();
                }
                Tried::NotYet(interests) => {
                    let left = patience.map(|patience| patience.saturating_sub(begin.elapsed()));
                    if left == Some(Duration::ZERO) {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                    interests.wait(left);
                }
            }
        }
        Ok(())
    }
}

#[cfg(not(unix))]
impl TryWrite for Standard {
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<Tried<usize, crate::Interests>> {
        use std::io::Write;

        let write = |stream: &mut dyn Write| stream.write_all(bytes).and_then(|()| stream.flush());
        match self.stream {
            Stream::Stdout => write(&mut io::stdout()),
            Stream::Stderr => write(&mut io::stderr()),
        }?;
        Ok(Tried::Done(bytes.len()))
    }
}

#[cfg(unix)]
mod unix {
    use std::{
        io::{self, IsTerminal},
        os::fd::{AsFd, BorrowedFd, OwnedFd},
        sync::Arc,
    };

    use raddle_runtime_api::{Stream, Tried};
    use rustix::{
        event::{PollFd, PollFlags, Timespec, poll},
        fs::{FileType, Stat, fstat},
        io::Errno,
        net::{SendFlags, send},
        pipe::PIPE_BUF,
    };

    use super::{Standard, TryWrite};
    use crate::machine::outside::Interests;

    /// That a send does not block, and that a reader who has gone is an error and not a signal: where there is no such
    /// flag, the standard library has the signal ignored.
    const SEND: SendFlags = {
        #[cfg(target_vendor = "apple")]
        {
            SendFlags::DONTWAIT
        }
        #[cfg(not(target_vendor = "apple"))]
        {
            SendFlags::DONTWAIT.union(SendFlags::NOSIGNAL)
        }
    };

    /// How to write to what the descriptor is now, without blocking.
    #[derive(Debug)]
    pub(super) struct Way {
        /// What it was found for: the embedder may put something else in the descriptor's place.
        device: u64,
        inode: u64,
        how: How,
    }

    #[derive(Debug, Clone)]
    enum How {
        /// A regular file, or a device that is no terminal: always ready.
        Directly,
        /// A pipe or a terminal, as an open file of our own that does not block.
        Own(Arc<OwnedFd>),
        /// A socket: the call says that it must not block.
        Socket,
        /// Anything else: after a look, so little that a pipe which takes anything takes all of it.
        Carefully,
    }

    /// The descriptor itself.
    enum Inherited {
        Stdout(io::Stdout),
        Stderr(io::Stderr),
    }

    impl Inherited {
        fn of(stream: Stream) -> Inherited {
            match stream {
                Stream::Stdout => Inherited::Stdout(io::stdout()),
                Stream::Stderr => Inherited::Stderr(io::stderr()),
            }
        }

        fn is_terminal(&self) -> bool {
            match self {
                Inherited::Stdout(stream) => stream.is_terminal(),
                Inherited::Stderr(stream) => stream.is_terminal(),
            }
        }
    }

    impl AsFd for Inherited {
        fn as_fd(&self) -> BorrowedFd<'_> {
            match self {
                Inherited::Stdout(stream) => stream.as_fd(),
                Inherited::Stderr(stream) => stream.as_fd(),
            }
        }
    }

    impl Way {
        #[allow(clippy::unnecessary_cast, reason = "the types differ between systems")]
        fn is_for(&self, stat: &Stat) -> bool {
            (self.device, self.inode) == (stat.st_dev as u64, stat.st_ino as u64)
        }

        #[allow(clippy::unnecessary_cast, reason = "the types differ between systems")]
        fn find(inherited: &Inherited, stat: &Stat) -> Way {
            let mut way = Way { device: stat.st_dev as u64, inode: stat.st_ino as u64, how: How::Carefully };
            way.how = match FileType::from_raw_mode(stat.st_mode) {
                FileType::Socket => How::Socket,
                FileType::Fifo => reopen(inherited, &way).unwrap_or(How::Carefully),
                FileType::CharacterDevice if inherited.is_terminal() => {
                    reopen(inherited, &way).unwrap_or(How::Carefully)
                }
                _ => How::Directly,
            };
            way
        }
    }

    /// The same pipe or terminal as an open file of our own: what does not block then is that file alone.
    #[cfg(target_os = "linux")]
    fn reopen(inherited: &Inherited, way: &Way) -> Option<How> {
        use std::os::fd::AsRawFd;

        use rustix::fs::{Mode, OFlags, open};

        let path = format!("/proc/self/fd/{}", inherited.as_fd().as_raw_fd());
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let own = open(path, flags, Mode::empty()).ok()?;
        way.is_for(&fstat(&own).ok()?).then(|| How::Own(Arc::new(own)))
    }

    #[cfg(not(target_os = "linux"))]
    fn reopen(_: &Inherited, _: &Way) -> Option<How> {
        None
    }

    fn is_writable(inherited: &Inherited) -> bool {
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut [PollFd::new(inherited, PollFlags::OUT)], Some(&now)) != Ok(0)
    }

    impl TryWrite for Standard {
        fn try_write(&mut self, bytes: &[u8]) -> io::Result<Tried<usize, Interests>> {
            let inherited = Inherited::of(self.stream);
            let stat = match fstat(&inherited) {
                Ok(stat) => stat,
                // Nothing is there to write to. It is taken as the standard library takes it.
                Err(Errno::BADF) => return Ok(Tried::Done(bytes.len())),
                Err(error) => return Err(error.into()),
            };
            if self.way.as_ref().is_none_or(|way| !way.is_for(&stat)) {
                self.way = Some(Way::find(&inherited, &stat));
            }
            let how = self.way.as_ref().map_or(How::Carefully, |way| way.how.clone());
            loop {
                let written = match &how {
                    How::Directly => rustix::io::write(&inherited, bytes),
                    How::Own(own) => rustix::io::write(own, bytes),
                    How::Socket => send(&inherited, bytes, SEND),
                    How::Carefully if !is_writable(&inherited) => Err(Errno::AGAIN),
                    How::Carefully => rustix::io::write(&inherited, &bytes[..bytes.len().min(PIPE_BUF)]),
                };
                return match written {
                    Ok(len) => Ok(Tried::Done(len)),
                    Err(Errno::INTR) => continue,
                    Err(Errno::AGAIN) => Ok(Tried::NotYet(match how {
                        How::Own(own) => Interests::new().writable(own),
                        _ => Interests::new().writable(inherited),
                    })),
                    Err(error) => Err(error.into()),
                };
            }
        }
    }
}
