//! Control words as plain atomics, for hosts whose threads share an address space.

use alloc::boxed::Box;
use core::{
    ops::Deref,
    sync::atomic::{AtomicU32, Ordering::SeqCst, fence},
};

use crate::host::Words;

/// Control words in this address space. `T` is whatever holds the atomics, for instance `Box<[AtomicU32]>` or
/// `Arc<[AtomicU32]>`.
#[derive(Debug, Clone)]
pub struct AtomicWords<T = Box<[AtomicU32]>>(T);

impl AtomicWords {
    /// This many words, all zero, in pages that are not touched yet: most of a process's records never are.
    #[must_use]
    pub fn zeroed(len: u32) -> AtomicWords {
        AtomicWords(bytemuck::zeroed_slice_box(len as usize))
    }
}

impl<T: Deref<Target = [AtomicU32]>> AtomicWords<T> {
    /// Uses these words, which must be zero for a new process.
    pub fn new(words: T) -> AtomicWords<T> {
        AtomicWords(words)
    }

    /// One word, for a host to park on.
    #[must_use]
    pub fn word(&self, at: u32) -> &AtomicU32 {
        &self.0[at as usize]
    }
}

impl<T: Deref<Target = [AtomicU32]>> Words for AtomicWords<T> {
    fn load(&self, at: u32) -> u32 {
        self.word(at).load(SeqCst)
    }

    fn store(&self, at: u32, value: u32) {
        self.word(at).store(value, SeqCst);
    }

    fn swap(&self, at: u32, value: u32) -> u32 {
        self.word(at).swap(value, SeqCst)
    }

    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32> {
        self.word(at).compare_exchange(current, new, SeqCst, SeqCst)
    }

    fn fetch_add(&self, at: u32, value: u32) -> u32 {
        self.word(at).fetch_add(value, SeqCst)
    }

    fn fetch_sub(&self, at: u32, value: u32) -> u32 {
        self.word(at).fetch_sub(value, SeqCst)
    }

    fn fetch_or(&self, at: u32, bits: u32) -> u32 {
        self.word(at).fetch_or(bits, SeqCst)
    }

    fn fence(&self) {
        fence(SeqCst);
    }
}
