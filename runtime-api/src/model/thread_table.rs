//! The thread table: no two threads have one record, and a number names its own thread alone.

use alloc::{collections::BTreeSet, sync::Arc, vec::Vec};
use std::sync::{Mutex, PoisonError};

use super::{Defect, Field, Model, ModelHost, holds, spawn};
use crate::{
    Call, Outcome, Thread, Threads,
    abi::{FOREVER, Status, attributes::DETACHED},
};

const ATTRIBUTES: u64 = 0x100;
const VALUE: u64 = 0x110;

/// Two threads spawn detached threads, more than the table has room for at once.
fn small_table(defect: Defect) {
    let mut model = Model::new(defect);
    model.max_threads = 4;
    let live: Arc<Mutex<BTreeSet<u32>>> = Arc::default();
    let worker = model.function(move |thread, _| {
        let live = || live.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(live().insert(thread.index), "two threads in record {}", thread.index);
        thread.thread_yield()?;
        live().remove(&thread.index);
        Ok(0)
    });
    let spawn_all = move |thread: &Thread<ModelHost>| -> Call<()> {
        for _ in 0..3 {
            let status = thread.thread_spawn(worker, 0, ATTRIBUTES, 0)?;
            assert!(matches!(status, Status::Ok | Status::Again), "{status:?}");
        }
        Ok(())
    };
    let spawner = model.function(move |thread, _| spawn_all(thread).map(|()| 0));
    let main = move |thread: &Thread<ModelHost>| {
        thread.store(ATTRIBUTES, 8);
        thread.store(ATTRIBUTES + 4, DETACHED);
        let spawner = spawn(thread, spawner, 0)?;
        spawn_all(thread)?;
        assert_eq!(thread.thread_join(spawner, FOREVER, 0)?, Status::Ok);
        thread.thread_exit(0)
    };
    model.ends(main, &Outcome::Returned(Vec::new()));
}

#[test]
fn a_record_is_one_threads() {
    holds(1000, small_table).catches(2000, &[Defect::Torn(Field::TableLock)]);
}

/// A thread guesses the number of one that is just being spawned, in the record of one that was joined, and joins it.
fn guessed_number(defect: Defect) {
    let mut model = Model::new(defect);
    model.max_threads = 3;
    let worker = model.function(|_, value| Ok(value));
    let joiner = model.function(|thread, guess| {
        loop {
            match thread.thread_join(guess as i32, FOREVER, VALUE)? {
                Status::NoThread => thread.thread_yield()?,
                status => {
                    assert_eq!((status, thread.load(VALUE)), (Status::Ok, 8));
                    return Ok(0);
                }
            }
        }
    });
    model.returns(move |thread| {
        let first = spawn(thread, worker, 7)?;
        assert_eq!(thread.thread_join(first, FOREVER, 0)?, Status::Ok);
        // The index takes the two lowest bits, as there are three records.
        let guess = first + 4;
        let joiner = spawn(thread, joiner, guess as u64)?;
        assert_eq!(spawn(thread, worker, 8)?, guess);
        assert_eq!(thread.thread_join(joiner, FOREVER, 0)?, Status::Ok);
        Ok(())
    });
}

#[test]
fn who_guesses_a_number_finds_a_thread_or_none() {
    holds(1000, guessed_number).catches(2000, &[Defect::Late(Field::Life)]);
}
