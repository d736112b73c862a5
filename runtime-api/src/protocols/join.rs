//! Join, detach, and the end of a thread. `thread_table.md`, beside this file, explains the protocol.

use core::ops::ControlFlow;

use super::{
    kernel::{Index, Kernel},
    lot::{Taken, Wait, WaitKey, WaitKind, Woken},
};
use crate::{
    abi::Status,
    host::{Call, Host},
    words::Counts,
};

fn key(target: Index) -> WaitKey {
    WaitKey { kind: WaitKind::Join, address: u64::from(target) }
}

struct JoinWait<'a, H: Host> {
    kernel: &'a Kernel<H>,
    me: Index,
    my_id: u32,
    target: Index,
    target_id: u32,
    timeout: i64,
}

impl<H: Host> Wait for JoinWait<'_, H> {
    /// The thread has ended and can be collected, or a status says why it cannot be joined.
    type Skip = Result<(), Status>;

    fn validate(&mut self) -> ControlFlow<Result<(), Status>> {
        let record = self.kernel.record(self.target);
        let refuse = |status| ControlFlow::Break(Err(status));
        if record.id().load() != self.target_id {
            return refuse(Status::NoThread);
        }
        let stage = record.life().stage();
        if !stage.is_joinable() {
            return refuse(Status::Invalid);
        }
        if !stage.has_ended() && self.timeout == 0 {
            return refuse(Status::TimedOut);
        }
        if !stage.has_ended() && self.timeout < 0 && !self.kernel.add_join_edge(self.me, self.my_id, self.target_id) {
            return refuse(Status::Deadlock);
        }
        record.life().set_joined();
        if !stage.has_ended() {
            return ControlFlow::Continue(());
        }
        record.id().store(0);
        ControlFlow::Break(Ok(()))
    }

    fn timed_out(&mut self) {
        self.kernel.record(self.target).life().clear_joined();
    }
}

impl<H: Host> Kernel<H> {
    pub(crate) fn join(&self, me: Index, my_id: u32, target_id: u32, timeout: i64, out: u64) -> Call<Status> {
        if out != 0
            && let Err(fault) = self.check_pointer(out)
        {
            return Ok(fault.into());
        }
        if target_id == my_id {
            return Ok(Status::Deadlock);
        }
        let Some(target) = self.find(target_id) else { return Ok(Status::NoThread) };
        let mut wait = JoinWait { kernel: self, me, my_id, target, target_id, timeout };
        match self.park_on(me, key(target), self.until(timeout), &mut wait) {
            ControlFlow::Break(Err(status)) => return Ok(status),
            ControlFlow::Break(Ok(())) => {}
            ControlFlow::Continue(woken) => match woken? {
                Woken::Notified => self.remove_join_edge(me),
                Woken::TimedOut => return Ok(Status::TimedOut),
            },
        }
        // It is this thread that has joined, so the record is its own.
        let record = self.record(target);
        let (value, stage) = (record.value().load(), record.life().stage());
        self.release_record(target);
        if !stage.has_ended() {
            return Ok(Status::NoThread);
        }
        // Memory never shrinks, so what could be written before can be now.
        let stored = if out == 0 { Ok(()) } else { self.store_pointer(out, value) };
        Ok(stored.map_or_else(Status::from, |()| Status::Ok))
    }

    pub(crate) fn detach(&self, target_id: u32) -> Status {
        let Some(target) = self.find(target_id) else { return Status::NoThread };
        let bucket = self.bucket_of(key(target));
        let lock = self.lock_bucket(&bucket);
        let record = self.record(target);
        if record.id().load() != target_id {
            return Status::NoThread;
        }
        if !record.life().stage().is_joinable() {
            return Status::Invalid;
        }
        let ended = record.life().set_detached().has_ended();
        if ended {
            record.id().store(0);
        }
        drop(lock);
        if ended {
            self.release_record(target);
        }
        Status::Ok
    }

    /// Takes back a thread that was never launched. Its id may still be known: another thread may have read it where
    /// the spawner stored it, or guessed it. If that thread is already joining, its join returns `NO_THREAD`.
    pub(crate) fn cancel_thread(&self, index: Index) {
        self.release_slot(index);
        let bucket = self.bucket_of(key(index));
        let lock = self.lock_bucket(&bucket);
        self.record(index).id().store(0);
        let mut taken = Taken::default();
        self.take(&bucket, key(index), 1, &mut taken);
        drop(lock);
        match taken.count {
            0 => self.release_record(index),
            // The joiner has the record now.
            _ => self.release(&taken),
        }
    }

    /// Notes that a thread joins another without a time-out. `false` if that would close a cycle of such joins.
    fn add_join_edge(&self, me: Index, my_id: u32, target_id: u32) -> bool {
        let _lock = self.lock(self.header().join_lock());
        let mut id = target_id;
        // As many steps as there can be threads: ids only change under other locks, so be sure to end.
        for _ in 0..self.layout.sizes.max_threads {
            let Some(index) = self.find(id) else { break };
            id = self.record(index).joining().load();
            if id == my_id {
                return false;
            }
        }
        self.record(me).joining().store(target_id);
        true
    }

    fn remove_join_edge(&self, me: Index) {
        self.record(me).joining().store(0);
    }

    /// The last act of a thread: its guest code has run, its instance and its slot are gone.
    pub(crate) fn count_out(&self, me: Index, id: u32, value: u64) {
        let left = if self.has_ended() { self.header().census().sub_live() } else { self.bury(me, id, value) };
        if left.are_all_blocked() {
            self.end_if_deadlocked();
        }
        if left.live() == 0 {
            self.complete();
        }
    }

    /// Marks a thread as ended, counts it out, and wakes who waits for that. Returns who is left.
    fn bury(&self, me: Index, id: u32, value: u64) -> Counts {
        let record = self.record(me);
        record.value().store(value);
        // First: from now on the thread owns nothing, and whoever waits for a mutex of its knows. See `mutex.md`.
        record.life().set_ending();
        if record.contended().load() != 0 {
            self.abandon_mutexes(id);
        }
        let bucket = self.bucket_of(key(me));
        let lock = self.lock_bucket(&bucket);
        let stage = record.life().set_ended();
        if !stage.is_joinable() {
            // Nobody else may name it from now on.
            record.id().store(0);
        }
        let mut taken = Taken::default();
        self.take(&bucket, key(me), 1, &mut taken);
        // Before the joiner goes on, so that it does not count a thread that has ended; but after it was taken, as it
        // would count as blocked by a thread that is no more.
        let left = self.header().census().sub_live();
        drop(lock);
        // From here on the record is whoever's may join it, unless nobody may.
        self.release(&taken);
        if stage.is_detached() {
            self.release_record(me);
        }
        left
    }
}
