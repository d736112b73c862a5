//! Condition variables, over the parking lot alone: the guest's word is only their address. `condvar.md`, beside this
//! file, explains the protocol.

use core::ops::ControlFlow;

use super::{
    kernel::{Index, Kernel},
    lot::{Until, Wait, WaitKey, WaitKind, Woken},
};
use crate::{
    abi::{Status, mutex::MutexWord},
    host::{Call, GuestMemory, Host},
};

fn key(cond: u64) -> WaitKey {
    WaitKey { kind: WaitKind::Condvar, address: cond }
}

/// Unlocks the mutex once it is queued.
struct CondWait<'a, H: Host> {
    kernel: &'a Kernel<H>,
    me: Index,
    id: u32,
    mutex: u64,
}

impl<H: Host> Wait for CondWait<'_, H> {
    type Skip = Status;

    const ACTS_BEFORE_PARK: bool = true;

    fn validate(&mut self) -> ControlFlow<Status> {
        ControlFlow::Continue(())
    }

    fn before_park(&mut self) {
        // It was the owner's a moment ago. If the guest has changed the word since, the lock below says so.
        let _ = self.kernel.mutex_unlock(self.me, self.id, self.mutex);
    }
}

impl<H: Host> Kernel<H> {
    pub(crate) fn cond_wait(&self, me: Index, id: u32, cond: u64, mutex: u64, timeout: i64) -> Call<Status> {
        if let Err(fault) = self.memory().load32(cond) {
            return Ok(fault.into());
        }
        match self.memory().load32(mutex) {
            Err(fault) => return Ok(fault.into()),
            Ok(word) if MutexWord(word).owner() != id => return Ok(Status::NotOwner),
            Ok(_) => {}
        }
        let mut wait = CondWait { kernel: self, me, id, mutex };
        let until = self.until(timeout);
        let waited = match self.park_on(me, key(cond), until, &mut wait) {
            ControlFlow::Break(status) => status,
            ControlFlow::Continue(woken) => match woken? {
                Woken::Notified => Status::Ok,
                Woken::TimedOut => Status::TimedOut,
            },
        };
        // Without the time-out, but within the limit: it is one wait.
        match self.mutex_lock_until(me, id, mutex, Until { deadline: None, ..until }, true)? {
            // The second where the guest itself has made the caller the owner: then it is.
            Status::Ok | Status::Deadlock => Ok(waited),
            not_ok => Ok(not_ok),
        }
    }

    /// How many were woken. An address that no condition variable can have wakes no thread.
    pub(crate) fn cond_notify(&self, cond: u64, count: i32) -> u32 {
        self.wake(key(cond), u32::try_from(count).unwrap_or(u32::MAX))
    }
}
