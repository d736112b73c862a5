//! Connections, and listeners that the host made.

use std::sync::Arc;

use raddle_runtime_api::{GuestMemory, Tried};

use super::{Calls, done, io::waiting, tried};
use crate::{
    abi::{
        Errno, Result,
        flags::{FD_ALL, RECV_PEEK, RECV_WAITALL, SHUTDOWN_RECV, SHUTDOWN_SEND},
    },
    interests::Answer,
    system::{Connection, Stream},
    table::{Descriptor, Object, Rights},
};

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    /// The flags are those of the new connection.
    pub fn sock_accept(&self, fd: u32, flags: u32, out: u32) -> Answer {
        tried(|| {
            let descriptor = self.held(fd)?;
            let listener = match &descriptor.object {
                Object::Listener(listener) => listener,
                Object::Stream(stream) if stream.connection().is_some() => return Err(Errno::Invalid),
                _ => return Err(Errno::NotSocket),
            };
            if flags & !FD_ALL != 0 {
                return Err(Errno::Invalid);
            }
            self.memory.check(out, 4)?;
            let stream = match listener.accept() {
                Tried::Done(stream) => stream?,
                Tried::NotYet(interest) => {
                    let interests = waiting(&descriptor, 0, interest)?.ok_or(Errno::Again)?;
                    return Ok(Tried::NotYet(interests));
                }
            };
            let object = Object::Stream(stream);
            let base = object.all_rights().base & descriptor.rights().inheriting;
            let accepted = Descriptor::new(object, Rights { base, inheriting: 0 }, flags);
            self.memory.set_u32(out, self.state.table.insert(accepted)?)?;
            Ok(Tried::Done(()))
        })
    }

    pub fn sock_recv(&self, fd: u32, iovs: u32, count: u32, flags: u32, out: u32, out_flags: u32) -> Answer {
        tried(|| {
            let descriptor = self.held(fd)?;
            let (stream, connection) = connected(&descriptor)?;
            if flags & !(RECV_PEEK | RECV_WAITALL) != 0 {
                return Err(Errno::Invalid);
            }
            let buffers = self.buffers(iovs, count, out)?;
            self.memory.check(out_flags, 2)?;
            let tried = if flags & RECV_PEEK != 0 {
                self.receive(&descriptor, &buffers, out, false, |into| connection.peek(into))
            } else {
                let all = flags & RECV_WAITALL != 0;
                self.receive(&descriptor, &buffers, out, all, |into| stream.read(into))
            }?;
            if matches!(tried, Tried::Done(())) {
                // Only datagrams are ever truncated.
                self.memory.write(out_flags, &[0; 2])?;
            }
            Ok(tried)
        })
    }

    pub fn sock_send(&self, fd: u32, iovs: u32, count: u32, flags: u32, out: u32) -> Answer {
        tried(|| {
            let descriptor = self.held(fd)?;
            let (stream, _) = connected(&descriptor)?;
            if flags != 0 {
                return Err(Errno::Invalid);
            }
            let buffers = self.buffers(iovs, count, out)?;
            self.send(&descriptor, &buffers, out, |bytes| stream.write(bytes))
        })
    }

    pub fn sock_shutdown(&self, fd: u32, how: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            let (_, connection) = connected(&descriptor)?;
            if how == 0 || how & !(SHUTDOWN_RECV | SHUTDOWN_SEND) != 0 {
                return Err(Errno::Invalid);
            }
            connection.shutdown(how & SHUTDOWN_RECV != 0, how & SHUTDOWN_SEND != 0)
        })
    }
}

/// The connection that a descriptor names.
///
/// # Errors
/// `NOTSOCK`, and `NOTCONN` for a listener.
fn connected(descriptor: &Descriptor) -> Result<(&Arc<dyn Stream>, &dyn Connection)> {
    match &descriptor.object {
        Object::Stream(stream) => stream.connection().map(|own| (stream, own)).ok_or(Errno::NotSocket),
        Object::Listener(_) => Err(Errno::NotConnected),
        Object::File { .. } | Object::Directory { .. } => Err(Errno::NotSocket),
    }
}
