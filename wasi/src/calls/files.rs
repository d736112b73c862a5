//! Files: their cursor and their length.

use raddle_runtime_api::GuestMemory;

use super::{Calls, done, io::MAX_OFFSET};
use crate::{
    abi::{
        Errno, Result,
        flags::{ADVICE_MAX, SEEK_CUR, SEEK_END, SEEK_SET},
        rights::{FD_ALLOCATE, FD_FILESTAT_SET_SIZE},
    },
    interests::Answer,
    table::{Object, lock},
};

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    /// What is advised is heard, and nothing follows.
    pub fn fd_advise(&self, fd: u32, offset: u64, len: u64, advice: u32) -> Answer {
        let _ = (offset, len);
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            match &descriptor.object {
                Object::File { .. } if advice > ADVICE_MAX => Err(Errno::Invalid),
                Object::File { .. } => Ok(()),
                Object::Directory { .. } => Err(Errno::BadDescriptor),
                Object::Stream(_) | Object::Listener(_) => Err(Errno::Pipe),
            }
        })
    }

    pub fn fd_allocate(&self, fd: u32, offset: u64, len: u64) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            descriptor.need(FD_ALLOCATE)?;
            let end = offset.checked_add(len).filter(|&end| end <= MAX_OFFSET).ok_or(Errno::FileTooBig)?;
            if len == 0 { Err(Errno::Invalid) } else { descriptor.file()?.allocate(end) }
        })
    }

    pub fn fd_filestat_set_size(&self, fd: u32, size: u64) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            descriptor.need(FD_FILESTAT_SET_SIZE)?;
            if size > MAX_OFFSET { Err(Errno::FileTooBig) } else { descriptor.file()?.set_len(size) }
        })
    }

    pub fn fd_sync(&self, fd: u32) -> Answer {
        done(|| self.sync(fd, false))
    }

    pub fn fd_datasync(&self, fd: u32) -> Answer {
        done(|| self.sync(fd, true))
    }

    fn sync(&self, fd: u32, only_data: bool) -> Result<()> {
        match &self.state.table.get(fd)?.object {
            Object::File { file, .. } => file.sync(only_data),
            Object::Directory { directory, .. } => directory.sync(),
            Object::Stream(_) | Object::Listener(_) => Err(Errno::Invalid),
        }
    }

    pub fn fd_seek(&self, fd: u32, offset: i64, whence: u32, out: u32) -> Answer {
        done(|| self.seek(fd, offset, whence, out))
    }

    pub fn fd_tell(&self, fd: u32, out: u32) -> Answer {
        done(|| self.seek(fd, 0, SEEK_CUR, out))
    }

    fn seek(&self, fd: u32, offset: i64, whence: u32, out: u32) -> Result<()> {
        let descriptor = self.state.table.get(fd)?;
        let (file, cursor) = match &descriptor.object {
            Object::File { file, cursor } => (file, cursor),
            Object::Directory { .. } => return Err(Errno::BadDescriptor),
            Object::Stream(_) | Object::Listener(_) => return Err(Errno::Pipe),
        };
        self.memory.check(out, 8)?;
        if whence > SEEK_END {
            return Err(Errno::Invalid);
        }
        if let Some(shared) = file.cursor() {
            return self.memory.set_u64(out, shared.seek(offset, whence)?);
        }
        let mut cursor = lock(cursor);
        let from = match whence {
            SEEK_SET => 0,
            SEEK_CUR => *cursor,
            _ => file.metadata()?.size,
        };
        *cursor = from.checked_add_signed(offset).filter(|&at| at <= MAX_OFFSET).ok_or(Errno::Invalid)?;
        self.memory.set_u64(out, *cursor)
    }
}
