//! Mutexes: exclusion, time-outs, and owners that end.

use alloc::vec;

use shuttle::rand::{Rng, thread_rng};

use super::{Defect, Field, Model, ModelHost, holds, spawn};
use crate::{
    Call, Thread, Threads,
    abi::{FOREVER, Status},
};

const MUTEX: u64 = 0x100;
const COUNT: u64 = 0x104;
const DIED: u64 = 0x108;

/// Locks as a guest does, inline where it can.
fn lock(thread: &Thread<ModelHost>) -> Call<Status> {
    if thread.exchange(MUTEX, 0, thread.id) {
        return Ok(Status::Ok);
    }
    loop {
        match thread.thread_id() % 2 {
            0 => return thread.mutex_lock(MUTEX, FOREVER),
            _ => match thread.mutex_lock(MUTEX, 10)? {
                Status::TimedOut => {}
                status => return Ok(status),
            },
        }
    }
}

fn unlock(thread: &Thread<ModelHost>) -> Call<()> {
    if !thread.exchange(MUTEX, thread.id, 0) {
        assert_eq!(thread.mutex_unlock(MUTEX)?, Status::Ok);
    }
    Ok(())
}

/// Three threads add to a number under a mutex.
fn exclusion(defect: Defect) {
    let mut model = Model::new(defect);
    let add = |thread: &Thread<ModelHost>| {
        assert_eq!(lock(thread)?, Status::Ok);
        let count = thread.load(COUNT);
        thread.store(COUNT, count + 1);
        unlock(thread)
    };
    let worker = model.function(move |thread, _| {
        add(thread)?;
        add(thread)?;
        Ok(0)
    });
    model.returns(move |thread| {
        let workers = [spawn(thread, worker, 0)?, spawn(thread, worker, 0)?];
        add(thread)?;
        for worker in workers {
            assert_eq!(thread.thread_join(worker, FOREVER, 0)?, Status::Ok);
        }
        assert_eq!(thread.load(COUNT), 5);
        assert_eq!(thread.load(MUTEX), 0, "free, and nobody waits");
        Ok(())
    });
}

#[test]
fn a_mutex_excludes_and_nobody_waits_in_vain() {
    holds(1000, exclusion).catches(
        2000,
        &[Defect::TornMemory, Defect::Torn(Field::BucketLock), Defect::ParkMissesChanges, Defect::UnparkLost],
    );
}

/// A thread ends while it holds a mutex that one other locks: no other thread could make up for what the two miss.
fn owner_ends_under_one(defect: Defect) {
    owner_ends(defect, 1);
}

/// A thread ends while it holds a mutex that two others lock.
fn owner_ends_under_two(defect: Defect) {
    owner_ends(defect, 2);
}

fn owner_ends(defect: Defect, waiters: usize) {
    let mut model = Model::new(defect);
    let owner = model.function(|thread, _| {
        assert!(thread.exchange(MUTEX, 0, thread.id));
        thread.store(COUNT, 1);
        // It may end before anybody waits, or after.
        for _ in 0..thread_rng().gen_range(0..10) {
            thread.thread_yield()?;
        }
        Ok(0)
    });
    let waiter = model.function(|thread, _| {
        while thread.load(COUNT) == 0 {
            thread.thread_yield()?;
        }
        match thread.mutex_lock(MUTEX, FOREVER)? {
            Status::OwnerDied => drop(thread.fetch_add(DIED, 1)),
            status => assert_eq!(status, Status::Ok),
        }
        unlock(thread)?;
        Ok(0)
    });
    model.returns(move |thread| {
        let mut ids = vec![spawn(thread, owner, 0)?];
        for _ in 0..waiters {
            ids.push(spawn(thread, waiter, 0)?);
        }
        for id in ids {
            assert_eq!(thread.thread_join(id, FOREVER, 0)?, Status::Ok);
        }
        assert_eq!(thread.load(DIED), 1, "one lock after the owner's end says so");
        assert_eq!(thread.load(MUTEX), 0);
        Ok(())
    });
}

#[test]
fn an_ended_owner_leaves_its_mutex_to_one_waiter() {
    holds(30_000, owner_ends_under_one).catches(4000, &[Defect::Late(Field::Life), Defect::Late(Field::Contended)]);
    holds(1500, owner_ends_under_two).catches(4000, &[Defect::TornMemory]);
}
