//! Handles on one control word, and on two that make a 64-bit number.

use crate::host::Words;

/// One control word.
pub(crate) struct Word<'a, W: ?Sized> {
    words: &'a W,
    at: u32,
}

impl<'a, W: Words + ?Sized> Word<'a, W> {
    pub(crate) fn new(words: &'a W, at: u32) -> Self {
        Word { words, at }
    }

    /// Where the word is, to park on.
    pub(crate) fn index(&self) -> u32 {
        self.at
    }

    pub(crate) fn load(&self) -> u32 {
        self.words.load(self.at)
    }

    pub(crate) fn store(&self, value: u32) {
        self.words.store(self.at, value);
    }

    pub(crate) fn swap(&self, value: u32) -> u32 {
        self.words.swap(self.at, value)
    }

    /// Whether the word held `current` and now holds `new`.
    pub(crate) fn exchange(&self, current: u32, new: u32) -> bool {
        self.words.compare_exchange(self.at, current, new).is_ok()
    }

    pub(crate) fn add(&self, value: u32) -> u32 {
        self.words.fetch_add(self.at, value)
    }

    pub(crate) fn sub(&self, value: u32) -> u32 {
        self.words.fetch_sub(self.at, value)
    }

    pub(crate) fn or(&self, bits: u32) -> u32 {
        self.words.fetch_or(self.at, bits)
    }
}

/// Two control words as a 64-bit number. The two halves are not read or written together: a lock, or the rule about who
/// owns the record, keeps readers and writers apart.
pub(crate) struct Wide<'a, W: ?Sized> {
    words: &'a W,
    at: u32,
}

impl<'a, W: Words + ?Sized> Wide<'a, W> {
    pub(crate) fn new(words: &'a W, at: u32) -> Self {
        Wide { words, at }
    }

    /// Where its low half is.
    #[cfg(test)]
    pub(crate) fn index(&self) -> u32 {
        self.at
    }

    pub(crate) fn load(&self) -> u64 {
        u64::from(self.words.load(self.at)) | u64::from(self.words.load(self.at + 1)) << 32
    }

    pub(crate) fn store(&self, value: u64) {
        self.words.store(self.at, value as u32);
        self.words.store(self.at + 1, (value >> 32) as u32);
    }
}
