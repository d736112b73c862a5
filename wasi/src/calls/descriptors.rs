//! What all descriptors have: a number, flags, rights, attributes.

use raddle_runtime_api::GuestMemory;

use super::{Calls, done};
use crate::{
    abi::{
        Errno,
        flags::{FD_ALL, SET_ATIM, SET_ATIM_NOW, SET_MTIM, SET_MTIM_NOW},
        layouts::{self, FDSTAT, FILESTAT, PRESTAT},
    },
    interests::Answer,
    system::{Metadata, Time, Times},
    table::{Object, Rights},
};

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    pub fn fd_close(&self, fd: u32) -> Answer {
        done(|| self.state.table.close(fd))
    }

    pub fn fd_renumber(&self, fd: u32, to: u32) -> Answer {
        done(|| self.state.table.renumber(fd, to))
    }

    pub fn fd_fdstat_get(&self, fd: u32, out: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            self.memory.check(out, FDSTAT.into())?;
            let Rights { base, inheriting } = descriptor.rights();
            let stat = layouts::fdstat(descriptor.object.kind(), descriptor.flags() as u16, base, inheriting);
            self.memory.write(out, &stat)
        })
    }

    pub fn fd_fdstat_set_flags(&self, fd: u32, flags: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            if flags & !FD_ALL != 0 {
                return Err(Errno::Invalid);
            }
            descriptor.set_flags(flags);
            Ok(())
        })
    }

    pub fn fd_fdstat_set_rights(&self, fd: u32, base: u64, inheriting: u64) -> Answer {
        done(|| self.state.table.get(fd)?.reduce_rights(Rights { base, inheriting }))
    }

    pub fn fd_filestat_get(&self, fd: u32, out: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            self.memory.check(out, FILESTAT.into())?;
            let metadata = match &descriptor.object {
                Object::File { file, .. } => file.metadata(),
                Object::Directory { directory, .. } => directory.metadata(),
                Object::Stream(stream) => stream.metadata(),
                Object::Listener(_) => Ok(Metadata::of(descriptor.object.kind())),
            };
            self.memory.write(out, &layouts::filestat(&metadata?))
        })
    }

    pub fn fd_filestat_set_times(&self, fd: u32, atim: u64, mtim: u64, flags: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            let times = times(atim, mtim, flags)?;
            match &descriptor.object {
                Object::File { file, .. } => file.set_times(times),
                Object::Directory { directory, .. } => directory.set_times(times),
                _ => Err(Errno::BadDescriptor),
            }
        })
    }

    pub fn fd_prestat_get(&self, fd: u32, out: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            // wasi-libc takes any other number for a failure of its start.
            let name = descriptor.preopened.as_ref().ok_or(Errno::BadDescriptor)?;
            self.memory.check(out, PRESTAT.into())?;
            self.memory.write(out, &layouts::prestat(name.len() as u32))
        })
    }

    pub fn fd_prestat_dir_name(&self, fd: u32, path: u32, len: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            let name = descriptor.preopened.as_ref().ok_or(Errno::BadDescriptor)?;
            if (len as usize) < name.len() {
                return Err(Errno::NameTooLong);
            }
            self.memory.write(path, name)
        })
    }
}

/// The times that a call sets.
///
/// # Errors
/// `INVAL` for a time that is to be two things, and for unknown flags.
pub(super) fn times(atim: u64, mtim: u64, flags: u32) -> crate::abi::Result<Times> {
    let time = |at: u64, given: u32, now: u32| match (flags & given != 0, flags & now != 0) {
        (true, true) => Err(Errno::Invalid),
        (true, false) => Ok(Some(Time::At(at))),
        (false, true) => Ok(Some(Time::Now)),
        (false, false) => Ok(None),
    };
    if flags & !(SET_ATIM | SET_ATIM_NOW | SET_MTIM | SET_MTIM_NOW) != 0 {
        return Err(Errno::Invalid);
    }
    Ok(Times { accessed: time(atim, SET_ATIM, SET_ATIM_NOW)?, modified: time(mtim, SET_MTIM, SET_MTIM_NOW)? })
}
