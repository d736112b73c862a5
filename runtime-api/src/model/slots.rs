//! Thread slots: no two threads share one, and each comes back.

use alloc::{collections::BTreeMap, sync::Arc};
use std::sync::{Mutex, PoisonError};

use super::{Defect, Field, Model, ModelHost, holds, spawn};
use crate::{
    Call, GuestMemory, Host, MIN_STACK_SIZE, PAGE, Thread, Threads,
    abi::{FOREVER, Status},
};

const ATTRIBUTES: u64 = 0x100;
const OUT: u64 = 0x200;
const GO: u64 = 0x300;

/// The slots of live threads, by their first address.
#[derive(Clone, Default)]
struct Live(Arc<Mutex<BTreeMap<u64, u64>>>);

impl Live {
    /// Notes the calling thread's slot, which must lie in memory and in no other's. Returns its first address.
    fn enter(&self, thread: &Thread<ModelHost>) -> u64 {
        let stack = thread.kernel.stack_of(thread.index);
        let (start, end) = (stack.limit, stack.tls + 16);
        assert!(end <= thread.host().memory().byte_len());
        let mut live = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (&other_start, &other_end) in live.iter() {
            assert!(end <= other_start || other_end <= start, "{start}..{end} and {other_start}..{other_end}");
        }
        live.insert(start, end);
        start
    }

    fn leave(&self, start: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&start);
    }
}

/// Spawns a thread whose slot takes so many units.
fn spawn_large(thread: &Thread<ModelHost>, function: u64, units: u32) -> Call<Result<i32, Status>> {
    let (attributes, out) = (ATTRIBUTES + 0x20 * u64::from(thread.index), OUT + 8 * u64::from(thread.index));
    thread.store(attributes, 12);
    thread.store(attributes + 8, units * MIN_STACK_SIZE as u32);
    Ok(match thread.thread_spawn(function, 0, attributes, out)? {
        Status::Ok => Ok(thread.load(out) as i32),
        status => Err(status),
    })
}

/// Two threads spawn threads with stacks of one and of several units.
fn slots(defect: Defect) {
    let mut model = Model::new(defect);
    let live = Live::default();
    let worker = model.function(move |thread, _| {
        let slot = live.enter(thread);
        thread.thread_yield()?;
        live.leave(slot);
        Ok(0)
    });
    let spawner = model.function(move |thread, _| {
        for units in [1, (thread.thread_id() % 2 + 1) as u32 * 6] {
            match spawn_large(thread, worker, units)? {
                Ok(id) => assert_eq!(thread.thread_join(id, FOREVER, 0)?, Status::Ok),
                Err(status) => assert_eq!(status, Status::Again),
            }
        }
        Ok(0)
    });
    model.returns(move |thread| {
        let spawners = [spawn(thread, spawner, 0)?, spawn(thread, spawner, 0)?];
        for spawner in spawners {
            assert_eq!(thread.thread_join(spawner, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn a_slot_has_one_thread_and_comes_back() {
    holds(500, slots).catches(4000, &[Defect::Torn(Field::SlotLock), Defect::Torn(Field::TableLock)]);
}

/// The memory grows for more slots, not next to those that there are, while a thread looks its own up.
fn growth(defect: Defect) {
    let mut model = Model::new(defect);
    let live = Live::default();
    let worker = model.function({
        let live = live.clone();
        move |thread, _| {
            let slot = live.enter(thread);
            live.leave(slot);
            Ok(0)
        }
    });
    let waiter = model.function(move |thread, _| {
        let slot = live.enter(thread);
        while thread.load(GO) == 0 {
            thread.thread_yield()?;
        }
        live.leave(slot);
        Ok(0)
    });
    let spawner = model.function(move |thread, _| {
        for _ in 0..2 {
            let worker = spawn(thread, worker, 0)?;
            assert_eq!(thread.thread_join(worker, FOREVER, 0)?, Status::Ok);
        }
        Ok(0)
    });
    model.returns(move |thread| {
        // The guest takes the page behind the first slots, of which a dozen go to one thread.
        assert_eq!(thread.host().memory().byte_len(), 2 * PAGE);
        assert_eq!(thread.host().memory().grow(1), Some(2));
        let first = spawn_large(thread, waiter, 12)?.expect("room");
        let spawner = spawn(thread, spawner, 0)?;
        let second = spawn_large(thread, waiter, 8)?.expect("room in the last page");
        assert_eq!(thread.host().memory().byte_len(), 4 * PAGE);
        thread.store(GO, 1);
        for id in [first, spawner, second] {
            assert_eq!(thread.thread_join(id, FOREVER, 0)?, Status::Ok);
        }
        Ok(())
    });
}

#[test]
fn a_slot_stays_where_it_is_while_the_memory_grows() {
    holds(1000, growth).catches(4000, &[Defect::Late(Field::ChunkFirst), Defect::Torn(Field::SlotLock)]);
}
