//! What bounds an instance's tables and exceptions. Each thread's instance has its own, and they lie in the host's
//! memory, not in the guest's.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use wasmtime::ResourceLimiter;

use crate::machine::room::{self, Reserved};

/// The most elements that a table may have: what browsers allow.
const MAX_TABLE_ELEMENTS: usize = 10_000_000;

/// The most elements that the tables of all threads of a process may have together: half a gigabyte. Thousands of
/// threads with the tables of large programs have fewer. The heaps of exceptions count as well.
const MAX_ELEMENTS: u64 = 64_000_000;

/// How many bytes of a heap count as an element.
const ELEMENT: usize = 8;

/// The most bytes of the heap on which a thread's exceptions lie. It is collected before it grows, so that those which
/// are alive count.
const MAX_HEAP: usize = 4_194_304;

/// How many mappings a heap is: one with a guard, and two while it is copied to grow.
const HEAP_MAPPINGS: usize = 4;

/// How many elements the tables of a process have. A clone counts for the same process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Elements(Arc<AtomicU64>);

/// What limits one instance, and gives back what it had.
#[derive(Debug)]
pub(crate) struct InstanceLimits {
    elements: Elements,
    /// This instance's.
    own: u64,
    /// The room that its heap has, if it has one.
    heap: Option<Reserved>,
}

impl Elements {
    pub(crate) fn limits(&self) -> InstanceLimits {
        InstanceLimits { elements: self.clone(), own: 0, heap: None }
    }
}

impl ResourceLimiter for InstanceLimits {
    /// The engine's heap of exceptions. An instance has no memory but the shared one, which the engine asks nobody
    /// about: that has its maximum.
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        if self.heap.is_none() {
            self.heap = room::reserve(HEAP_MAPPINGS).ok();
        }
        Ok(self.heap.is_some()
            && desired <= most(maximum, MAX_HEAP)
            && self.take(current.div_ceil(ELEMENT), desired.div_ceil(ELEMENT)))
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= most(maximum, MAX_TABLE_ELEMENTS) && self.take(current, desired))
    }
}

/// The most that there may be: the engine asks before it looks at the type's own maximum, and what it then refuses must
/// not be counted. If it fails later, there was no room, and the thread traps and gives back what it had.
fn most(maximum: Option<usize>, limit: usize) -> usize {
    maximum.map_or(limit, |maximum| maximum.min(limit))
}

impl InstanceLimits {
    /// Counts what is to be there and is not yet, unless that is too much.
    fn take(&mut self, current: usize, desired: usize) -> bool {
        let more = desired.saturating_sub(current) as u64;
        // Threads may exceed it together for a moment, and are then all refused.
        let is_allowed = self.elements.0.fetch_add(more, Relaxed) + more <= MAX_ELEMENTS;
        if is_allowed {
            self.own += more;
        } else {
            self.elements.0.fetch_sub(more, Relaxed);
        }
        is_allowed
    }
}

impl Drop for InstanceLimits {
    fn drop(&mut self) {
        self.elements.0.fetch_sub(self.own, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a table may grow so far.
    fn may_grow(limits: &mut InstanceLimits, current: usize, desired: usize) -> bool {
        limits.table_growing(current, desired, None).expect("an answer")
    }

    #[test]
    fn heaps_are_bounded_and_count_as_elements() {
        let elements = Elements::default();
        let mut limits = elements.limits();
        let mut may_grow = |current, desired| limits.memory_growing(current, desired, None).expect("an answer");
        assert!(may_grow(0, 0) && may_grow(0, MAX_HEAP / 2) && may_grow(MAX_HEAP / 2, MAX_HEAP));
        assert!(!may_grow(MAX_HEAP, MAX_HEAP + 1));
        assert_eq!(elements.0.load(Relaxed), (MAX_HEAP / ELEMENT) as u64);
        drop(limits);
        assert_eq!(elements.0.load(Relaxed), 0);
    }

    #[test]
    fn instances_share_what_a_process_may_have() {
        let elements = Elements::default();
        let (mut first, mut second) = (elements.limits(), elements.limits());
        assert!(!may_grow(&mut first, 0, MAX_TABLE_ELEMENTS + 1));
        for limits in [&mut first, &mut second] {
            for _ in 0..3 {
                assert!(may_grow(limits, 0, MAX_TABLE_ELEMENTS));
            }
        }
        assert!(!may_grow(&mut second, 0, MAX_TABLE_ELEMENTS));
        assert!(may_grow(&mut second, 10, 4_000_010), "as much as is left");
        assert!(!may_grow(&mut second, 10, 11));
        drop(first);
        assert!(may_grow(&mut second, 10, 11), "what an instance had is given back");
        drop(second);
        assert_eq!(elements.0.load(Relaxed), 0);
    }
}
