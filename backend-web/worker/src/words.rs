//! The control words of all processes of the page.

use raddle_runtime_api::Words;

use crate::sys::words;

/// All words of the shared memory, the page's header first.
#[derive(Clone, Copy)]
pub(crate) struct SharedWords;

impl Words for SharedWords {
    fn load(&self, at: u32) -> u32 {
        words::load(at * 4)
    }

    fn store(&self, at: u32, value: u32) {
        words::store(at * 4, value);
    }

    fn swap(&self, at: u32, value: u32) -> u32 {
        words::swap(at * 4, value)
    }

    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32> {
        let found = words::compare_exchange(at * 4, current, new);
        if found == current { Ok(found) } else { Err(found) }
    }

    fn fetch_add(&self, at: u32, value: u32) -> u32 {
        words::add(at * 4, value)
    }

    fn fetch_sub(&self, at: u32, value: u32) -> u32 {
        words::sub(at * 4, value)
    }

    fn fetch_or(&self, at: u32, bits: u32) -> u32 {
        words::or(at * 4, bits)
    }

    fn fence(&self) {
        words::fence();
    }
}
