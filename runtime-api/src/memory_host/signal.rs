//! [`Signal`]: what a thread on this host can wait for outside its process.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering::SeqCst};

use super::MemoryHost;

/// Something that a thread waits for until somebody gives it.
#[derive(Debug, Clone)]
pub struct Signal {
    is_given: Arc<AtomicBool>,
    host: MemoryHost,
}

impl MemoryHost {
    /// A signal that was not given yet.
    #[must_use]
    pub fn signal(&self) -> Signal {
        Signal { is_given: Arc::default(), host: self.clone() }
    }
}

impl Signal {
    /// Gives it, and wakes whoever waits for it.
    pub fn give(&self) {
        self.is_given.store(true, SeqCst);
        self.host.0.parking.unpark_everybody();
    }

    /// Whether it was given.
    #[must_use]
    pub fn was_given(&self) -> bool {
        self.is_given.load(SeqCst)
    }
}
