//! The bytes of a file.

use std::sync::{Arc, PoisonError, RwLock};

use super::node::{Attributes, Budget};
use crate::{
    abi::{Errno, FileType, Result},
    system::{File, Metadata, Times},
};

/// A file. It lives for as long as it has a name or is open.
pub(super) struct Content {
    pub(super) attributes: Attributes,
    bytes: RwLock<Vec<u8>>,
    budget: Arc<Budget>,
}

impl Content {
    pub(super) fn new(attributes: Attributes, budget: Arc<Budget>) -> Content {
        Content { attributes, bytes: RwLock::default(), budget }
    }

    fn len(&self) -> u64 {
        self.bytes.read().unwrap_or_else(PoisonError::into_inner).len() as u64
    }

    pub(super) fn metadata(&self) -> Metadata {
        self.attributes.metadata(FileType::RegularFile, self.len())
    }

    fn change<T>(&self, f: impl FnOnce(&mut Vec<u8>) -> Result<T>) -> Result<T> {
        let result = f(&mut self.bytes.write().unwrap_or_else(PoisonError::into_inner));
        if result.is_ok() {
            self.attributes.modified();
        }
        result
    }

    /// Makes it longer, with zeros, or shorter.
    fn resize(&self, bytes: &mut Vec<u8>, len: u64) -> Result<()> {
        let old = bytes.len() as u64;
        if len <= old {
            bytes.truncate(len as usize);
            self.budget.give_back(old - len);
            return Ok(());
        }
        self.budget.take(len - old)?;
        let is_there = usize::try_from(len - old).is_ok_and(|more| bytes.try_reserve(more).is_ok());
        if !is_there {
            self.budget.give_back(len - old);
            return Err(Errno::NoSpace);
        }
        bytes.resize(len as usize, 0);
        Ok(())
    }

    fn write(&self, own: &mut Vec<u8>, offset: u64, bytes: &[u8]) -> Result<()> {
        let end = offset.checked_add(bytes.len() as u64).ok_or(Errno::FileTooBig)?;
        if end > own.len() as u64 {
            self.resize(own, end)?;
        }
        own[offset as usize..end as usize].copy_from_slice(bytes);
        Ok(())
    }
}

impl File for Content {
    fn metadata(&self) -> Result<Metadata> {
        Ok(self.metadata())
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize> {
        let bytes = self.bytes.read().unwrap_or_else(PoisonError::into_inner);
        let start = bytes.len().min(usize::try_from(offset).unwrap_or(usize::MAX));
        let len = into.len().min(bytes.len() - start);
        into[..len].copy_from_slice(&bytes[start..start + len]);
        Ok(len)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<usize> {
        self.change(|own| self.write(own, offset, bytes).map(|()| bytes.len()))
    }

    fn append(&self, bytes: &[u8]) -> Result<(usize, u64)> {
        self.change(|own| {
            let end = own.len() as u64;
            self.write(own, end, bytes).map(|()| (bytes.len(), own.len() as u64))
        })
    }

    fn set_len(&self, len: u64) -> Result<()> {
        self.change(|own| self.resize(own, len))
    }

    fn allocate(&self, len: u64) -> Result<()> {
        self.change(|own| if own.len() as u64 >= len { Ok(()) } else { self.resize(own, len) })
    }

    fn set_times(&self, times: Times) -> Result<()> {
        self.attributes.set_times(times);
        Ok(())
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        self.budget.give_back(self.len());
    }
}
