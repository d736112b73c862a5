//! [`Notifier`]: how an embedder wakes threads of a guest from outside.

use raddle_runtime_api::{Host, MemoryFault, Notifier as ApiNotifier};

use crate::host::{NativeHost, memory::Memory};

/// Lets an embedder wake threads that wait in a process's memory, from any thread. While one exists, the process is not
/// deadlocked even if all its threads wait, because what they wait for may come from here. A clone counts as another
/// notifier.
///
/// It does not keep the process from ending in any other way. If the last one is dropped while every thread waits for
/// ever, the process ends as [`Deadlocked`](crate::Outcome::Deadlocked).
#[derive(Debug, Clone)]
#[must_use = "it is worth something as long as it is kept"]
pub struct Notifier(ApiNotifier<NativeHost>);

impl Notifier {
    pub(crate) fn new(notifier: ApiNotifier<NativeHost>) -> Notifier {
        Notifier(notifier)
    }

    /// The guest's memory, to change the word that a thread waits for.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        self.0.host().memory()
    }

    /// Wakes at most `count` threads that wait at an address, the longest waiting first, and returns how many, as
    /// `memory.atomic.notify` does. wasmtime's own `SharedMemory::atomic_notify` does not know of these threads.
    ///
    /// # Errors
    /// [`MemoryFault`] if the instruction would trap.
    pub fn notify(&self, addr: u64, count: u32) -> Result<u32, MemoryFault> {
        self.0.notify(addr, count)
    }
}
