//! The guest's memory as atomic 64-bit words; a 32-bit access is an access to half of such a word.

use alloc::boxed::Box;
use core::sync::atomic::{AtomicU64, Ordering::SeqCst};

use crate::{GuestMemory, MemoryFault, PAGE};

/// A memory that has its maximum size from the start and a length that grows.
#[derive(Debug)]
pub struct PlainMemory {
    words: Box<[AtomicU64]>,
    byte_len: AtomicU64,
}

impl PlainMemory {
    /// A memory of zeros, with its initial and its maximum size in pages of 64 KiB. All of the maximum is allocated.
    ///
    /// # Panics
    /// When the maximum does not fit this machine's memory, or the initial size is larger.
    #[must_use]
    pub fn new(initial: u64, maximum: u64) -> PlainMemory {
        assert!(initial <= maximum, "{initial} pages of at most {maximum}");
        let words = usize::try_from(maximum * PAGE / 8).expect("a maximum that fits this machine");
        PlainMemory { words: bytemuck::zeroed_slice_box(words), byte_len: AtomicU64::new(initial * PAGE) }
    }

    /// The word that holds an access of `size` bytes.
    fn word(&self, addr: u64, size: u64) -> Result<&AtomicU64, MemoryFault> {
        if addr.checked_add(size).is_none_or(|end| end > self.byte_len()) {
            return Err(MemoryFault::OutOfBounds);
        }
        if !addr.is_multiple_of(size) {
            return Err(MemoryFault::Unaligned);
        }
        let index = usize::try_from(addr / 8).map_err(|_| MemoryFault::OutOfBounds)?;
        self.words.get(index).ok_or(MemoryFault::OutOfBounds)
    }
}

/// How far up a 32-bit word lies in the 64-bit word that holds it.
fn shift(addr: u64) -> u64 {
    addr % 8 * 8
}

/// A 64-bit word with one half replaced.
fn with_half(word: u64, addr: u64, half: u32) -> u64 {
    word & !(u64::from(u32::MAX) << shift(addr)) | u64::from(half) << shift(addr)
}

impl GuestMemory for PlainMemory {
    fn byte_len(&self) -> u64 {
        self.byte_len.load(SeqCst)
    }

    fn load32(&self, addr: u64) -> Result<u32, MemoryFault> {
        Ok((self.word(addr, 4)?.load(SeqCst) >> shift(addr)) as u32)
    }

    fn load64(&self, addr: u64) -> Result<u64, MemoryFault> {
        Ok(self.word(addr, 8)?.load(SeqCst))
    }

    fn store32(&self, addr: u64, value: u32) -> Result<(), MemoryFault> {
        self.word(addr, 4)?.update(SeqCst, SeqCst, |word| with_half(word, addr, value));
        Ok(())
    }

    fn store64(&self, addr: u64, value: u64) -> Result<(), MemoryFault> {
        self.word(addr, 8)?.store(value, SeqCst);
        Ok(())
    }

    fn compare_exchange32(&self, addr: u64, current: u32, new: u32) -> Result<Result<u32, u32>, MemoryFault> {
        let word = self.word(addr, 4)?;
        let half = |word: u64| (word >> shift(addr)) as u32;
        let exchanged =
            word.try_update(SeqCst, SeqCst, |word| (half(word) == current).then(|| with_half(word, addr, new)));
        Ok(exchanged.map(half).map_err(half))
    }

    fn read(&self, addr: u64, into: &mut [u8]) -> Result<(), MemoryFault> {
        let end = addr.checked_add(into.len() as u64).ok_or(MemoryFault::OutOfBounds)?;
        if end > self.byte_len() {
            return Err(MemoryFault::OutOfBounds);
        }
        let (mut addr, mut rest) = (addr, into);
        while !rest.is_empty() {
            let word = self.word(addr & !7, 8)?.load(SeqCst).to_le_bytes();
            let bytes = &word[(addr % 8) as usize..];
            let (now, later) = rest.split_at_mut(bytes.len().min(rest.len()));
            now.copy_from_slice(&bytes[..now.len()]);
            addr += now.len() as u64;
            rest = later;
        }
        Ok(())
    }

    fn write(&self, addr: u64, bytes: &[u8]) -> Result<(), MemoryFault> {
        let end = addr.checked_add(bytes.len() as u64).ok_or(MemoryFault::OutOfBounds)?;
        if end > self.byte_len() {
            return Err(MemoryFault::OutOfBounds);
        }
        let (mut addr, mut rest) = (addr, bytes);
        while !rest.is_empty() {
            let first = (addr % 8) as usize;
            let (now, later) = rest.split_at(rest.len().min(8 - first));
            self.word(addr & !7, 8)?.update(SeqCst, SeqCst, |word| {
                let mut word = word.to_le_bytes();
                word[first..first + now.len()].copy_from_slice(now);
                u64::from_le_bytes(word)
            });
            addr += now.len() as u64;
            rest = later;
        }
        Ok(())
    }

    fn grow(&self, pages: u64) -> Option<u64> {
        let limit = self.words.len() as u64 * 8;
        let grown = |len: u64| pages.checked_mul(PAGE)?.checked_add(len).filter(|&len| len <= limit);
        self.byte_len.try_update(SeqCst, SeqCst, grown).ok().map(|before| before / PAGE)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn bytes_are_copied_to_and_from_any_alignment() {
        for start in 0..20_u64 {
            for len in 0..30_u8 {
                let memory = PlainMemory::new(1, 1);
                let bytes: vec::Vec<u8> = (1..=len).collect();
                memory.write(start, &bytes).expect("in bounds");
                let mut around = vec![9; 64];
                memory.read(0, &mut around).expect("in bounds");
                let (start, len) = (start as usize, usize::from(len));
                assert_eq!(around[start..start + len], bytes);
                let untouched = around[..start].iter().chain(&around[start + len..]);
                assert!(untouched.into_iter().all(|&byte| byte == 0), "{start} {len} {around:?}");
                let mut exact = vec![0; len];
                memory.read(start as u64, &mut exact).expect("in bounds");
                assert_eq!(exact, bytes);
            }
        }
    }

    #[test]
    fn nothing_is_copied_past_the_end() {
        let memory = PlainMemory::new(1, 2);
        memory.write(65533, b"end").expect("in bounds");
        memory.write(65536, b"").expect("nothing, at the very end");
        for (addr, bytes) in [(65534, &b"END"[..]), (65537, b""), (u64::MAX, b"ab")] {
            assert_eq!(memory.write(addr, bytes), Err(MemoryFault::OutOfBounds));
        }
        assert_eq!(memory.load32(65532), Ok(u32::from_le_bytes(*b"\0end")));
    }
}
