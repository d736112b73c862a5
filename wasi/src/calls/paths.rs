//! Paths: opening, looking at, creating, removing and renaming what they name.
//!
//! A slash at the end of a path asks for a directory, in every call. Beneath the calls paths have none, so here is where
//! that is seen to, by a look at what the path names.

use std::sync::Arc;

use raddle_runtime_api::GuestMemory;

use super::{Calls, descriptors::times, done};
use crate::{
    abi::{
        Errno, FileType, Result,
        flags::{FD_ALL, LOOKUP_SYMLINK_FOLLOW, OPEN_CREATE, OPEN_DIRECTORY, OPEN_EXCLUSIVE, OPEN_TRUNCATE},
        layouts::{self, FILESTAT},
        rights,
    },
    interests::Answer,
    path::{self, GuestPath, Use},
    system::{Directory, OpenOptions, Opened},
    table::{Descriptor, Object, Rights},
};

/// As many bytes of a path are looked at: enough to see that it is too long.
const ENOUGH: usize = 4096;

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
#[expect(clippy::too_many_arguments, reason = "they are the guest's")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    fn path(&self, path: u32, len: u32, to: Use) -> Result<GuestPath> {
        GuestPath::parse(&self.memory.bytes(path, len, ENOUGH)?, to)
    }

    fn directory(&self, fd: u32) -> Result<Arc<dyn Directory>> {
        self.state.table.get(fd)?.directory().cloned()
    }

    pub fn path_open(
        &self,
        fd: u32,
        lookup: u32,
        path: u32,
        len: u32,
        flags: u32,
        base: u64,
        inheriting: u64,
        fd_flags: u32,
        out: u32,
    ) -> Answer {
        done(|| {
            let parent = self.state.table.get(fd)?;
            let directory = parent.directory()?;
            let path = self.path(path, len, Use::Lookup)?;
            self.memory.check(out, 4)?;
            let given = parent.rights();
            let options = options(lookup, flags, fd_flags, base & given.inheriting, &path)?;
            if options.truncate && given.base & rights::PATH_FILESTAT_SET_SIZE == 0 {
                return Err(Errno::NotCapable);
            }
            if options.create && path.is_directory {
                return Err(not_creatable(&**directory, &path, options));
            }
            let opened = directory.open(&path.bytes, options)?;
            let writes = base & rights::FD_WRITE != 0;
            if (writes || options.create) && matches!(opened, Opened::Directory(_)) {
                return Err(Errno::IsDirectory);
            }
            let object = Object::from(opened);
            // Whatever was not asked for or makes no sense for the object is left out, and no error.
            let all = object.all_rights();
            let without = if writes { 0 } else { rights::WRITING };
            let rights = Rights {
                base: base & given.inheriting & all.base & !without,
                inheriting: inheriting & given.inheriting & all.inheriting,
            };
            let opened = self.state.table.insert(Descriptor::new(object, rights, fd_flags))?;
            self.memory.set_u32(out, opened)
        })
    }

    pub fn path_filestat_get(&self, fd: u32, lookup: u32, path: u32, len: u32, out: u32) -> Answer {
        done(|| {
            let directory = self.directory(fd)?;
            let path = self.path(path, len, Use::Lookup)?;
            self.memory.check(out, FILESTAT.into())?;
            let metadata = directory.metadata_at(&path.bytes, follows(lookup, &path)?)?;
            if path.is_directory && metadata.kind != FileType::Directory {
                return Err(Errno::NotDirectory);
            }
            self.memory.write(out, &layouts::filestat(&metadata))
        })
    }

    pub fn path_filestat_set_times(
        &self,
        fd: u32,
        lookup: u32,
        path: u32,
        len: u32,
        atim: u64,
        mtim: u64,
        flags: u32,
    ) -> Answer {
        done(|| {
            let directory = self.directory(fd)?;
            let path = self.path(path, len, Use::Lookup)?;
            let times = times(atim, mtim, flags)?;
            let follow = follows(lookup, &path)?;
            if path.is_directory {
                need_directory(&*directory, &path.bytes, true)?;
            }
            directory.set_times_at(&path.bytes, follow, times)
        })
    }

    pub fn path_create_directory(&self, fd: u32, path: u32, len: u32) -> Answer {
        done(|| {
            let directory = self.directory(fd)?;
            directory.create_directory(&self.path(path, len, Use::Name)?.bytes)
        })
    }

    pub fn path_remove_directory(&self, fd: u32, path: u32, len: u32) -> Answer {
        done(|| {
            let directory = self.directory(fd)?;
            directory.remove_directory(&self.path(path, len, Use::Name)?.bytes)
        })
    }

    pub fn path_unlink_file(&self, fd: u32, path: u32, len: u32) -> Answer {
        done(|| {
            let directory = self.directory(fd)?;
            let path = self.path(path, len, Use::Name)?;
            if path.is_directory {
                need_directory(&*directory, &path.bytes, false)?;
                return Err(Errno::IsDirectory);
            }
            directory.remove_file(&path.bytes)
        })
    }

    pub fn path_rename(&self, from: u32, path: u32, len: u32, to: u32, new_path: u32, new_len: u32) -> Answer {
        done(|| {
            let (from, to) = (self.directory(from)?, self.directory(to)?);
            let (path, new_path) = (self.path(path, len, Use::Name)?, self.path(new_path, new_len, Use::Name)?);
            if path.is_directory || new_path.is_directory {
                need_directory(&*from, &path.bytes, false)?;
            }
            from.rename(&path.bytes, &*to, &new_path.bytes)
        })
    }

    /// A link is never followed: platforms cannot do it without looking twice.
    pub fn path_link(
        &self,
        from: u32,
        lookup: u32,
        path: u32,
        len: u32,
        to: u32,
        new_path: u32,
        new_len: u32,
    ) -> Answer {
        done(|| {
            let (from, to) = (self.directory(from)?, self.directory(to)?);
            let (path, new_path) = (self.path(path, len, Use::Name)?, self.path(new_path, new_len, Use::Name)?);
            if lookup != 0 {
                return Err(Errno::Invalid);
            }
            if path.is_directory {
                need_directory(&*from, &path.bytes, true)?;
                return Err(Errno::NotPermitted);
            }
            if new_path.is_directory {
                return Err(taken(&*to, &new_path));
            }
            from.link(&path.bytes, &*to, &new_path.bytes)
        })
    }

    pub fn path_symlink(&self, target: u32, target_len: u32, fd: u32, path: u32, len: u32) -> Answer {
        done(|| {
            let directory = self.directory(fd)?;
            let target = self.memory.bytes(target, target_len, ENOUGH)?;
            path::check(&target)?;
            let path = self.path(path, len, Use::Name)?;
            if path.is_directory {
                return Err(taken(&*directory, &path));
            }
            directory.symlink(&target, &path.bytes)
        })
    }

    pub fn path_readlink(&self, fd: u32, path: u32, len: u32, buffer: u32, buffer_len: u32, out: u32) -> Answer {
        done(|| {
            let directory = self.directory(fd)?;
            let path = self.path(path, len, Use::Lookup)?;
            self.memory.check(buffer, buffer_len.into())?;
            self.memory.check(out, 4)?;
            if path.is_directory {
                need_directory(&*directory, &path.bytes, true)?;
                return Err(Errno::Invalid);
            }
            let mut target = directory.read_link(&path.bytes)?;
            target.truncate(buffer_len as usize);
            self.memory.write(buffer, &target)?;
            self.memory.set_u32(out, target.len() as u32)
        })
    }
}

/// How something is to be opened.
fn options(lookup: u32, flags: u32, fd_flags: u32, base: u64, path: &GuestPath) -> Result<OpenOptions> {
    let has = |flag| flags & flag != 0;
    let known = OPEN_CREATE | OPEN_DIRECTORY | OPEN_EXCLUSIVE | OPEN_TRUNCATE;
    let is_bad = flags & !known != 0 || fd_flags & !FD_ALL != 0 || has(OPEN_CREATE) && has(OPEN_DIRECTORY);
    if is_bad {
        return Err(Errno::Invalid);
    }
    Ok(OpenOptions {
        read: base & (rights::FD_READ | rights::FD_READDIR) != 0,
        write: base & rights::FD_WRITE != 0,
        create: has(OPEN_CREATE),
        exclusive: has(OPEN_CREATE) && has(OPEN_EXCLUSIVE),
        truncate: has(OPEN_TRUNCATE),
        directory: has(OPEN_DIRECTORY) || path.is_directory,
        follow: follows(lookup, path)?,
    })
}

/// Whether a symbolic link at the end of a path is followed.
fn follows(lookup: u32, path: &GuestPath) -> Result<bool> {
    match lookup {
        0 => Ok(path.is_directory),
        LOOKUP_SYMLINK_FOLLOW => Ok(true),
        _ => Err(Errno::Invalid),
    }
}

/// # Errors
/// `NOTDIR` if a path names something else.
fn need_directory(directory: &dyn Directory, path: &[u8], follow: bool) -> Result<()> {
    // A dot at the end follows a link, as a slash does.
    let (path, follow) = path.strip_suffix(b"/.").map_or((path, follow), |path| (path, true));
    match directory.metadata_at(path, follow)?.kind {
        FileType::Directory => Ok(()),
        _ => Err(Errno::NotDirectory),
    }
}

/// Why no file can be created under a name that asks for a directory.
fn not_creatable(directory: &dyn Directory, path: &GuestPath, options: OpenOptions) -> Errno {
    match need_directory(directory, &path.bytes, true) {
        Ok(()) if options.exclusive => Errno::Exists,
        Ok(()) | Err(Errno::NotFound) => Errno::IsDirectory,
        Err(errno) => errno,
    }
}

/// Why no link can be created under a name that asks for a directory.
fn taken(directory: &dyn Directory, path: &GuestPath) -> Errno {
    match need_directory(directory, &path.bytes, true) {
        Ok(()) => Errno::Exists,
        Err(errno) => errno,
    }
}
