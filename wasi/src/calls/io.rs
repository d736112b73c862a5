//! Reading and writing: files at a cursor or an offset, and streams.

use raddle_runtime_api::{GuestMemory, Tried};

use super::{Calls, done, tried};
use crate::{
    abi::{
        Errno, Result,
        flags::{FD_APPEND, FD_DSYNC, FD_NONBLOCK, FD_SYNC},
        rights::{FD_READ, FD_WRITE},
    },
    interests::{Answer, Attempt, Interest, Interests},
    memory::{Buffers, CHUNK},
    system::File,
    table::{Descriptor, Object, lock},
};

/// The largest offset in a file.
pub(super) const MAX_OFFSET: u64 = i64::MAX as u64;

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    pub fn fd_read(&self, fd: u32, iovs: u32, count: u32, out: u32) -> Answer {
        tried(|| {
            let descriptor = self.held(fd)?;
            descriptor.need(FD_READ)?;
            let buffers = self.buffers(iovs, count, out)?;
            let read = match &descriptor.object {
                Object::File { file, cursor } => match file.cursor() {
                    Some(shared) => self.fill(&buffers, |_, into| shared.read(into))?,
                    None => {
                        let mut cursor = lock(cursor);
                        let read = self.fill(&buffers, |at, into| file.read_at(*cursor + at, into))?;
                        *cursor += read as u64;
                        read
                    }
                },
                Object::Stream(stream) => {
                    return self.receive(&descriptor, &buffers, out, false, |into| stream.read(into));
                }
                Object::Directory { .. } => return Err(Errno::IsDirectory),
                Object::Listener(_) => return Err(Errno::NotConnected),
            };
            self.memory.set_u32(out, read as u32)?;
            Ok(Tried::Done(()))
        })
    }

    pub fn fd_write(&self, fd: u32, iovs: u32, count: u32, out: u32) -> Answer {
        tried(|| {
            let descriptor = self.held(fd)?;
            descriptor.need(FD_WRITE)?;
            let buffers = self.buffers(iovs, count, out)?;
            let written = match &descriptor.object {
                Object::File { file, cursor } => match file.cursor() {
                    Some(shared) => self.drain(&buffers, |_, bytes| shared.write(bytes))?,
                    None => {
                        let mut cursor = lock(cursor);
                        let start = *cursor;
                        let written = if descriptor.has(FD_APPEND) {
                            self.drain(&buffers, |_, bytes| {
                                let (len, end) = file.append(bytes)?;
                                *cursor = end;
                                Ok(len)
                            })?
                        } else {
                            self.drain(&buffers, |at, bytes| {
                                let len = file.write_at(start + at, bytes)?;
                                *cursor += len as u64;
                                Ok(len)
                            })?
                        };
                        sync(&descriptor, &**file)?;
                        written
                    }
                },
                Object::Stream(stream) => {
                    return self.send(&descriptor, &buffers, out, |bytes| stream.write(bytes));
                }
                Object::Directory { .. } => return Err(Errno::IsDirectory),
                Object::Listener(_) => return Err(Errno::NotConnected),
            };
            self.memory.set_u32(out, written as u32)?;
            Ok(Tried::Done(()))
        })
    }

    pub fn fd_pread(&self, fd: u32, iovs: u32, count: u32, offset: u64, out: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            descriptor.need(FD_READ)?;
            let file = at_offsets(&descriptor, offset)?;
            let buffers = self.buffers(iovs, count, out)?;
            let read = self.fill(&buffers, |at, into| file.read_at(offset + at, into))?;
            self.memory.set_u32(out, read as u32)
        })
    }

    /// At the offset, as POSIX says, even if each write of the descriptor goes to the end.
    pub fn fd_pwrite(&self, fd: u32, iovs: u32, count: u32, offset: u64, out: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            descriptor.need(FD_WRITE)?;
            let file = at_offsets(&descriptor, offset)?;
            let buffers = self.buffers(iovs, count, out)?;
            let written = self.drain(&buffers, |at, bytes| file.write_at(offset + at, bytes))?;
            sync(&descriptor, file)?;
            self.memory.set_u32(out, written as u32)
        })
    }

    /// The buffers of a call, and a check of where it stores how many bytes it has transferred.
    pub(super) fn buffers(&self, iovs: u32, count: u32, out: u32) -> Result<Buffers> {
        self.memory.check(out, 4)?;
        self.memory.buffers(iovs, count, &self.state.scratch)
    }

    /// Fills buffers piece by piece until they are full or there is no more. `read` is given how far that is from the
    /// beginning.
    fn fill(&self, buffers: &Buffers, mut read: impl FnMut(u64, &mut [u8]) -> Result<usize>) -> Result<usize> {
        let total = buffers.total();
        self.state.scratch.with(total.min(CHUNK), |bytes| {
            let mut filled = 0;
            while filled < total {
                let wanted = (total - filled).min(CHUNK);
                match read(filled as u64, &mut bytes[..wanted]) {
                    Ok(len) => {
                        self.memory.scatter(buffers, filled, &bytes[..len])?;
                        filled += len;
                        if len < wanted {
                            break;
                        }
                    }
                    // It comes again with the next call.
                    Err(_) if filled > 0 => break,
                    Err(errno) => return Err(errno),
                }
            }
            Ok(filled)
        })
    }

    /// Writes buffers piece by piece until all are written or there is no room. `write` is given how far that is from
    /// the beginning.
    fn drain(&self, buffers: &Buffers, mut write: impl FnMut(u64, &[u8]) -> Result<usize>) -> Result<usize> {
        let total = buffers.total();
        self.state.scratch.with(total.min(CHUNK), |bytes| {
            let mut written = 0;
            while written < total {
                let bytes = &mut bytes[..(total - written).min(CHUNK)];
                self.memory.gather(buffers, written, bytes)?;
                match write(written as u64, bytes) {
                    Ok(0) if written == 0 => return Err(Errno::Io),
                    Ok(0) => break,
                    Ok(len) => written += len,
                    Err(_) if written > 0 => break,
                    Err(errno) => return Err(errno),
                }
            }
            Ok(written)
        })
    }

    /// Reads from a stream what is there, or, if the guest asks for that, until the buffers are full or the end.
    pub(super) fn receive(
        &self,
        descriptor: &Descriptor,
        buffers: &Buffers,
        out: u32,
        all: bool,
        read: impl Fn(&mut [u8]) -> Attempt<usize>,
    ) -> Result<Tried<(), Interests>> {
        let total = buffers.total();
        while self.progress.get() < total {
            let before = self.progress.get();
            let attempt = self.state.scratch.with((total - before).min(CHUNK), |bytes| match read(bytes) {
                Tried::Done(Ok(len)) => Tried::Done(self.memory.scatter(buffers, before, &bytes[..len]).map(|()| len)),
                other => other,
            });
            match attempt {
                Tried::Done(Ok(len)) => {
                    self.progress.set(before + len);
                    if len == 0 || !all {
                        break;
                    }
                }
                Tried::Done(Err(_)) if before > 0 => break,
                Tried::Done(Err(errno)) => return Err(errno),
                Tried::NotYet(interest) => match waiting(descriptor, before, interest)? {
                    Some(interests) => return Ok(Tried::NotYet(interests)),
                    None => break,
                },
            }
        }
        self.memory.set_u32(out, self.progress.get() as u32)?;
        Ok(Tried::Done(()))
    }

    /// Writes all to a stream: as with a pipe, one call's bytes are given until all were taken.
    pub(super) fn send(
        &self,
        descriptor: &Descriptor,
        buffers: &Buffers,
        out: u32,
        write: impl Fn(&[u8]) -> Attempt<usize>,
    ) -> Result<Tried<(), Interests>> {
        let total = buffers.total();
        while self.progress.get() < total {
            let before = self.progress.get();
            let attempt = self.state.scratch.with((total - before).min(CHUNK), |bytes| {
                match self.memory.gather(buffers, before, bytes) {
                    Ok(()) => write(bytes),
                    Err(errno) => Tried::Done(Err(errno)),
                }
            });
            match attempt {
                Tried::Done(Ok(0)) if before == 0 => return Err(Errno::Io),
                Tried::Done(Ok(0)) => break,
                Tried::Done(Ok(len)) => self.progress.set(before + len),
                Tried::Done(Err(_)) if before > 0 => break,
                Tried::Done(Err(errno)) => return Err(errno),
                Tried::NotYet(interest) => match waiting(descriptor, before, interest)? {
                    Some(interests) => return Ok(Tried::NotYet(interests)),
                    None => break,
                },
            }
        }
        self.memory.set_u32(out, self.progress.get() as u32)?;
        Ok(Tried::Done(()))
    }
}

/// What a transfer that got so far waits for; `None` if the guest does not want to wait for the rest.
///
/// # Errors
/// `AGAIN` if it does not want to wait at all.
pub(super) fn waiting(descriptor: &Descriptor, progress: usize, interest: Interest) -> Result<Option<Interests>> {
    match (descriptor.has(FD_NONBLOCK), progress) {
        (false, _) => Ok(Some(interest.into())),
        (true, 0) => Err(Errno::Again),
        (true, _) => Ok(None),
    }
}

/// The file of a call that takes an offset.
fn at_offsets(descriptor: &Descriptor, offset: u64) -> Result<&dyn File> {
    match &descriptor.object {
        Object::Stream(_) | Object::Listener(_) => Err(Errno::Pipe),
        _ if offset > MAX_OFFSET => Err(Errno::Invalid),
        _ => descriptor.file().map(|file| &**file),
    }
}

/// What the flags of a descriptor ask for after each write.
fn sync(descriptor: &Descriptor, file: &dyn File) -> Result<()> {
    if descriptor.has(FD_SYNC | FD_DSYNC) { file.sync(!descriptor.has(FD_SYNC)) } else { Ok(()) }
}
