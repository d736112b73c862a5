//! The host's own directories, standard streams and sockets, on Unix.
//!
//! `directory` and `file`: a directory and what is beneath it; cap-primitives sees to it that nothing else is reached.
//! `stream`: descriptors without a cursor, never waited for. `socket`: listeners. `inherit`: the streams that the host
//! was started with. `errno`: what the system says, as the guest hears it.

mod directory;
mod errno;
mod file;
mod inherit;
mod socket;
mod stream;

pub use directory::HostDirectory;
pub(crate) use inherit::inherit;
pub(crate) use socket::HostListener;

use rustix::fs::{FileType as HostType, Stat};

use crate::system::{FileType, Metadata};

/// What a file is.
fn kind(of: HostType) -> FileType {
    match of {
        HostType::RegularFile => FileType::RegularFile,
        HostType::Directory => FileType::Directory,
        HostType::Symlink => FileType::SymbolicLink,
        HostType::CharacterDevice => FileType::CharacterDevice,
        HostType::BlockDevice => FileType::BlockDevice,
        HostType::Socket => FileType::SocketStream,
        _ => FileType::Unknown,
    }
}

/// A time as nanoseconds since 1970; those before it are 0.
fn nanos(seconds: i64, nanoseconds: i64) -> u64 {
    let nanos = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
    u64::try_from(nanos.max(0)).unwrap_or(u64::MAX)
}

/// Attributes. The widths of the system's numbers differ.
#[expect(clippy::useless_conversion, clippy::unnecessary_cast, reason = "not everywhere")]
fn metadata(stat: &Stat) -> Metadata {
    Metadata {
        device: stat.st_dev as u64,
        inode: stat.st_ino as u64,
        kind: kind(HostType::from_raw_mode(stat.st_mode.into())),
        links: stat.st_nlink as u64,
        size: stat.st_size as u64,
        accessed: nanos(stat.st_atime as i64, stat.st_atime_nsec as i64),
        modified: nanos(stat.st_mtime as i64, stat.st_mtime_nsec as i64),
        changed: nanos(stat.st_ctime as i64, stat.st_ctime_nsec as i64),
    }
}
