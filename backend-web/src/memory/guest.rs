//! A guest's memory, as the page reaches it.

use js_sys::{Atomics, BigInt, BigInt64Array, Int32Array, Uint8Array, WebAssembly};
use raddle_runtime_api::{GuestMemory, MemoryFault, PAGE};
use wasm_bindgen::JsValue;

use crate::js;

/// A guest's memory, which its threads change at any time.
#[derive(Debug, Clone)]
pub struct Memory {
    memory: WebAssembly::Memory,
    is_64: bool,
}

impl Memory {
    pub(crate) fn new(memory: WebAssembly::Memory, is_64: bool) -> Memory {
        Memory { memory, is_64 }
    }

    /// The memory itself. Its buffer is another one whenever it has grown.
    #[must_use]
    pub fn memory(&self) -> &WebAssembly::Memory {
        &self.memory
    }

    /// The place of an aligned access in an array of elements of that size.
    fn place(&self, addr: u64, size: u64) -> Result<u32, MemoryFault> {
        if addr.checked_add(size).is_none_or(|end| end > self.byte_len()) {
            return Err(MemoryFault::OutOfBounds);
        }
        if !addr.is_multiple_of(size) {
            return Err(MemoryFault::Unaligned);
        }
        u32::try_from(addr / size).map_err(|_| MemoryFault::OutOfBounds)
    }

    fn words(&self) -> Int32Array {
        Int32Array::new(&self.memory.buffer())
    }

    fn doubles(&self) -> BigInt64Array {
        BigInt64Array::new(&self.memory.buffer())
    }
}

impl GuestMemory for Memory {
    fn byte_len(&self) -> u64 {
        js::number(&self.memory.buffer(), "byteLength").map_or(0, |len| len as u64)
    }

    fn load32(&self, addr: u64) -> Result<u32, MemoryFault> {
        let place = self.place(addr, 4)?;
        Atomics::load(&self.words(), place).map(i32::cast_unsigned).map_err(|_| MemoryFault::OutOfBounds)
    }

    fn load64(&self, addr: u64) -> Result<u64, MemoryFault> {
        let place = self.place(addr, 8)?;
        let value = Atomics::load_bigint(&self.doubles(), place.into()).map_err(|_| MemoryFault::OutOfBounds)?;
        Ok(value.cast_unsigned())
    }

    fn store32(&self, addr: u64, value: u32) -> Result<(), MemoryFault> {
        let place = self.place(addr, 4)?;
        Atomics::store(&self.words(), place, value.cast_signed()).map(drop).map_err(|_| MemoryFault::OutOfBounds)
    }

    fn store64(&self, addr: u64, value: u64) -> Result<(), MemoryFault> {
        let place = self.place(addr, 8)?;
        Atomics::store_bigint(&self.doubles(), place, value.cast_signed())
            .map(drop)
            .map_err(|_| MemoryFault::OutOfBounds)
    }

    fn compare_exchange32(&self, addr: u64, current: u32, new: u32) -> Result<Result<u32, u32>, MemoryFault> {
        let place = self.place(addr, 4)?;
        let found = Atomics::compare_exchange(&self.words(), place, current.cast_signed(), new.cast_signed());
        let found = found.map_err(|_| MemoryFault::OutOfBounds)?.cast_unsigned();
        Ok(if found == current { Ok(found) } else { Err(found) })
    }

    fn read(&self, addr: u64, into: &mut [u8]) -> Result<(), MemoryFault> {
        let end = addr.checked_add(into.len() as u64).ok_or(MemoryFault::OutOfBounds)?;
        if end > self.byte_len() {
            return Err(MemoryFault::OutOfBounds);
        }
        // Bytes past 4 GiB are past what a view's 32-bit offset names.
        let start = u32::try_from(addr).map_err(|_| MemoryFault::OutOfBounds)?;
        Uint8Array::new_with_byte_offset_and_length(&self.memory.buffer(), start, into.len() as u32).copy_to(into);
        Ok(())
    }

    fn write(&self, addr: u64, bytes: &[u8]) -> Result<(), MemoryFault> {
        let end = addr.checked_add(bytes.len() as u64).ok_or(MemoryFault::OutOfBounds)?;
        if end > self.byte_len() {
            return Err(MemoryFault::OutOfBounds);
        }
        // As in `read`.
        let start = u32::try_from(addr).map_err(|_| MemoryFault::OutOfBounds)?;
        Uint8Array::new_with_byte_offset_and_length(&self.memory.buffer(), start, bytes.len() as u32).copy_from(bytes);
        Ok(())
    }

    fn grow(&self, pages: u64) -> Option<u64> {
        let before = self.byte_len() / PAGE;
        let pages: JsValue = if self.is_64 { BigInt::from(pages).into() } else { JsValue::from(pages as f64) };
        let answer = js::grow(&self.memory, &pages).ok()?;
        // Others may grow it meanwhile: what it answers is right.
        Some(answer.as_f64().map_or(before, |before| before as u64))
    }
}
