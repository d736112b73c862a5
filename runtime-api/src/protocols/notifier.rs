//! [`Notifier`]: how an embedder wakes threads of a guest from outside. `lot.md`, beside this file, says how this
//! fits with the detection of deadlocks.

use super::kernel::Kernel;
use crate::host::{Host, MemoryFault};

/// Lets an embedder wake threads that wait in a process's memory. While one exists, the process is not deadlocked even
/// if all its threads wait, because what they wait for may come from here. A clone counts as another notifier.
///
/// It does not keep the process from ending in any other way. If the last one is dropped while every thread is blocked
/// for ever, the process ends as deadlocked.
#[derive(Debug)]
#[must_use = "it is worth something as long as it is kept"]
pub struct Notifier<H: Host> {
    kernel: Kernel<H>,
}

impl<H: Host> Notifier<H> {
    pub(crate) fn new(kernel: &Kernel<H>) -> Notifier<H> {
        let header = kernel.header();
        let _lock = kernel.lock(header.notifier_lock());
        header.notifiers().add(1);
        Notifier { kernel: kernel.clone() }
    }

    /// The process's host, through which the memory is reached.
    pub fn host(&self) -> &H {
        &self.kernel.host
    }

    /// Wakes at most `count` threads that wait at an address, the longest waiting first, and returns how many, as the
    /// guest's own `notify` does; none if the process has ended. Change the word first, with an atomic store.
    ///
    /// # Errors
    /// [`MemoryFault`] if the guest's notify would trap.
    pub fn notify(&self, addr: u64, count: u32) -> Result<u32, MemoryFault> {
        self.kernel.notify(addr, count)
    }
}

impl<H: Host> Clone for Notifier<H> {
    fn clone(&self) -> Notifier<H> {
        Notifier::new(&self.kernel)
    }
}

impl<H: Host> Drop for Notifier<H> {
    fn drop(&mut self) {
        let header = self.kernel.header();
        let lock = self.kernel.lock(header.notifier_lock());
        let others = header.notifiers().sub(1) - 1;
        drop(lock);
        if others == 0 {
            self.kernel.end_if_deadlocked();
        }
    }
}
