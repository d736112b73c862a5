//! The guest's shared memory, accessed atomically while the guest does the same.
#![expect(unsafe_code, reason = "the engine gives a shared memory as raw bytes")]

use std::sync::atomic::{
    AtomicU8, AtomicU32, AtomicU64,
    Ordering::{Relaxed, SeqCst},
};

use raddle_runtime_api::{GuestMemory, MemoryFault};
use wasmtime::SharedMemory;

/// A guest's memory, for its embedder to read and change while the guest's threads do the same: [`GuestMemory`] has the
/// loads and stores, every one of them checked and atomic. Cheap to clone; a clone is the same memory.
///
/// The guest may change anything between two reads: copy first, then validate the copy.
#[derive(Debug, Clone)]
pub struct Memory(SharedMemory);

impl Memory {
    /// One of the engine's shared memories. Except for wasm, nothing may access it other than atomically.
    #[must_use]
    pub fn new(memory: SharedMemory) -> Memory {
        Memory(memory)
    }

    /// wasmtime's own handle on the memory, with raw access.
    #[must_use]
    pub fn as_wasmtime(&self) -> &SharedMemory {
        &self.0
    }

    /// The address of an aligned access of `size` bytes.
    fn address(&self, addr: u64, size: usize) -> Result<*mut u8, MemoryFault> {
        let data = self.0.data();
        let start = usize::try_from(addr).map_err(|_| MemoryFault::OutOfBounds)?;
        let end = start.checked_add(size).ok_or(MemoryFault::OutOfBounds)?;
        if end > data.len() {
            return Err(MemoryFault::OutOfBounds);
        }
        if !start.is_multiple_of(size) {
            return Err(MemoryFault::Unaligned);
        }
        Ok(data[start..].as_ptr().cast_mut().cast())
    }

    fn word32(&self, addr: u64) -> Result<&AtomicU32, MemoryFault> {
        let address = self.address(addr, 4)?;
        // SAFETY: the four bytes lie in the memory, which stays mapped at its place as long as `self` holds it. They
        // are aligned: the memory starts at a page. The guest accesses them concurrently, but from machine code, whose
        // plain accesses are no Rust accesses and whose atomic ones are of this very size or do not race in any way
        // that Rust could observe as other than a value; the host never makes a non-atomic access.
        Ok(unsafe { AtomicU32::from_ptr(address.cast()) })
    }

    fn word64(&self, addr: u64) -> Result<&AtomicU64, MemoryFault> {
        let address = self.address(addr, 8)?;
        // SAFETY: as in `word32`, for eight bytes.
        Ok(unsafe { AtomicU64::from_ptr(address.cast()) })
    }

    /// Bytes of any alignment, to be copied.
    fn parts(&self, addr: u64, len: usize) -> Result<Parts<'_>, MemoryFault> {
        let data = self.0.data();
        let start = usize::try_from(addr).map_err(|_| MemoryFault::OutOfBounds)?;
        let end = start.checked_add(len).ok_or(MemoryFault::OutOfBounds)?;
        if end > data.len() {
            return Err(MemoryFault::OutOfBounds);
        }
        // SAFETY: as in `word32`, for each of these bytes; `UnsafeCell`s in the engine's slice and atomics in ours both
        // allow that the memory changes.
        let bytes = unsafe { std::slice::from_raw_parts(data[start..].as_ptr().cast::<AtomicU8>(), len) };
        // SAFETY: eight bytes of any value are a word, and all accesses of the host are atomic.
        let (head, words, tail) = unsafe { bytes.align_to::<AtomicU64>() };
        Ok(Parts { head, words, tail })
    }
}

/// Bytes in a row: single ones, then eight at a time where they are aligned, then single ones.
struct Parts<'a> {
    head: &'a [AtomicU8],
    words: &'a [AtomicU64],
    tail: &'a [AtomicU8],
}

impl GuestMemory for Memory {
    fn byte_len(&self) -> u64 {
        self.0.data_size() as u64
    }

    fn load32(&self, addr: u64) -> Result<u32, MemoryFault> {
        Ok(u32::from_le(self.word32(addr)?.load(SeqCst)))
    }

    fn load64(&self, addr: u64) -> Result<u64, MemoryFault> {
        Ok(u64::from_le(self.word64(addr)?.load(SeqCst)))
    }

    fn store32(&self, addr: u64, value: u32) -> Result<(), MemoryFault> {
        self.word32(addr)?.store(value.to_le(), SeqCst);
        Ok(())
    }

    fn store64(&self, addr: u64, value: u64) -> Result<(), MemoryFault> {
        self.word64(addr)?.store(value.to_le(), SeqCst);
        Ok(())
    }

    fn compare_exchange32(&self, addr: u64, current: u32, new: u32) -> Result<Result<u32, u32>, MemoryFault> {
        let exchanged = self.word32(addr)?.compare_exchange(current.to_le(), new.to_le(), SeqCst, SeqCst);
        Ok(exchanged.map(u32::from_le).map_err(u32::from_le))
    }

    fn read(&self, addr: u64, into: &mut [u8]) -> Result<(), MemoryFault> {
        let Parts { head, words, tail } = self.parts(addr, into.len())?;
        let (into_head, rest) = into.split_at_mut(head.len());
        let (into_words, into_tail) = rest.split_at_mut(words.len() * 8);
        let single = head.iter().chain(tail).zip(into_head.iter_mut().chain(into_tail));
        single.for_each(|(from, to)| *to = from.load(Relaxed));
        let eight = words.iter().zip(into_words.as_chunks_mut::<8>().0);
        eight.for_each(|(from, to)| *to = from.load(Relaxed).to_ne_bytes());
        Ok(())
    }

    fn write(&self, addr: u64, bytes: &[u8]) -> Result<(), MemoryFault> {
        let Parts { head, words, tail } = self.parts(addr, bytes.len())?;
        let (from_head, rest) = bytes.split_at(head.len());
        let (from_words, from_tail) = rest.split_at(words.len() * 8);
        let single = head.iter().chain(tail).zip(from_head.iter().chain(from_tail));
        single.for_each(|(to, &from)| to.store(from, Relaxed));
        let eight = words.iter().zip(from_words.as_chunks::<8>().0);
        eight.for_each(|(to, &from)| to.store(u64::from_ne_bytes(from), Relaxed));
        Ok(())
    }

    fn grow(&self, pages: u64) -> Option<u64> {
        self.0.grow(pages).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmtime::{Config, Engine, MemoryType};

    fn memory() -> Memory {
        let engine = Engine::new(Config::new().shared_memory(true)).expect("an engine");
        Memory::new(SharedMemory::new(&engine, MemoryType::shared(1, 2)).expect("a memory"))
    }

    #[test]
    fn accesses_are_checked() {
        let memory = memory();
        assert_eq!(memory.load32(65532), Ok(0));
        assert_eq!(memory.load32(65536), Err(MemoryFault::OutOfBounds));
        assert_eq!(memory.load32(65534), Err(MemoryFault::OutOfBounds));
        assert_eq!(memory.load32(2), Err(MemoryFault::Unaligned));
        assert_eq!(memory.load64(4), Err(MemoryFault::Unaligned));
        assert_eq!(memory.store64(u64::MAX - 7, 0), Err(MemoryFault::OutOfBounds));
        assert_eq!(memory.read(65530, &mut [0; 7]), Err(MemoryFault::OutOfBounds));
        assert_eq!(memory.read(u64::MAX, &mut [0; 7]), Err(MemoryFault::OutOfBounds));
        assert_eq!(memory.grow(2), None);
        assert_eq!(memory.grow(1), Some(1));
        assert_eq!(memory.load32(65536), Ok(0));
    }

    #[test]
    fn bytes_are_read_from_any_alignment() {
        let memory = memory();
        for at in 0..8 {
            memory
                .store64(at * 8, u64::from_le_bytes(std::array::from_fn(|i| (at * 8) as u8 + i as u8)))
                .expect("in bounds");
        }
        for start in 0..20_usize {
            for len in 0..30_usize {
                let mut bytes = vec![0; len];
                memory.read(start as u64, &mut bytes).expect("in bounds");
                let expected: Vec<u8> = (start..start + len).map(|byte| byte as u8).collect();
                assert_eq!(bytes, expected);
            }
        }
    }

    #[test]
    fn bytes_are_written_to_any_alignment() {
        let memory = memory();
        for start in 0..20_u64 {
            for len in 0..30_usize {
                memory.write(0, &[0; 64]).expect("in bounds");
                memory.write(start, &vec![7; len]).expect("in bounds");
                let mut bytes = [0; 64];
                memory.read(0, &mut bytes).expect("in bounds");
                let expected: Vec<u8> =
                    (0..64).map(|at| 7 * u8::from((start..start + len as u64).contains(&at))).collect();
                assert_eq!(bytes[..], expected);
            }
        }
        memory.write(65533, b"end").expect("in bounds");
        memory.write(65536, b"").expect("nothing, at the very end");
        let mut bytes = [0; 4];
        memory.read(65532, &mut bytes).expect("in bounds");
        assert_eq!(&bytes, b"\0end");
        for (addr, bytes) in [(65534, &b"end"[..]), (65537, b""), (u64::MAX, b"ab")] {
            assert_eq!(memory.write(addr, bytes), Err(MemoryFault::OutOfBounds));
        }
        assert_eq!(memory.load32(65532), Ok(u32::from_le_bytes(*b"\0end")), "nothing was copied");
    }
}
