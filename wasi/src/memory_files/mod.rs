//! [`MemoryFiles`]: a tree of files in memory, for platforms without files, for tests, and for programs that shall see
//! nothing of the host.
//!
//! `node` has what the tree is made of and `content` the files' bytes; `resolve` follows paths; `directory` is the tree
//! as calls use it. One lock guards the shape of a tree, so each operation on names is one step; bytes have locks of their
//! own.

mod content;
mod directory;
mod node;
mod resolve;

use std::{fmt, sync::Arc};

use self::node::{Folder, Tree};
use crate::{
    abi::{Errno, Result},
    system::{Directory, OpenOptions, Opened},
};

/// How many bytes a tree has at most, unless it is made otherwise.
const LIMIT: u64 = 1 << 30;

/// A tree of files in memory, or a part of one. Symbolic links, hard links and renames work in it as anywhere.
///
/// ```
/// use raddle_wasi::MemoryFiles;
///
/// let files = MemoryFiles::new();
/// files.insert(b"a/b.txt", b"text".into())?;
/// assert_eq!(files.content(b"a/b.txt")?, b"text");
/// # Ok::<(), raddle_wasi::abi::Errno>(())
/// ```
#[derive(Clone)]
pub struct MemoryFiles {
    tree: Arc<Tree>,
    folder: Arc<Folder>,
}

impl Default for MemoryFiles {
    fn default() -> MemoryFiles {
        MemoryFiles::new()
    }
}

impl fmt::Debug for MemoryFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryFiles").field("used", &self.tree.budget.used()).finish_non_exhaustive()
    }
}

impl MemoryFiles {
    /// An empty tree of at most a GiB.
    #[must_use]
    pub fn new() -> MemoryFiles {
        MemoryFiles::with_limit(LIMIT)
    }

    /// An empty tree of at most so many bytes, with those that names and attributes take; more is `NOSPC`.
    #[must_use]
    pub fn with_limit(bytes: u64) -> MemoryFiles {
        let tree = Arc::new(Tree::new(bytes));
        MemoryFiles { folder: tree.folder(), tree }
    }

    /// Puts a file into the tree, and the directories on the way. It replaces a file of that name.
    ///
    /// # Errors
    /// `NOTDIR` or `ISDIR` if a name on the way is a file's or the whole is a directory's, `NOSPC`, and those of a path
    /// that is no good.
    pub fn insert(&self, path: &[u8], content: Vec<u8>) -> Result<()> {
        crate::path::check(path)?;
        for (end, _) in path.iter().enumerate().filter(|&(_, &byte)| byte == b'/') {
            match self.create_directory(&path[..end]) {
                Ok(()) | Err(Errno::Exists) => (),
                Err(errno) => return Err(errno),
            }
        }
        let options = OpenOptions { write: true, create: true, truncate: true, ..OpenOptions::default() };
        match self.open(path, options)? {
            Opened::File(file) if content.is_empty() => file.set_len(0),
            Opened::File(file) => file.write_at(0, &content).map(drop),
            _ => Err(Errno::IsDirectory),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// `NOENT`, `ISDIR` and those of a path that is no good.
    pub fn content(&self, path: &[u8]) -> Result<Vec<u8>> {
        crate::path::check(path)?;
        let Opened::File(file) = self.open(path, OpenOptions { read: true, follow: true, ..OpenOptions::default() })?
        else {
            return Err(Errno::IsDirectory);
        };
        let mut bytes = vec![0; file.metadata()?.size as usize];
        let len = file.read_at(0, &mut bytes)?;
        bytes.truncate(len);
        Ok(bytes)
    }
}
