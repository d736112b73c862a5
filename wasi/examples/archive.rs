//! A read-only archive as a directory of a program: a file system of an embedder's own.

use std::{any::Any, collections::BTreeMap, sync::Arc};

use raddle_wasi::{
    Wasi,
    abi::{Errno, Result},
    system::{Directory, Entry, File, FileType, Metadata, OpenOptions, Opened, Times},
};

/// Files by their names, without directories among them.
struct Archive(BTreeMap<&'static str, &'static [u8]>);

impl Archive {
    fn find(&self, path: &[u8]) -> Result<&'static [u8]> {
        let name = std::str::from_utf8(path).map_err(|_| Errno::NotFound)?;
        self.0.get(name).copied().ok_or(Errno::NotFound)
    }
}

impl Directory for Archive {
    fn open(&self, path: &[u8], options: OpenOptions) -> Result<Opened> {
        match self.find(path) {
            Ok(_) if options.exclusive => Err(Errno::Exists),
            Ok(_) if options.directory => Err(Errno::NotDirectory),
            Ok(_) if options.write || options.truncate => Err(Errno::ReadOnly),
            Ok(bytes) => Ok(Opened::File(Arc::new(Member(bytes)))),
            Err(_) if options.create => Err(Errno::ReadOnly),
            Err(errno) => Err(errno),
        }
    }

    fn entries(&self) -> Result<Vec<Entry>> {
        let entry = |&name: &&str| Entry { name: name.into(), inode: 0, kind: FileType::RegularFile };
        Ok(self.0.keys().map(entry).collect())
    }

    fn metadata(&self) -> Result<Metadata> {
        Ok(Metadata::of(FileType::Directory))
    }

    fn metadata_at(&self, path: &[u8], _follow: bool) -> Result<Metadata> {
        if path == b"." { self.metadata() } else { Member(self.find(path)?).metadata() }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A file of the archive.
struct Member(&'static [u8]);

impl File for Member {
    fn metadata(&self) -> Result<Metadata> {
        Ok(Metadata { size: self.0.len() as u64, ..Metadata::of(FileType::RegularFile) })
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|start| self.0.get(start..)).unwrap_or_default();
        let len = rest.len().min(into.len());
        into[..len].copy_from_slice(&rest[..len]);
        Ok(len)
    }

    // It is never open for writing, and times are set by path only where that is allowed.
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
}

fn main() -> std::result::Result<(), raddle_wasi::Error> {
    let archive = Archive(BTreeMap::from([("a.txt", &b"text"[..]), ("b.txt", b"more")]));
    let state = Wasi::new().directory(Arc::new(archive), "/archive")?.build()?;
    println!("a program finds /archive: {state:?}");
    Ok(())
}
