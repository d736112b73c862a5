//! TLS keys. A key's existence and destructor are in the control words; a thread's values are its own. `keys.md`,
//! beside this file, explains the protocol.

use alloc::vec::Vec;
use core::cell::RefCell;

use super::kernel::Kernel;
use crate::{abi::Status, host::Host};

/// One thread's values, by key index.
#[derive(Debug, Default)]
pub(crate) struct Values(RefCell<Vec<Value>>);

#[derive(Debug, Clone, Copy, Default)]
struct Value {
    generation: u32,
    value: u64,
}

impl<H: Host> Kernel<H> {
    /// A new key. `None` if there are as many as there can be.
    pub(crate) fn create_key(&self, destructor: u64) -> Option<u32> {
        let header = self.header();
        let _lock = self.lock(header.key_lock());
        let index =
            (0..self.layout.sizes.max_keys).find(|&index| self.key(index).generation().load().is_multiple_of(2))?;
        let key = self.key(index);
        key.destructor().store(destructor);
        let generation = key.generation().add(1).wrapping_add(1);
        Some(self.key_number(index, generation))
    }

    pub(crate) fn delete_key(&self, number: u32) -> Status {
        let header = self.header();
        let _lock = self.lock(header.key_lock());
        let Some((index, _)) = self.find_key(number) else { return Status::Invalid };
        self.key(index).generation().add(1);
        Status::Ok
    }

    /// Numbers are positive as an `i32`. The number of a key is reused after two million deletions of that key.
    fn key_number(&self, index: u32, generation: u32) -> u32 {
        let max_keys = self.layout.sizes.max_keys;
        let round = generation / 2 % (i32::MAX as u32 / max_keys);
        round * max_keys + index + 1
    }

    /// The index and the generation of a key that exists.
    fn find_key(&self, number: u32) -> Option<(u32, u32)> {
        let index = number.checked_sub(1)? % self.layout.sizes.max_keys;
        let generation = self.key(index).generation().load();
        (generation % 2 == 1 && self.key_number(index, generation) == number).then_some((index, generation))
    }
}

impl Values {
    pub(crate) fn set<H: Host>(&self, kernel: &Kernel<H>, number: u32, value: u64) -> Status {
        let Some((index, generation)) = kernel.find_key(number) else { return Status::Invalid };
        let mut values = self.0.borrow_mut();
        let index = index as usize;
        if values.len() <= index {
            values.resize(index + 1, Value::default());
        }
        values[index] = Value { generation, value };
        Status::Ok
    }

    pub(crate) fn get<H: Host>(&self, kernel: &Kernel<H>, number: u32) -> u64 {
        let Some((index, generation)) = kernel.find_key(number) else { return 0 };
        let values = self.0.borrow();
        values.get(index as usize).filter(|value| value.generation == generation).map_or(0, |value| value.value)
    }

    /// Sets the first non-zero value at `from` or later whose key has a destructor to 0. Returns where to continue, the
    /// destructor and the old value.
    pub(crate) fn take_next<H: Host>(&self, kernel: &Kernel<H>, from: usize) -> Option<(usize, u64, u64)> {
        let mut values = self.0.borrow_mut();
        for (index, slot) in values.iter_mut().enumerate().skip(from) {
            let key = kernel.key(index as u32);
            let exists = || slot.generation % 2 == 1 && key.generation().load() == slot.generation;
            // Before and after: another thread may delete the key and make a new one in its place, with another
            // destructor.
            if slot.value == 0 || !exists() {
                continue;
            }
            let destructor = key.destructor().load();
            if destructor != 0 && exists() {
                return Some((index + 1, destructor, core::mem::take(&mut slot.value)));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Config, MAX_TLS_KEYS,
        memory_host::{MemoryHost, Program},
    };

    fn kernel() -> Kernel<MemoryHost> {
        let program = Program::new();
        let config = Config::new(&program.section, &program.limits).unwrap();
        Kernel::create(MemoryHost::bare(&config), &config)
    }

    #[test]
    fn numbers_are_positive_and_name_their_key_however_often_it_was_made() {
        let kernel = kernel();
        for index in [0, 1, MAX_TLS_KEYS - 1] {
            for made in [0, 1, 2_097_150, 2_097_151, 2_097_152, 1 << 22, u32::MAX / 2 - 1, u32::MAX / 2] {
                let generation = kernel.key(index).generation();
                generation.store(made * 2 + 1);
                let number = kernel.key_number(index, generation.load());
                assert!(number > 0 && i32::try_from(number).is_ok(), "{number:#x}");
                assert_eq!(kernel.find_key(number), Some((index, generation.load())));
                assert_eq!(kernel.delete_key(number), Status::Ok);
                assert_eq!(kernel.find_key(number), None);
            }
        }
    }

    #[test]
    fn a_values_generation_is_its_keys() {
        let (kernel, values) = (kernel(), Values::default());
        let key = kernel.create_key(7).unwrap();
        assert_eq!(values.set(&kernel, key, 5), Status::Ok);
        assert_eq!(values.get(&kernel, key), 5);
        assert_eq!(kernel.delete_key(key), Status::Ok);
        let next = kernel.create_key(8).unwrap();
        assert_eq!((values.get(&kernel, key), values.get(&kernel, next)), (0, 0));
        assert_eq!(values.take_next(&kernel, 0), None, "the old value has no destructor any more");
        assert_eq!(values.set(&kernel, next, 6), Status::Ok);
        assert_eq!(values.take_next(&kernel, 0), Some((1, 8, 6)));
        assert_eq!(values.get(&kernel, next), 0);
    }
}
