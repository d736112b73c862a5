//! Directories of the host.

use std::{
    any::Any,
    ffi::OsStr,
    fs::File as StdFile,
    os::unix::ffi::{OsStrExt as _, OsStringExt as _},
    path::Path,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use cap_primitives::fs::{
    self as cap, DirOptions, FollowSymlinks, MetadataExt as _, OpenOptions as CapOptions, OpenOptionsExt as _,
    SystemTimeSpec,
};
use rustix::fs::{AtFlags, FileType as HostType, Mode, OFlags};

use super::{
    errno::{errno, error},
    file::{HostFile, timestamps},
    kind, metadata, nanos,
    stream::{HostStream, Way},
};
use crate::{
    Error,
    abi::{Errno, FileType, Result},
    system::{Directory, Entry, Metadata, OpenOptions, Opened, Time, Times},
};

/// A directory of the host, and all beneath it.
#[derive(Debug)]
pub struct HostDirectory(StdFile);

impl HostDirectory {
    /// Opens a directory by the host's own path.
    ///
    /// # Errors
    /// [`Error::Directory`]
    pub fn open(path: &Path) -> core::result::Result<HostDirectory, Error> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        match rustix::fs::open(path, flags, Mode::empty()) {
            Ok(fd) => Ok(HostDirectory(fd.into())),
            Err(source) => Err(Error::Directory { path: path.display().to_string(), source: source.into() }),
        }
    }

    fn open_file(&self, path: &Path, options: OpenOptions) -> Result<StdFile> {
        let writes = options.write || options.truncate;
        let mut cap = CapOptions::new();
        cap.read(options.read || !writes)
            .write(writes)
            .truncate(options.truncate)
            ._cap_fs_ext_follow(follow(options.follow));
        // A FIFO is not waited for, and a terminal does not become the host's.
        let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        if options.directory {
            flags |= OFlags::DIRECTORY;
        }
        cap.custom_flags(flags.bits().cast_signed());
        let open = |cap: &CapOptions| cap::open(&self.0, path, cap).map_err(|e| error(&e));
        if options.exclusive {
            return open(cap.write(true).create_new(true));
        }
        if !options.create || writes {
            return open(cap.create(options.create));
        }
        // A file that is there is opened for reading alone, which may be all that is allowed.
        match open(&cap) {
            Err(Errno::NotFound) => open(cap.write(true).create(true)),
            opened => opened,
        }
    }

    /// The directory of another handle, if it is one of the host's.
    fn of(other: &dyn Directory) -> Result<&StdFile> {
        other.as_any().downcast_ref().map(|HostDirectory(file)| file).ok_or(Errno::CrossDevice)
    }
}

fn follow(follow: bool) -> FollowSymlinks {
    if follow { FollowSymlinks::Yes } else { FollowSymlinks::No }
}

fn host_path(path: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(path))
}

impl Directory for HostDirectory {
    fn open(&self, path: &[u8], options: OpenOptions) -> Result<Opened> {
        let file = self.open_file(host_path(path), options)?;
        let stat = rustix::fs::fstat(&file).map_err(errno)?;
        Ok(match HostType::from_raw_mode(stat.st_mode) {
            HostType::RegularFile => Opened::File(Arc::new(HostFile { file, is_shared: false })),
            HostType::Directory => Opened::Directory(Arc::new(HostDirectory(file))),
            _ => Opened::Stream(Arc::new(HostStream::new(file.into(), Way::Own).map_err(errno)?)),
        })
    }

    fn entries(&self) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in rustix::fs::Dir::read_from(&self.0).map_err(errno)? {
            let entry = entry.map_err(errno)?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            // Not every file system says what an entry is.
            let stat = || rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW);
            let kind = match entry.file_type() {
                HostType::Unknown => stat().map_or(FileType::Unknown, |stat| metadata(&stat).kind),
                known => kind(known),
            };
            entries.push(Entry { name: name.to_bytes().into(), inode: entry.ino(), kind });
        }
        Ok(entries)
    }

    fn metadata(&self) -> Result<Metadata> {
        rustix::fs::fstat(&self.0).map(|stat| metadata(&stat)).map_err(errno)
    }

    fn metadata_at(&self, path: &[u8], follow_last: bool) -> Result<Metadata> {
        let stat = cap::stat(&self.0, host_path(path), follow(follow_last)).map_err(|e| error(&e))?;
        Ok(Metadata {
            device: stat.dev(),
            inode: stat.ino(),
            kind: kind(HostType::from_raw_mode(stat.mode())),
            links: stat.nlink(),
            size: stat.size(),
            accessed: nanos(stat.atime(), stat.atime_nsec()),
            modified: nanos(stat.mtime(), stat.mtime_nsec()),
            changed: nanos(stat.ctime(), stat.ctime_nsec()),
        })
    }

    fn read_link(&self, path: &[u8]) -> Result<Vec<u8>> {
        let target = cap::read_link_contents(&self.0, host_path(path)).map_err(|e| error(&e))?;
        Ok(target.into_os_string().into_vec())
    }

    fn set_times(&self, times: Times) -> Result<()> {
        rustix::fs::futimens(&self.0, &timestamps(times)).map_err(errno)
    }

    fn set_times_at(&self, path: &[u8], follow: bool, times: Times) -> Result<()> {
        let time = |time| match time {
            Time::Now => SystemTimeSpec::SymbolicNow,
            Time::At(at) => {
                let time = UNIX_EPOCH + Duration::from_nanos(at);
                SystemTimeSpec::Absolute(cap_primitives::time::SystemTime::from_std(time))
            }
        };
        let (accessed, modified) = (times.accessed.map(time), times.modified.map(time));
        let set = if follow { cap::set_times } else { cap::set_times_nofollow };
        set(&self.0, host_path(path), accessed, modified).map_err(|e| error(&e))
    }

    fn create_directory(&self, path: &[u8]) -> Result<()> {
        cap::create_dir(&self.0, host_path(path), &DirOptions::new()).map_err(|e| error(&e))
    }

    fn remove_directory(&self, path: &[u8]) -> Result<()> {
        cap::remove_dir(&self.0, host_path(path)).map_err(|e| error(&e))
    }

    fn remove_file(&self, path: &[u8]) -> Result<()> {
        cap::remove_file(&self.0, host_path(path)).map_err(|e| error(&e))
    }

    fn symlink(&self, target: &[u8], path: &[u8]) -> Result<()> {
        cap::symlink(host_path(target), &self.0, host_path(path)).map_err(|e| error(&e))
    }

    fn link(&self, path: &[u8], to: &dyn Directory, new_path: &[u8]) -> Result<()> {
        cap::hard_link(&self.0, host_path(path), HostDirectory::of(to)?, host_path(new_path)).map_err(|e| error(&e))
    }

    fn rename(&self, path: &[u8], to: &dyn Directory, new_path: &[u8]) -> Result<()> {
        cap::rename(&self.0, host_path(path), HostDirectory::of(to)?, host_path(new_path)).map_err(|e| error(&e))
    }

    fn sync(&self) -> Result<()> {
        self.0.sync_all().map_err(|e| error(&e))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
