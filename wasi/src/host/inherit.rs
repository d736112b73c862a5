//! The streams that the host was started with.

use std::{
    io,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::{Arc, Mutex},
};

use rustix::fs::FileType as HostType;

use super::{
    file::HostFile,
    stream::{HostStream, Way},
};
use crate::{system::Direction, table::Object};

/// A standard stream of the host, for a guest that reads or writes it.
///
/// Its open file belongs to other programs, too (to the shell, to the next of a pipeline), so it is left as it is: a
/// terminal that no longer blocks would break them.
pub(crate) fn inherit(stream: &impl AsFd, direction: Direction) -> io::Result<Object> {
    let fd = stream.as_fd();
    let stat = rustix::fs::fstat(fd)?;
    let own = || fd.try_clone_to_owned();
    let stream = match HostType::from_raw_mode(stat.st_mode) {
        HostType::RegularFile => {
            let file = HostFile { file: own()?.into(), is_shared: true };
            return Ok(Object::File { file: Arc::new(file), cursor: Mutex::new(0) });
        }
        HostType::Socket => HostStream::new(own()?, Way::Socket),
        HostType::CharacterDevice if never_waits(&stat) => HostStream::new(own()?, Way::Own),
        HostType::Fifo | HostType::CharacterDevice => match reopen(fd, &stat, direction) {
            Some(fd) => HostStream::new(fd, Way::Own),
            None => HostStream::new(own()?, Way::Shared),
        },
        _ => HostStream::new(own()?, Way::Shared),
    };
    Ok(Object::Stream(Arc::new(stream?)))
}

/// Whether it is `/dev/null`, `zero`, `full` or `urandom`.
#[cfg(target_os = "linux")]
fn never_waits(stat: &rustix::fs::Stat) -> bool {
    use rustix::fs::{major, minor};
    major(stat.st_rdev) == 1 && matches!(minor(stat.st_rdev), 3 | 5 | 7 | 9)
}

#[cfg(not(target_os = "linux"))]
fn never_waits(_: &rustix::fs::Stat) -> bool {
    false
}

/// A pipe or a terminal with an open file of our own, where the system can do that.
#[cfg(target_os = "linux")]
fn reopen(fd: BorrowedFd<'_>, stat: &rustix::fs::Stat, direction: Direction) -> Option<OwnedFd> {
    use std::os::fd::AsRawFd as _;

    use rustix::fs::{Mode, OFlags, major, minor};

    // To open other devices may do something; to open this one makes another terminal.
    let is_maker = |rdev| (major(rdev), minor(rdev)) == (5, 2);
    let is_device = HostType::from_raw_mode(stat.st_mode) == HostType::CharacterDevice;
    if is_device && (!rustix::termios::isatty(fd) || is_maker(stat.st_rdev)) {
        return None;
    }
    let access = match direction {
        Direction::Read => OFlags::RDONLY,
        Direction::Write => OFlags::WRONLY,
    };
    let flags = access | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let path = format!("/proc/self/fd/{}", fd.as_raw_fd());
    let own = rustix::fs::open(path, flags, Mode::empty()).ok()?;
    let same = rustix::fs::fstat(&own).ok()?;
    ((same.st_dev, same.st_ino) == (stat.st_dev, stat.st_ino)).then_some(own)
}

#[cfg(not(target_os = "linux"))]
fn reopen(_: BorrowedFd<'_>, _: &rustix::fs::Stat, _: Direction) -> Option<OwnedFd> {
    None
}
