//! [`Notifier`]: how an embedder wakes threads of a guest.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use raddle_runtime_api::{MemoryFault, Notifier as ApiNotifier};

use crate::process::host::PageHost;

/// Lets an embedder wake threads that wait in a process's memory. While one exists, the process is not deadlocked even
/// if all its threads wait, because what they wait for may come from here. A clone counts as another notifier.
///
/// It may be kept after the process has ended, but then wakes no thread.
#[derive(Debug, Clone)]
#[must_use = "it is worth something as long as it is kept"]
pub struct Notifier(Rc<Inner>);

/// What all notifiers of a process share; `None` once it has ended, because its control words will soon be another
/// process's.
type Inner = RefCell<Option<ApiNotifier<PageHost>>>;

impl Notifier {
    /// Wakes at most `count` threads that wait at an address, the longest waiting first, and returns how many, as the
    /// guest's own `notify` does. Change the word first, with an atomic store.
    ///
    /// # Errors
    /// [`MemoryFault`] if the guest's notify would trap.
    pub fn notify(&self, addr: u64, count: u32) -> Result<u32, MemoryFault> {
        self.0.borrow().as_ref().map_or(Ok(0), |notifier| notifier.notify(addr, count))
    }
}

/// The notifiers of a process, as long as there is one.
#[derive(Debug, Default)]
pub(super) struct Notifiers(RefCell<Weak<Inner>>);

impl Notifiers {
    /// One more. `make` is how the first one is made, unless the process has ended.
    pub(super) fn add(&self, make: impl FnOnce() -> Option<ApiNotifier<PageHost>>) -> Notifier {
        if let Some(inner) = self.0.borrow().upgrade() {
            return Notifier(inner);
        }
        let inner = Rc::new(RefCell::new(make()));
        *self.0.borrow_mut() = Rc::downgrade(&inner);
        Notifier(inner)
    }

    /// From now on they do not touch the process's control words.
    pub(super) fn detach(&self) {
        if let Some(inner) = self.0.borrow().upgrade() {
            inner.take();
        }
    }
}
