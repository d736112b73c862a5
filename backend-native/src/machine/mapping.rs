//! Memory mappings of our own: address space that is asked for, guarded, given back, and never had by an abort.
#![expect(unsafe_code, reason = "mappings are made and changed by calls that trust their addresses")]

use std::{io, ptr};

use rustix::{
    mm::{self, MapFlags, MprotectFlags, ProtFlags},
    param::page_size,
};

/// Memory that can be read and written, until this is dropped. Nobody else has it.
#[derive(Debug)]
pub(crate) struct Mapping {
    address: usize,
    len: usize,
}

/// What kind of guard a mapping has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guards {
    /// Marks in the page table, which leave the mapping whole.
    Marks,
    /// Mappings of their own.
    Mappings,
}

impl Mapping {
    /// A mapping of so many bytes, rounded up to whole pages, for stacks. It takes memory as it is touched, a page at a
    /// time.
    ///
    /// # Errors
    /// If the system refuses it.
    pub(crate) fn new(len: usize) -> io::Result<Mapping> {
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE | MapFlags::STACK;
        let mapping = map(len, ProtFlags::READ | ProtFlags::WRITE, flags)?;
        // A huge page for each stack would be a hundred times what they use. Where there are none, this is an error.
        // SAFETY: the pages are ours, and what they hold stays.
        let _ = unsafe {
            mm::madvise(ptr::without_provenance_mut(mapping.address), mapping.len, mm::Advice::LinuxNoHugepage)
        };
        Ok(mapping)
    }

    /// The address of its first byte, where a page begins.
    pub(crate) fn address(&self) -> usize {
        self.address
    }

    /// Whether the address is in it.
    pub(crate) fn contains(&self, address: usize) -> bool {
        (self.address..self.address + self.len).contains(&address)
    }

    /// Makes the page at each of these offsets one that nobody can access.
    ///
    /// # Errors
    /// If the system refuses it, for want of room.
    pub(crate) fn guard(&mut self, offsets: impl IntoIterator<Item = usize>) -> io::Result<Guards> {
        /// Since Linux 6.13.
        const MADV_GUARD_INSTALL: libc::c_int = 102;

        let mut guards = Guards::Marks;
        for offset in offsets {
            let page = self.page(offset);
            if guards == Guards::Marks {
                // SAFETY: the page is ours, and nothing has been kept there.
                if unsafe { libc::madvise(page, page_size(), MADV_GUARD_INSTALL) } == 0 {
                    continue;
                }
                guards = Guards::Mappings;
            }
            // SAFETY: as above.
            unsafe { mm::mprotect(page, page_size(), MprotectFlags::empty()) }?;
        }
        Ok(guards)
    }

    /// Gives back what was touched of so many bytes from an address in the mapping on. Guards stay.
    ///
    /// # Safety
    /// Nobody relies on what is there: it is zeros afterwards.
    pub(crate) unsafe fn give_back(address: usize, len: usize) {
        // An error means that the pages stay as they are.
        // SAFETY: the caller says that nobody needs them.
        let _ = unsafe { mm::madvise(ptr::without_provenance_mut(address), len, mm::Advice::LinuxDontNeed) };
    }

    fn page(&self, offset: usize) -> *mut libc::c_void {
        assert!(offset.is_multiple_of(page_size()) && offset < self.len, "a page of the mapping");
        ptr::without_provenance_mut(self.address + offset)
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: it is ours, whole, and whoever was lent a part of it has given that back.
        let unmapped = unsafe { mm::munmap(ptr::without_provenance_mut(self.address), self.len) };
        debug_assert!(unmapped.is_ok(), "{unmapped:?}");
    }
}

/// Whether the application may map so many bytes more.
pub(crate) fn can_map(len: usize) -> bool {
    map(len, ProtFlags::empty(), MapFlags::PRIVATE | MapFlags::NORESERVE).is_ok()
}

fn map(len: usize, protection: ProtFlags, flags: MapFlags) -> io::Result<Mapping> {
    let too_large = || io::Error::from(io::ErrorKind::OutOfMemory);
    let len = len.checked_next_multiple_of(page_size()).ok_or_else(too_large)?;
    // SAFETY: the system chooses the place, where nothing was before.
    let address = unsafe { mm::mmap_anonymous(ptr::null_mut(), len, protection, flags) }?;
    Ok(Mapping { address: address.addr(), len })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The flags of access of the mapping with that address, as the system shows them, and how many there are.
    fn mappings() -> usize {
        std::fs::read_to_string("/proc/self/maps").expect("Linux").lines().count()
    }

    #[test]
    fn what_cannot_be_mapped_is_an_error() {
        assert!(can_map(1) && !can_map(usize::MAX) && !can_map(usize::MAX / 2));
        assert!(Mapping::new(usize::MAX).is_err() && Mapping::new(usize::MAX / 2).is_err());
    }

    #[test]
    fn guards_are_there_and_stay() {
        let page = page_size();
        let mut mapping = Mapping::new(4 * page).expect("four pages");
        mapping.guard([0, 2 * page]).expect("guards");
        // The system reads what it is told to write, and says whether it may.
        let can_be_read = |offset: usize| {
            let (reader, writer) = rustix::pipe::pipe().expect("a pipe");
            // SAFETY: the system looks whether there is such memory.
            let written = unsafe { libc::write(raw(&writer), mapping.page(offset), 1) };
            drop(reader);
            written == 1
        };
        let is_as_made = || [0, 1, 2, 3].map(|index| can_be_read(index * page)) == [false, true, false, true];
        assert!(is_as_made());
        // SAFETY: nothing is kept there.
        unsafe { Mapping::give_back(mapping.address(), 4 * page) };
        assert!(is_as_made());
    }

    fn raw(fd: &std::os::fd::OwnedFd) -> i32 {
        std::os::fd::AsRawFd::as_raw_fd(fd)
    }

    #[test]
    fn marks_take_no_mappings() {
        let page = page_size();
        let mut mapping = Mapping::new(64 * page).expect("some pages");
        let before = mappings();
        let guards = mapping.guard((0..32).map(|index| 2 * index * page)).expect("guards");
        // Other tests map as well.
        assert!(guards == Guards::Mappings || mappings() < before + 32);
    }
}
