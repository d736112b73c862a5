//! [`Directory`]: a file system from one directory down.

use std::{any::Any, sync::Arc};

use super::{File, FileType, Metadata, Stream, Times};
use crate::abi::{Errno, Result};

/// A directory that is open, and all that is beneath it.
///
/// Paths are as [the module](super) says. `..` in them is fine as long as it stays beneath; what leads out is `PERM`.
/// Symbolic links on the way are followed, and so are those at the end where `follow` says so; one that is absolute is
/// `PERM`.
///
/// What is not overridden is refused as on a read-only file system. So an archive needs little:
///
/// ```
#[doc = include_str!("../../examples/archive.rs")]
/// ```
pub trait Directory: Send + Sync {
    /// Opens what a path names.
    ///
    /// # Errors
    /// Those of POSIX's `openat`, as the other methods have those of their namesakes.
    fn open(&self, path: &[u8], options: OpenOptions) -> Result<Opened>;

    /// All entries but `.` and `..`, in any order.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn entries(&self) -> Result<Vec<Entry>>;

    /// The attributes of the directory itself.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn metadata(&self) -> Result<Metadata>;

    /// The attributes of what a path names.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn metadata_at(&self, path: &[u8], follow: bool) -> Result<Metadata>;

    /// What a symbolic link says.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn read_link(&self, path: &[u8]) -> Result<Vec<u8>> {
        let _ = path;
        Err(Errno::Invalid)
    }

    /// Sets times of the directory itself.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn set_times(&self, times: Times) -> Result<()> {
        let _ = times;
        Err(Errno::ReadOnly)
    }

    /// Sets times of what a path names.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn set_times_at(&self, path: &[u8], follow: bool, times: Times) -> Result<()> {
        let _ = (path, follow, times);
        Err(Errno::ReadOnly)
    }

    /// Creates a directory.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn create_directory(&self, path: &[u8]) -> Result<()> {
        let _ = path;
        Err(Errno::ReadOnly)
    }

    /// Removes an empty directory.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn remove_directory(&self, path: &[u8]) -> Result<()> {
        let _ = path;
        Err(Errno::ReadOnly)
    }

    /// Removes a name that is not a directory's.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn remove_file(&self, path: &[u8]) -> Result<()> {
        let _ = path;
        Err(Errno::ReadOnly)
    }

    /// Creates a symbolic link. What it says is not absolute.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn symlink(&self, target: &[u8], path: &[u8]) -> Result<()> {
        let _ = (target, path);
        Err(Errno::ReadOnly)
    }

    /// Gives a file, or the link itself, a second name, which may be in another directory.
    ///
    /// # Errors
    /// `XDEV` if that directory is another platform's; see [`open`](Directory::open).
    fn link(&self, path: &[u8], to: &dyn Directory, new_path: &[u8]) -> Result<()> {
        let _ = (path, to, new_path);
        Err(Errno::ReadOnly)
    }

    /// Gives something another name, which may be in another directory.
    ///
    /// # Errors
    /// `XDEV` if that directory is another platform's; see [`open`](Directory::open).
    fn rename(&self, path: &[u8], to: &dyn Directory, new_path: &[u8]) -> Result<()> {
        let _ = (path, to, new_path);
        Err(Errno::ReadOnly)
    }

    /// Sees to it that the entries are on the disk.
    ///
    /// # Errors
    /// See [`open`](Directory::open).
    fn sync(&self) -> Result<()> {
        Ok(())
    }

    /// For [`link`](Directory::link) and [`rename`](Directory::rename), which must know whether the other directory is one
    /// of theirs.
    fn as_any(&self) -> &dyn Any;
}

/// How something is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are flags")]
pub struct OpenOptions {
    /// To read from it. What is opened for nothing is opened so.
    pub read: bool,
    /// To write to it: a directory is `ISDIR`.
    pub write: bool,
    /// A file is created if there is none.
    pub create: bool,
    /// With `create`: there must be none.
    pub exclusive: bool,
    /// A file becomes empty.
    pub truncate: bool,
    /// It must be a directory.
    pub directory: bool,
    /// A symbolic link at the end is followed; otherwise it is `LOOP`.
    pub follow: bool,
}

/// What was opened.
#[derive(Clone)]
pub enum Opened {
    /// A regular file.
    File(Arc<dyn File>),
    /// A directory.
    Directory(Arc<dyn Directory>),
    /// Something without a cursor, such as a FIFO. It was opened without waiting for the other side.
    Stream(Arc<dyn Stream>),
}

/// An entry of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: Vec<u8>,
    /// Which file it is, as in [`Metadata::inode`].
    pub inode: u64,
    /// What it is.
    pub kind: FileType,
}
