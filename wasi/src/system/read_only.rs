//! [`ReadOnly`]: a directory without what would change it.

use std::{any::Any, sync::Arc};

use super::{Directory, Entry, File, Metadata, OpenOptions, Opened, Times};
use crate::abi::{Errno, Result};

/// A directory, and all beneath it, that cannot be changed: whatever would is `ROFS`.
pub struct ReadOnly(Arc<dyn Directory>);

impl ReadOnly {
    /// That directory.
    #[must_use]
    pub fn new(directory: Arc<dyn Directory>) -> ReadOnly {
        ReadOnly(directory)
    }
}

impl Directory for ReadOnly {
    fn open(&self, path: &[u8], options: OpenOptions) -> Result<Opened> {
        let reading =
            OpenOptions { read: true, write: false, create: false, exclusive: false, truncate: false, ..options };
        let opened = match self.0.open(path, reading) {
            Err(Errno::NotFound) if options.create => return Err(Errno::ReadOnly),
            opened => opened?,
        };
        if options.create && options.exclusive {
            return Err(Errno::Exists);
        }
        match opened {
            Opened::Directory(_) if options.write || options.truncate => Err(Errno::IsDirectory),
            Opened::Directory(directory) => Ok(Opened::Directory(Arc::new(ReadOnly(directory)))),
            Opened::File(_) if options.write || options.truncate => Err(Errno::ReadOnly),
            Opened::File(file) => Ok(Opened::File(Arc::new(ReadOnlyFile(file)))),
            // As elsewhere, a pipe or a device of a read-only file system can be written.
            Opened::Stream(_) if options.write => self.0.open(path, OpenOptions { write: true, ..reading }),
            stream => Ok(stream),
        }
    }

    fn entries(&self) -> Result<Vec<Entry>> {
        self.0.entries()
    }

    fn metadata(&self) -> Result<Metadata> {
        self.0.metadata()
    }

    fn metadata_at(&self, path: &[u8], follow: bool) -> Result<Metadata> {
        self.0.metadata_at(path, follow)
    }

    fn read_link(&self, path: &[u8]) -> Result<Vec<u8>> {
        self.0.read_link(path)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A file that is open for reading: its times could be set all the same.
struct ReadOnlyFile(Arc<dyn File>);

impl File for ReadOnlyFile {
    fn metadata(&self) -> Result<Metadata> {
        self.0.metadata()
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        self.0.read_at(offset, into)
    }

    fn write_at(&self, _: u64, _: &[u8]) -> Result<usize> {
        Err(Errno::ReadOnly)
    }

    fn append(&self, _: &[u8]) -> Result<(usize, u64)> {
        Err(Errno::ReadOnly)
    }

    fn set_len(&self, _: u64) -> Result<()> {
        Err(Errno::ReadOnly)
    }

    fn set_times(&self, _: Times) -> Result<()> {
        Err(Errno::ReadOnly)
    }

    fn sync(&self, only_data: bool) -> Result<()> {
        self.0.sync(only_data)
    }
}
