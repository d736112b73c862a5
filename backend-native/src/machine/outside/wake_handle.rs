//! [`WakeHandle`]: somebody's word that something has come about.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Wake, Waker},
};

use super::parker::Parker;

/// Wakes a call that waits for it, from any thread. A clone is the same handle.
///
/// It remembers that it was woken until a call that waits for it has taken notice, so nothing is missed between an
/// attempt and the wait. It is for one call: of several that wait for one handle, a wake may reach only one.
#[derive(Clone, Default)]
pub struct WakeHandle(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    is_woken: bool,
    watching: Vec<Arc<Parker>>,
}

impl WakeHandle {
    /// A handle that was not woken yet.
    #[must_use]
    pub fn new() -> WakeHandle {
        WakeHandle::default()
    }

    /// Wakes the call that waits for the handle, or else the next that does.
    ///
    /// # Blocking
    /// Never.
    pub fn wake(&self) {
        let watching = {
            let mut state = self.lock();
            state.is_woken = true;
            std::mem::take(&mut state.watching)
        };
        watching.iter().for_each(|parker| parker.call());
    }

    /// Has the handle call the parker when it is woken. `false` if it was woken already; that is forgotten now.
    pub(super) fn watch(&self, parker: &Arc<Parker>) -> bool {
        let mut state = self.lock();
        if std::mem::take(&mut state.is_woken) {
            return false;
        }
        state.watching.push(parker.clone());
        true
    }

    /// The parker's thread goes on, and takes notice if the handle was woken.
    pub(super) fn forget(&self, parker: &Arc<Parker>) {
        let mut state = self.lock();
        state.is_woken = false;
        state.watching.retain(|other| !Arc::ptr_eq(other, parker));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// To poll futures with: see [`ThreadState::block_on`](crate::ThreadState::block_on).
impl Wake for WakeHandle {
    fn wake(self: Arc<Self>) {
        WakeHandle::wake(&self);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        WakeHandle::wake(self);
    }
}

impl From<WakeHandle> for Waker {
    fn from(handle: WakeHandle) -> Waker {
        Waker::from(Arc::new(handle))
    }
}

impl fmt::Debug for WakeHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WakeHandle").field("is_woken", &self.lock().is_woken).finish_non_exhaustive()
    }
}
