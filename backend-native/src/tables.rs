//! What bounds the tables of a process. Each thread's instance has tables of its own, and they lie in the host's memory, not in the guest's.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use wasmtime::ResourceLimiter;

/// The most elements that a table may have: what browsers allow.
const MAX_TABLE_ELEMENTS: usize = 10_000_000;

/// The most elements that the tables of all threads of a process may have together: half a gigabyte. Thousands of threads with the tables of
/// large programs have fewer.
const MAX_ELEMENTS: u64 = 64_000_000;

/// How many elements the tables of a process have. A clone counts for the same process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Elements(Arc<AtomicU64>);

/// What limits one instance, and gives back what it had.
#[derive(Debug)]
pub(crate) struct TableLimits {
    elements: Elements,
    /// This instance's.
    own: u64,
}

impl Elements {
    pub(crate) fn limits(&self) -> TableLimits {
        TableLimits { elements: self.clone(), own: 0 }
    }
}

impl ResourceLimiter for TableLimits {
    /// An instance has no memory but the shared one, which the engine asks nobody about: that has its maximum.
    fn memory_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(false)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        if desired > MAX_TABLE_ELEMENTS {
            return Ok(false);
        }
        let more = desired.saturating_sub(current) as u64;
        // Threads may exceed it together for a moment, and are then all refused.
        let is_allowed = self.elements.0.fetch_add(more, Relaxed) + more <= MAX_ELEMENTS;
        if is_allowed {
            self.own += more;
        } else {
            self.elements.0.fetch_sub(more, Relaxed);
        }
        Ok(is_allowed)
    }
}

impl Drop for TableLimits {
    fn drop(&mut self) {
        self.elements.0.fetch_sub(self.own, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a table may grow so far.
    fn may_grow(limits: &mut TableLimits, current: usize, desired: usize) -> bool {
        limits.table_growing(current, desired, None).expect("an answer")
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
