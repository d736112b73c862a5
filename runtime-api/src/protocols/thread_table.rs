//! The thread table: records, ids, and the life of a thread. `thread_table.md`, beside this file, explains the
//! protocol.

use super::kernel::{Index, Kernel};
use crate::{abi::MAX_THREAD_ID, host::Host, words::Stage};

/// How many records must be free before one is reused, as long as there are unused ones: this keeps the ids of dead
/// threads from coming back soon, while a program that spawns one thread after another touches little memory.
const QUARANTINE: u32 = 64;

impl<H: Host> Kernel<H> {
    /// Takes a record for a new thread, whose life begins so, and gives it an id. `None` when the table is
    /// full.
    pub(crate) fn take_record(&self, begin: Stage) -> Option<Index> {
        let header = self.header();
        let _lock = self.lock(header.table_lock());
        let used = header.table_used().load();
        let fresh = used < self.layout.sizes.max_threads;
        let index = if header.free_len().load() > QUARANTINE || !fresh {
            let index = header.free_head().load().checked_sub(1)?;
            let next = self.record(index).next_free().load();
            header.free_head().store(next);
            if next == 0 {
                header.free_tail().store(0);
            }
            header.free_len().sub(1);
            index
        } else {
            header.table_used().store(used + 1);
            used
        };
        let record = self.record(index);
        for word in [record.contended(), record.slot(), record.slot_units(), record.name_len()] {
            word.store(0);
        }
        record.value().store(0);
        record.life().begin(begin);
        // Last: from now on whoever guesses the id can name the thread.
        record.id().store(self.make_id(index, record.generation().add(1)));
        Some(index)
    }

    /// Gives a record back. Its id must already be 0, set under the lock of the bucket in which the thread is joined:
    /// the id is no longer valid.
    pub(crate) fn release_record(&self, index: Index) {
        let header = self.header();
        let record = self.record(index);
        let _lock = self.lock(header.table_lock());
        record.next_free().store(0);
        match header.free_tail().load().checked_sub(1) {
            Some(last) => self.record(last).next_free().store(index + 1),
            None => header.free_head().store(index + 1),
        }
        header.free_tail().store(index + 1);
        header.free_len().add(1);
    }

    /// How many low bits of an id hold the record's index, plus one.
    fn index_bits(&self) -> u32 {
        // The largest index + 1 is max_threads itself.
        u32::BITS - self.layout.sizes.max_threads.leading_zeros()
    }

    fn make_id(&self, index: Index, generation: u32) -> u32 {
        ((generation << self.index_bits()) | (index + 1)) & MAX_THREAD_ID
    }

    /// The record that an id names, if there is one now.
    pub(crate) fn find(&self, id: u32) -> Option<Index> {
        let index = (id & ((1 << self.index_bits()) - 1)).checked_sub(1)?;
        (index < self.layout.sizes.max_threads && self.record(index).id().load() == id).then_some(index)
    }

    /// Whether a record's thread is the main one.
    pub(crate) fn is_main(&self, index: Index) -> bool {
        self.record(index).life().stage().is_main()
    }

    /// Whether an id names a thread that has not run its last instruction.
    pub(crate) fn is_alive(&self, id: u32) -> bool {
        self.find(id).is_some_and(|index| !self.record(index).life().stage().is_ending())
    }
}
