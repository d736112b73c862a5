//! The guest's memory as the calls use it: 32-bit addresses, records, and vectors of buffers.
//!
//! The guest changes it meanwhile: what a call looks at twice it copies once. A call checks all addresses that it will
//! write to before it does anything.

use std::sync::Mutex;

use raddle_runtime_api::GuestMemory;

use crate::{
    abi::{
        Errno, Result,
        layouts::{IOVEC, part},
    },
    table::lock,
};

/// How many buffers a call takes at most, as on the systems that guests know.
const MAX_BUFFERS: u32 = 1024;

/// How many bytes are copied at a time between the guest and what is behind a descriptor.
pub(crate) const CHUNK: usize = 256 * 1024;

/// Up to so many bytes are copied by way of the stack; a few are cheaper still, because they are zeroed before.
const SMALL: usize = 1024;
const FEW: usize = 64;

/// The guest's memory.
pub(crate) struct Guest<'a, M: ?Sized>(pub(crate) &'a M);

impl<M: GuestMemory + ?Sized> Guest<'_, M> {
    /// Whether so many bytes lie in memory. It stays so: memory never shrinks.
    pub(crate) fn check(&self, address: u32, len: u64) -> Result<()> {
        // Neither is more than 2^32.
        if u64::from(address) + len <= self.0.byte_len() { Ok(()) } else { Err(Errno::Fault) }
    }

    pub(crate) fn read(&self, address: u32, into: &mut [u8]) -> Result<()> {
        self.0.read(address.into(), into).map_err(|_| Errno::Fault)
    }

    pub(crate) fn write(&self, address: u32, bytes: &[u8]) -> Result<()> {
        self.0.write(address.into(), bytes).map_err(|_| Errno::Fault)
    }

    pub(crate) fn array<const N: usize>(&self, address: u32) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.read(address, &mut bytes)?;
        Ok(bytes)
    }

    /// Bytes of a length that the guest says, but not more than a limit and one: enough to see that it is exceeded.
    pub(crate) fn bytes(&self, address: u32, len: u32, limit: usize) -> Result<Vec<u8>> {
        self.check(address, len.into())?;
        let mut bytes = vec![0; (len as usize).min(limit + 1)];
        self.read(address, &mut bytes)?;
        Ok(bytes)
    }

    pub(crate) fn set_u32(&self, address: u32, value: u32) -> Result<()> {
        self.write(address, &value.to_le_bytes())
    }

    pub(crate) fn set_u64(&self, address: u32, value: u64) -> Result<()> {
        self.write(address, &value.to_le_bytes())
    }

    /// The buffers of a vectored call, all of them in memory.
    ///
    /// # Errors
    /// `INVAL` for more than 1024 buffers or 2^32 - 1 bytes, `FAULT`.
    pub(crate) fn buffers(&self, address: u32, count: u32, scratch: &Scratch) -> Result<Buffers> {
        if count > MAX_BUFFERS {
            return Err(Errno::Invalid);
        }
        scratch.with((count * IOVEC) as usize, |bytes| {
            self.read(address, bytes)?;
            let (mut parts, mut total) = (Vec::with_capacity(count as usize), 0);
            for record in bytes.chunks_exact(IOVEC as usize) {
                let (start, len) = (u32::from_le_bytes(part(record, 0)), u32::from_le_bytes(part(record, 4)));
                self.check(start, len.into())?;
                total += u64::from(len);
                if len > 0 {
                    parts.push((start, len));
                }
            }
            let total = u32::try_from(total).map_err(|_| Errno::Invalid)?;
            Ok(Buffers { parts, total })
        })
    }

    /// Copies bytes out of the buffers, from an offset in all of them on.
    pub(crate) fn gather(&self, buffers: &Buffers, offset: usize, into: &mut [u8]) -> Result<()> {
        let mut rest = into;
        buffers.walk(offset, rest.len(), |address, len| {
            let (now, later) = std::mem::take(&mut rest).split_at_mut(len);
            rest = later;
            self.read(address, now)
        })
    }

    /// Copies bytes into the buffers, from an offset in all of them on.
    pub(crate) fn scatter(&self, buffers: &Buffers, offset: usize, bytes: &[u8]) -> Result<()> {
        let mut rest = bytes;
        buffers.walk(offset, rest.len(), |address, len| {
            let (now, later) = rest.split_at(len);
            rest = later;
            self.write(address, now)
        })
    }
}

/// The buffers of a vectored call; empty ones are left out.
pub(crate) struct Buffers {
    parts: Vec<(u32, u32)>,
    total: u32,
}

impl Buffers {
    /// How many bytes they have together.
    pub(crate) fn total(&self) -> usize {
        self.total as usize
    }

    /// Calls with the address and the length of each piece of `len` bytes from an offset on.
    fn walk(&self, offset: usize, len: usize, mut piece: impl FnMut(u32, usize) -> Result<()>) -> Result<()> {
        let (mut skip, mut left) = (offset, len);
        for &(address, len) in &self.parts {
            let len = len as usize;
            if left == 0 {
                break;
            }
            if skip >= len {
                skip -= len;
                continue;
            }
            let now = (len - skip).min(left);
            piece(address + skip as u32, now)?;
            (skip, left) = (0, left - now);
        }
        Ok(())
    }
}

/// Buffers for what is copied, kept from call to call: to make a large one takes as long as to copy it.
#[derive(Default)]
pub(crate) struct Scratch(Mutex<Vec<Box<[u8]>>>);

/// How many buffers are kept. More threads at a time make their own.
const KEPT: usize = 4;

impl Scratch {
    /// Calls with at most [`CHUNK`] bytes of any content. A few are on the stack.
    pub(crate) fn with<T>(&self, len: usize, f: impl FnOnce(&mut [u8]) -> T) -> T {
        if len <= FEW {
            return f(&mut [0; FEW][..len]);
        }
        if len <= SMALL {
            return f(&mut [0; SMALL][..len]);
        }
        let kept = lock(&self.0).pop();
        let mut buffer = kept.unwrap_or_else(|| vec![0; CHUNK].into_boxed_slice());
        let result = f(&mut buffer[..len]);
        let mut buffers = lock(&self.0);
        if buffers.len() < KEPT {
            buffers.push(buffer);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use raddle_runtime_api::memory_host::PlainMemory;

    use super::*;

    fn guest(memory: &PlainMemory, vectors: &[(u32, u32)]) -> Result<Buffers> {
        let guest = Guest(memory);
        for (index, &(address, len)) in vectors.iter().enumerate() {
            let at = index as u32 * IOVEC;
            guest.set_u32(at, address).unwrap();
            guest.set_u32(at + 4, len).unwrap();
        }
        guest.buffers(0, vectors.len() as u32, &Scratch::default())
    }

    #[test]
    fn buffers_are_checked_and_empty_ones_left_out() {
        let memory = PlainMemory::new(1, 1);
        let buffers = guest(&memory, &[(100, 0), (65536, 0), (200, 3), (65532, 4)]).unwrap();
        assert_eq!((buffers.parts, buffers.total), (vec![(200, 3), (65532, 4)], 7));
        assert_eq!(guest(&memory, &[(65533, 4)]).err(), Some(Errno::Fault));
        assert_eq!(guest(&memory, &[(u32::MAX, u32::MAX)]).err(), Some(Errno::Fault));
        assert_eq!(Guest(&memory).buffers(0, MAX_BUFFERS + 1, &Scratch::default()).err(), Some(Errno::Invalid));
        assert_eq!(Guest(&memory).buffers(65535, 1, &Scratch::default()).err(), Some(Errno::Fault));
    }

    #[test]
    fn pieces_run_over_the_buffers_ends() {
        let memory = PlainMemory::new(1, 1);
        let buffers = guest(&memory, &[(1000, 3), (2000, 1), (3000, 4)]).unwrap();
        let guest = Guest(&memory);
        guest.scatter(&buffers, 2, b"cdef").unwrap();
        let mut bytes = [9; 8];
        guest.gather(&buffers, 0, &mut bytes).unwrap();
        assert_eq!(&bytes, b"\0\0cdef\0\0");
        let mut bytes = [9; 3];
        guest.gather(&buffers, 3, &mut bytes).unwrap();
        assert_eq!(&bytes, b"def");
    }
}
