//! What a thread has to drop at its end, as a list that needs no memory of its own.
//!
//! The links lie in the slots, so a global allocator may use thread-local values: to note one of them allocates nothing.
//! The host is told once per thread that there is something to drop, by a value of the one TLS key that this crate takes.
//! It then calls the key's destructor, which empties the whole list, and whatever is put on it meanwhile.

use std::cell::Cell;
use std::ptr;
use std::sync::OnceLock;

use crate::sdk::host;

std::thread_local! {
    static LIST: List = const {
        List { first: Cell::new(ptr::null()), last: Cell::new(ptr::null()), is_told: Cell::new(false) }
    };
}

/// The calling thread's entries, the newest first.
struct List {
    first: Cell<*const Entry>,
    /// Those that are dropped only when there are no others.
    last: Cell<*const Entry>,
    /// Whether the host will call [`drop_all`].
    is_told: Cell<bool>,
}

/// A slot's link, without the slot's type.
pub(super) struct Entry {
    next: Cell<*const Entry>,
    slot: Cell<*const ()>,
    destroy: Destroy,
    order: Order,
}

/// Drops the value of the slot at that address.
type Destroy = unsafe fn(*const ());

/// When a value is dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Before all that were there earlier, as it may use them.
    NewestFirst,
    /// When all of those are gone, for what their destructors may still use.
    Last,
}

impl Entry {
    /// # Safety
    /// `destroy` must be sound to call with the slot that is given to [`drop_at_end`] with this entry: once, at its thread's end.
    pub(super) const unsafe fn new(order: Order, destroy: Destroy) -> Entry {
        Entry { next: Cell::new(ptr::null()), slot: Cell::new(ptr::null()), destroy, order }
    }
}

impl List {
    fn of(&self, order: Order) -> &Cell<*const Entry> {
        match order {
            Order::NewestFirst => &self.first,
            Order::Last => &self.last,
        }
    }

    /// Takes the entry whose turn it is.
    fn take(&self) -> Option<(Destroy, *const ())> {
        let head = [&self.first, &self.last].into_iter().find(|head| !head.get().is_null())?;
        // SAFETY: entries on the list stay where they are, by the contract of `drop_at_end`.
        let entry = unsafe { &*head.get() };
        head.set(entry.next.get());
        Some((entry.destroy, entry.slot.get()))
    }
}

/// Has the slot destroyed at the end of the calling thread.
///
/// # Safety
/// Both must stay where they are until then. An entry is given once.
pub(super) unsafe fn drop_at_end(entry: &Entry, slot: *const ()) {
    LIST.with(|list| {
        let head = list.of(entry.order);
        entry.slot.set(slot);
        entry.next.set(head.get());
        head.set(entry);
        if !list.is_told.replace(true) {
            tell_host();
        }
    });
}

#[cold]
fn tell_host() {
    static KEY: OnceLock<u32> = OnceLock::new();
    let key = *KEY.get_or_init(|| {
        // SAFETY: `drop_all` is sound to call with anything, as it does not look at it.
        unsafe { host::tls_create(drop_all) }
            .unwrap_or_else(|status| panic!("the host gives no TLS key: {}", status.name()))
    });
    // SAFETY: as above. Any value but 0 will do.
    unsafe { host::tls_set(key, 1) }.unwrap_or_else(|status| panic!("the host keeps no TLS value: {}", status.name()));
}

/// The destructor of this crate's TLS key.
extern "C" fn drop_all(_: usize) {
    LIST.with(|list| {
        while let Some((destroy, slot)) = list.take() {
            // SAFETY: by the contracts of `Entry::new` and `drop_at_end`: the thread is at its end, and this is the only call.
            unsafe { destroy(slot) };
        }
        // What other keys' destructors put on the list from now on is the host's next round.
        list.is_told.set(false);
    });
}
