//! The guest's memory, through a module that has it.

use raddle_runtime_api::{GuestMemory, MemoryFault};

use crate::sys::guest;

pub(crate) struct WebMemory;

impl WebMemory {
    /// Whether an access of so many bytes lies inside: memory never shrinks, so it stays so.
    fn check(&self, addr: u64, size: u64) -> Result<(), MemoryFault> {
        match addr.checked_add(size) {
            Some(end) if end <= self.byte_len() => Ok(()),
            _ => Err(MemoryFault::OutOfBounds),
        }
    }

    fn check_aligned(&self, addr: u64, size: u64) -> Result<(), MemoryFault> {
        self.check(addr, size)?;
        if addr.is_multiple_of(size) { Ok(()) } else { Err(MemoryFault::Unaligned) }
    }
}

impl GuestMemory for WebMemory {
    fn byte_len(&self) -> u64 {
        guest::byte_len()
    }

    fn load32(&self, addr: u64) -> Result<u32, MemoryFault> {
        self.check_aligned(addr, 4)?;
        Ok(guest::load32(addr))
    }

    fn load64(&self, addr: u64) -> Result<u64, MemoryFault> {
        self.check_aligned(addr, 8)?;
        Ok(guest::load64(addr))
    }

    fn store32(&self, addr: u64, value: u32) -> Result<(), MemoryFault> {
        self.check_aligned(addr, 4)?;
        guest::store32(addr, value);
        Ok(())
    }

    fn store64(&self, addr: u64, value: u64) -> Result<(), MemoryFault> {
        self.check_aligned(addr, 8)?;
        guest::store64(addr, value);
        Ok(())
    }

    fn compare_exchange32(&self, addr: u64, current: u32, new: u32) -> Result<Result<u32, u32>, MemoryFault> {
        self.check_aligned(addr, 4)?;
        let found = guest::compare_exchange32(addr, current, new);
        Ok(if found == current { Ok(found) } else { Err(found) })
    }

    fn read(&self, addr: u64, into: &mut [u8]) -> Result<(), MemoryFault> {
        self.check(addr, into.len() as u64)?;
        let mut at = addr;
        let mut words = into.chunks_exact_mut(8);
        for word in &mut words {
            word.copy_from_slice(&guest::read64(at).to_le_bytes());
            at += 8;
        }
        for byte in words.into_remainder() {
            *byte = guest::read8(at) as u8;
            at += 1;
        }
        Ok(())
    }

    fn write(&self, addr: u64, bytes: &[u8]) -> Result<(), MemoryFault> {
        self.check(addr, bytes.len() as u64)?;
        let mut at = addr;
        let (words, tail) = bytes.as_chunks::<8>();
        for &word in words {
            guest::write64(at, u64::from_le_bytes(word));
            at += 8;
        }
        for &byte in tail {
            guest::write8(at, byte.into());
            at += 1;
        }
        Ok(())
    }

    fn grow(&self, pages: u64) -> Option<u64> {
        // A number of pages that no memory has would wrap in a small one.
        let before = if pages > u64::from(u32::MAX) { u64::MAX } else { guest::grow(pages) };
        (before != u64::MAX).then_some(before)
    }
}
