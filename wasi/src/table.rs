//! The table of descriptors that all threads of a process share.
//!
//! A call takes its descriptor out of the table once, and holds it until it is done: another thread may close or replace
//! the number meanwhile, and what was open is closed when nobody uses it any more. The table's own lock is never held
//! during a transfer. A close and a renumbering are one step each.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError, RwLock,
    atomic::{AtomicU32, AtomicU64, Ordering::SeqCst},
};

use crate::{
    abi::{Errno, FileType, Result, flags::FD_ALL, rights},
    system::{Directory, Entry, File, Listener, Opened, Stream},
};

/// What a descriptor names, with all that belongs to its being open.
pub(crate) struct Descriptor {
    pub(crate) object: Object,
    /// The name under which the host opened it for the guest.
    pub(crate) preopened: Option<Box<[u8]>>,
    /// Of itself, and of what is opened through it.
    rights: [AtomicU64; 2],
    flags: AtomicU32,
}

/// What is open.
pub(crate) enum Object {
    /// A file, with the cursor where it is the process's own.
    File { file: Arc<dyn File>, cursor: Mutex<u64> },
    /// A directory, with its entries as they were when reading them began.
    Directory { directory: Arc<dyn Directory>, listing: Mutex<Option<Arc<[Entry]>>> },
    /// What has no cursor.
    Stream(Arc<dyn Stream>),
    /// What accepts connections.
    Listener(Arc<dyn Listener>),
}

impl From<Opened> for Object {
    fn from(opened: Opened) -> Object {
        match opened {
            Opened::File(file) => Object::File { file, cursor: Mutex::new(0) },
            Opened::Directory(directory) => Object::Directory { directory, listing: Mutex::new(None) },
            Opened::Stream(stream) => Object::Stream(stream),
        }
    }
}

impl Object {
    /// All rights that make sense for it: of the object itself, and of what is opened in it.
    pub(crate) fn all_rights(&self) -> Rights {
        match self {
            Object::File { .. } => Rights { base: rights::FILE, inheriting: 0 },
            Object::Directory { .. } => Rights { base: rights::DIRECTORY, inheriting: rights::INHERITING },
            Object::Stream(stream) if stream.connection().is_some() => {
                Rights { base: rights::CONNECTION, inheriting: 0 }
            }
            Object::Stream(_) => Rights { base: rights::STREAM, inheriting: 0 },
            Object::Listener(_) => Rights { base: rights::LISTENER, inheriting: rights::CONNECTION },
        }
    }

    pub(crate) fn kind(&self) -> FileType {
        match self {
            Object::File { .. } => FileType::RegularFile,
            Object::Directory { .. } => FileType::Directory,
            Object::Stream(stream) => stream.kind(),
            Object::Listener(_) => FileType::SocketStream,
        }
    }
}

/// The rights of a descriptor, and those of what is opened through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rights {
    pub(crate) base: u64,
    pub(crate) inheriting: u64,
}

impl Descriptor {
    pub(crate) fn new(object: Object, rights: Rights, flags: u32) -> Descriptor {
        let flags = AtomicU32::new(flags & FD_ALL);
        let rights = [rights.base, rights.inheriting].map(AtomicU64::new);
        Descriptor { object, preopened: None, rights, flags }
    }

    /// With all rights that make sense for it.
    pub(crate) fn with_all_rights(object: Object) -> Descriptor {
        let rights = object.all_rights();
        Descriptor::new(object, rights, 0)
    }

    /// A directory that the host opened, under the name by which the guest finds it.
    pub(crate) fn preopened(directory: Arc<dyn Directory>, name: &[u8]) -> Descriptor {
        let object = Object::from(Opened::Directory(directory));
        Descriptor { preopened: Some(name.into()), ..Descriptor::with_all_rights(object) }
    }

    pub(crate) fn rights(&self) -> Rights {
        let [base, inheriting] = &self.rights;
        Rights { base: base.load(SeqCst), inheriting: inheriting.load(SeqCst) }
    }

    /// Takes rights away.
    ///
    /// # Errors
    /// `NOTCAPABLE` if it would add any.
    pub(crate) fn reduce_rights(&self, to: Rights) -> Result<()> {
        let rights = self.rights();
        if to.base & !rights.base != 0 || to.inheriting & !rights.inheriting != 0 {
            return Err(Errno::NotCapable);
        }
        // Another thread may take others away meanwhile: none comes back.
        self.rights[0].fetch_and(to.base, SeqCst);
        self.rights[1].fetch_and(to.inheriting, SeqCst);
        Ok(())
    }

    /// # Errors
    /// `BADF` without the right, as of a file that is not open for that.
    pub(crate) fn need(&self, right: u64) -> Result<()> {
        if self.rights[0].load(SeqCst) & right == right { Ok(()) } else { Err(Errno::BadDescriptor) }
    }

    pub(crate) fn flags(&self) -> u32 {
        self.flags.load(SeqCst)
    }

    pub(crate) fn has(&self, flag: u32) -> bool {
        self.flags() & flag != 0
    }

    pub(crate) fn set_flags(&self, flags: u32) {
        self.flags.store(flags, SeqCst);
    }

    /// # Errors
    /// `NOTDIR`
    pub(crate) fn directory(&self) -> Result<&Arc<dyn Directory>> {
        match &self.object {
            Object::Directory { directory, .. } => Ok(directory),
            _ => Err(Errno::NotDirectory),
        }
    }

    /// # Errors
    /// `BADF`
    pub(crate) fn file(&self) -> Result<&Arc<dyn File>> {
        match &self.object {
            Object::File { file, .. } => Ok(file),
            _ => Err(Errno::BadDescriptor),
        }
    }
}

/// A lock whose holder cannot leave anything half done: what a panic poisoned is as good as before.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The descriptors by their numbers.
pub(crate) struct Table {
    slots: RwLock<Vec<Option<Arc<Descriptor>>>>,
    limit: usize,
}

impl Table {
    /// A table with these, from 0 on, and at most so many at a time.
    pub(crate) fn new(descriptors: Vec<Descriptor>, limit: usize) -> Table {
        let limit = limit.max(descriptors.len());
        let slots = descriptors.into_iter().map(|descriptor| Some(Arc::new(descriptor))).collect();
        Table { slots: RwLock::new(slots), limit }
    }

    fn change<T>(&self, f: impl FnOnce(&mut Vec<Option<Arc<Descriptor>>>) -> T) -> T {
        f(&mut self.slots.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// What a number names.
    ///
    /// # Errors
    /// `BADF`
    pub(crate) fn get(&self, fd: u32) -> Result<Arc<Descriptor>> {
        let slots = self.slots.read().unwrap_or_else(PoisonError::into_inner);
        slots.get(fd as usize).and_then(Clone::clone).ok_or(Errno::BadDescriptor)
    }

    /// Gives a descriptor the lowest free number.
    ///
    /// # Errors
    /// `MFILE` if there are too many.
    pub(crate) fn insert(&self, descriptor: Descriptor) -> Result<u32> {
        self.change(|slots| {
            let free = slots.iter().position(Option::is_none).unwrap_or(slots.len());
            if free >= self.limit {
                return Err(Errno::TooManyOpen);
            }
            if free == slots.len() {
                slots.push(None);
            }
            slots[free] = Some(Arc::new(descriptor));
            Ok(free as u32)
        })
    }

    /// Frees a number.
    ///
    /// # Errors
    /// `BADF`
    pub(crate) fn close(&self, fd: u32) -> Result<()> {
        let closed = self.change(|slots| slots.get_mut(fd as usize).and_then(Option::take));
        // What it was is dropped without the lock.
        closed.map(drop).ok_or(Errno::BadDescriptor)
    }

    /// Has a number name what another one names, and frees that one. Both must be open.
    ///
    /// # Errors
    /// `BADF`
    pub(crate) fn renumber(&self, from: u32, to: u32) -> Result<()> {
        let (from, to) = (from as usize, to as usize);
        let closed = self.change(|slots| {
            let is_open = |slots: &[Option<_>], fd| slots.get(fd).is_some_and(Option::is_some);
            if !is_open(slots, from) || !is_open(slots, to) {
                return Err(Errno::BadDescriptor);
            }
            if from == to {
                return Ok(None);
            }
            let moved = slots[from].take();
            Ok(std::mem::replace(&mut slots[to], moved))
        })?;
        drop(closed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Sink;

    fn sink() -> Descriptor {
        Descriptor::with_all_rights(Object::Stream(Arc::new(Sink)))
    }

    #[test]
    fn the_lowest_free_number_is_given_up_to_the_limit() {
        let table = Table::new(vec![sink(), sink(), sink()], 5);
        assert_eq!(table.insert(sink()), Ok(3));
        assert_eq!(table.insert(sink()), Ok(4));
        assert_eq!(table.insert(sink()), Err(Errno::TooManyOpen));
        assert_eq!(table.close(1), Ok(()));
        assert_eq!(table.close(1), Err(Errno::BadDescriptor));
        assert_eq!(table.close(u32::MAX), Err(Errno::BadDescriptor));
        assert_eq!(table.insert(sink()), Ok(1));
    }

    #[test]
    fn renumbering_needs_both_and_is_nothing_onto_itself() {
        let table = Table::new(vec![sink(), sink()], 9);
        let moved = table.get(1).unwrap();
        assert_eq!(table.renumber(1, 2), Err(Errno::BadDescriptor));
        assert_eq!(table.renumber(2, 1), Err(Errno::BadDescriptor));
        assert_eq!(table.renumber(1, 1), Ok(()));
        assert_eq!(table.renumber(1, 0), Ok(()));
        assert!(Arc::ptr_eq(&table.get(0).unwrap(), &moved));
        assert!(table.get(1).is_err());
    }

    #[test]
    fn what_a_call_uses_outlives_its_number() {
        let table = Table::new(vec![sink()], 9);
        let used = table.get(0).unwrap();
        let weak = Arc::downgrade(&used);
        table.close(0).unwrap();
        assert!(weak.upgrade().is_some());
        drop(used);
        assert!(weak.upgrade().is_none());
    }

    #[test]
    fn rights_are_only_taken_away() {
        let descriptor = sink();
        let all = descriptor.rights();
        let fewer = Rights { base: all.base & !rights::FD_WRITE, ..all };
        assert_eq!(descriptor.reduce_rights(fewer), Ok(()));
        assert_eq!(descriptor.reduce_rights(all), Err(Errno::NotCapable));
        assert_eq!(descriptor.need(rights::FD_WRITE), Err(Errno::BadDescriptor));
        assert_eq!(descriptor.need(rights::FD_READ), Ok(()));
    }
}
