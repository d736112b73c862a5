//! Thread slots: no two threads share one, and each comes back.

use alloc::{collections::BTreeMap, sync::Arc};
use std::sync::{Mutex, PoisonError};

use super::{Defect, Field, Model, ModelHost, catches, holds};
use crate::{
    Call, GuestMemory, Host, MIN_STACK_SIZE, Thread, Threads,
    abi::{FOREVER, Status},
};

const ATTRIBUTES: u64 = 0x100;
const OUT: u64 = 0x200;

/// Two threads spawn threads with stacks of one and of several units.
fn slots(defect: Defect) {
    let mut model = Model::new(defect);
    let live: Arc<Mutex<BTreeMap<u64, u64>>> = Arc::default();
    let worker = model.function(move |thread, _| {
        let stack = thread.kernel.stack_of(thread.index);
        let (start, end) = (stack.limit, stack.tls + 16);
        assert!(end <= thread.host().memory().byte_len());
        {
            let mut live = live.lock().unwrap_or_else(PoisonError::into_inner);
            for (&other_start, &other_end) in live.iter() {
                assert!(end <= other_start || other_end <= start, "{start}..{end} and {other_start}..{other_end}");
            }
            live.insert(start, end);
        }
        thread.thread_yield()?;
        live.lock().unwrap_or_else(PoisonError::into_inner).remove(&start);
        Ok(0)
    });
    let spawn_all = move |thread: &Thread<ModelHost>| -> Call<()> {
        let (attributes, out) = (ATTRIBUTES + 0x20 * u64::from(thread.index), OUT + 8 * u64::from(thread.index));
        thread.store(attributes, 12);
        thread.store(attributes + 8, (thread.thread_id() % 2 + 1) as u32 * 6 * MIN_STACK_SIZE as u32);
        for attributes in [0, attributes] {
            match thread.thread_spawn(worker, 0, attributes, out)? {
                Status::Ok => {}
                Status::Again => continue,
                other => panic!("{other:?}"),
            }
            let id = thread.load(out) as i32;
            assert_eq!(thread.thread_join(id, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    };
    let spawner = model.function(move |thread, _| spawn_all(thread).map(|()| 0));
    model.returns(move |thread| {
        let spawners = [super::spawn(thread, spawner, 0)?, super::spawn(thread, spawner, 0)?];
        for spawner in spawners {
            assert_eq!(thread.thread_join(spawner, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn a_slot_has_one_thread_and_comes_back() {
    holds(500, slots);
    catches(4000, slots, &[Defect::Torn(Field::SlotLock), Defect::Torn(Field::TableLock)]);
}
