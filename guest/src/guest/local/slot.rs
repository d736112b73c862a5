//! One thread's place for one value.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::mem::{MaybeUninit, needs_drop};

use super::AccessError;
use super::list::{Entry, Order, drop_at_end};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unset,
    Alive,
    Destroyed,
}

/// One thread's place for a value. It has no destructor of its own: `std` would not run it on this target.
pub struct Slot<T> {
    state: Cell<State>,
    value: UnsafeCell<MaybeUninit<T>>,
    entry: Entry,
}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").finish_non_exhaustive()
    }
}

impl<T> Slot<T> {
    #[doc(hidden)]
    pub const fn new() -> Slot<T> {
        Slot::in_order(Order::NewestFirst)
    }

    /// A slot whose value is there until those of all slots that [`new`](Self::new) makes have been dropped.
    pub(crate) const fn dropped_last() -> Slot<T> {
        Slot::in_order(Order::Last)
    }

    const fn in_order(order: Order) -> Slot<T> {
        Slot {
            state: Cell::new(State::Unset),
            value: UnsafeCell::new(MaybeUninit::uninit()),
            // SAFETY: `get_or_init` gives the entry away with its slot, which is of this type.
            entry: unsafe { Entry::new(order, Slot::<T>::destroy) },
        }
    }

    /// The value, which `init` makes if there is none yet.
    #[inline]
    pub(super) fn get_or_init(&self, init: impl FnOnce() -> T) -> Result<&T, AccessError> {
        if self.state.get() != State::Alive {
            self.fill(init)?;
        }
        // SAFETY: the value is alive. It stays so while it is lent: it is dropped only at the thread's end, when no code of the
        // thread runs but destructors, which find it `Destroyed`.
        Ok(unsafe { (*self.value.get()).assume_init_ref() })
    }

    #[cold]
    fn fill(&self, init: impl FnOnce() -> T) -> Result<(), AccessError> {
        if self.state.get() == State::Destroyed {
            return Err(AccessError);
        }
        let value = MaybeUninit::new(init());
        // SAFETY: nobody borrows what may be there: `init` can have made and lent it, but has returned.
        let mut old = unsafe { self.value.get().replace(value) };
        match self.state.replace(State::Alive) {
            State::Unset if needs_drop::<T>() => {
                // SAFETY: a slot is reached through `std`'s `thread_local!` alone: it stays in its thread's storage, which
                // outlives the thread's destructors. This happens once, because the state is never `Unset` again.
                unsafe { drop_at_end(&self.entry, (&raw const *self).cast()) };
            }
            State::Unset => {}
            // SAFETY: `init` used the key itself, so there was a value, and now it is nobody's.
            State::Alive => unsafe { old.assume_init_drop() },
            State::Destroyed => unreachable!("no value is destroyed while a function of its thread goes on"),
        }
        Ok(())
    }

    /// # Safety
    /// `slot` must be a slot of this type, on its own thread, and nobody may borrow its value.
    unsafe fn destroy(slot: *const ()) {
        // SAFETY: by this function's contract.
        let slot = unsafe { &*slot.cast::<Slot<T>>() };
        if slot.state.replace(State::Destroyed) == State::Alive {
            // SAFETY: the value was alive, nobody borrows it, and the change of state keeps it from being dropped again.
            unsafe { (*slot.value.get()).assume_init_drop() };
        }
    }
}
