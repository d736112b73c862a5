//! Regular files of the host.

use std::{
    fs::File as StdFile,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::FileExt as _,
};

use rustix::{
    fs::{Timespec, Timestamps, UTIME_NOW, UTIME_OMIT},
    io::retry_on_intr,
};

use super::{
    errno::{errno, error},
    metadata,
};
use crate::{
    abi::{
        Errno, Result,
        flags::{SEEK_CUR, SEEK_SET},
    },
    system::{Cursor, File, Metadata, Time, Times},
};

/// A regular file. Its calls go to the disk, and are not interrupted.
pub(super) struct HostFile {
    pub(super) file: StdFile,
    /// Whether others share its cursor.
    pub(super) is_shared: bool,
}

impl File for HostFile {
    fn metadata(&self) -> Result<Metadata> {
        rustix::fs::fstat(&self.file).map(|stat| metadata(&stat)).map_err(errno)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        retry_on_intr(|| rustix::io::pread(&self.file, &mut *into, offset)).map_err(errno)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<usize> {
        self.file.write_at(bytes, offset).map_err(|e| error(&e))
    }

    fn append(&self, bytes: &[u8]) -> Result<(usize, u64)> {
        append(&self.file, bytes)
    }

    fn set_len(&self, len: u64) -> Result<()> {
        retry_on_intr(|| rustix::fs::ftruncate(&self.file, len)).map_err(errno)
    }

    #[cfg(target_os = "linux")]
    fn allocate(&self, len: u64) -> Result<()> {
        retry_on_intr(|| rustix::fs::fallocate(&self.file, rustix::fs::FallocateFlags::empty(), 0, len)).map_err(errno)
    }

    fn set_times(&self, times: Times) -> Result<()> {
        rustix::fs::futimens(&self.file, &timestamps(times)).map_err(errno)
    }

    fn sync(&self, only_data: bool) -> Result<()> {
        let synced = if only_data { self.file.sync_data() } else { self.file.sync_all() };
        synced.map_err(|e| error(&e))
    }

    fn cursor(&self) -> Option<&dyn Cursor> {
        self.is_shared.then_some(self)
    }
}

/// Writes at the end in one step, whoever else writes. The file's own cursor, which is used for nothing else, tells where
/// that was: the caller lets one thread at a time append.
#[cfg(target_os = "linux")]
fn append(file: &StdFile, bytes: &[u8]) -> Result<(usize, u64)> {
    let append = || {
        let bytes = [std::io::IoSlice::new(bytes)];
        rustix::io::pwritev2(file, &bytes, u64::MAX, rustix::io::ReadWriteFlags::APPEND)
    };
    let len = retry_on_intr(append).map_err(errno)?;
    Ok((len, rustix::fs::tell(file).map_err(errno)?))
}

/// Where there is no such call, others may write in between.
#[cfg(not(target_os = "linux"))]
fn append(file: &StdFile, bytes: &[u8]) -> Result<(usize, u64)> {
    let end = rustix::fs::fstat(file).map_err(errno)?.st_size as u64;
    let len = file.write_at(bytes, end).map_err(|e| error(&e))?;
    Ok((len, end + len as u64))
}

impl Cursor for HostFile {
    fn read(&self, into: &mut [u8]) -> Result<usize> {
        loop {
            match (&self.file).read(into) {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => (),
                result => return result.map_err(|e| error(&e)),
            }
        }
    }

    fn write(&self, bytes: &[u8]) -> Result<usize> {
        loop {
            match (&self.file).write(bytes) {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => (),
                result => return result.map_err(|e| error(&e)),
            }
        }
    }

    fn seek(&self, offset: i64, whence: u32) -> Result<u64> {
        let to = match whence {
            SEEK_SET => SeekFrom::Start(u64::try_from(offset).map_err(|_| Errno::Invalid)?),
            SEEK_CUR => SeekFrom::Current(offset),
            _ => SeekFrom::End(offset),
        };
        (&self.file).seek(to).map_err(|e| error(&e))
    }
}

/// Times as the system takes them.
pub(super) fn timestamps(times: Times) -> Timestamps {
    let time = |time: Option<Time>| match time {
        None => Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT as _ },
        Some(Time::Now) => Timespec { tv_sec: 0, tv_nsec: UTIME_NOW as _ },
        Some(Time::At(at)) => Timespec { tv_sec: (at / 1_000_000_000) as _, tv_nsec: (at % 1_000_000_000) as _ },
    };
    Timestamps { last_access: time(times.accessed), last_modification: time(times.modified) }
}
