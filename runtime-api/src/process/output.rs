//! The limit on a guest's output.

use crate::{host::Host, protocols::kernel::Kernel};

impl<H: Host> Kernel<H> {
    /// Whether the guest may write this many more bytes; if so, they are counted.
    pub(crate) fn admit_output(&self, len: u64) -> bool {
        let header = self.header();
        let limit = header.max_output().load();
        if limit == u64::MAX {
            return true;
        }
        let _lock = self.lock(header.output_lock());
        let total = header.output().load().saturating_add(len);
        if total <= limit {
            header.output().store(total);
        }
        total <= limit
    }
}
