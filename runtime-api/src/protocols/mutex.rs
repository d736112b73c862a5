//! Mutexes: a word in guest memory, and the parking lot for threads that wait. `mutex.md`, beside this file, explains
//! the protocol.

use core::{hint::spin_loop, ops::ControlFlow};

use super::{
    kernel::{Index, Kernel},
    lot::{Taken, Until, WaitKey, WaitKind, Woken},
};
use crate::{
    abi::{
        Status,
        mutex::{MutexWord, OWNER_DIED, WAITERS},
    },
    host::{Call, GuestMemory, Host, MemoryFault},
};

impl From<MemoryFault> for Status {
    fn from(_: MemoryFault) -> Status {
        Status::Fault
    }
}

/// How often to look at a held mutex before parking.
const LOCK_SPINS: u32 = 100;

/// How often a word may change while a thread holds its bucket's lock, before the thread gives up. Guests that keep to
/// the rules change it a few times at most.
const TRIES: u32 = 16;

/// The result of an attempt to take a mutex, other than that the caller must wait.
enum Tried {
    /// The call returns this.
    Done(Status),
    /// The word was different at each look.
    Changing,
}

fn key(mutex: u64) -> WaitKey {
    WaitKey { kind: WaitKind::Mutex, address: mutex }
}

impl<H: Host> Kernel<H> {
    pub(crate) fn mutex_lock(&self, me: Index, id: u32, mutex: u64, timeout: i64) -> Call<Status> {
        self.mutex_lock_until(me, id, mutex, self.until(timeout), timeout != 0)
    }

    /// Locks a mutex within the given time, however often another thread is faster. A caller that does not want to wait
    /// gets `BUSY`.
    pub(crate) fn mutex_lock_until(
        &self,
        me: Index,
        id: u32,
        mutex: u64,
        until: Until,
        would_wait: bool,
    ) -> Call<Status> {
        match self.memory().compare_exchange32(mutex, 0, id) {
            Err(fault) => return Ok(fault.into()),
            Ok(Ok(_)) => return Ok(Status::Ok),
            Ok(Err(_)) => {}
        }
        if would_wait && self.spin_lock(id, mutex) {
            return Ok(Status::Ok);
        }
        let mut try_lock = || self.try_lock(me, id, mutex, would_wait);
        loop {
            match self.park_on(me, key(mutex), until, &mut try_lock) {
                ControlFlow::Break(Tried::Done(status)) => return Ok(status),
                ControlFlow::Break(Tried::Changing) if self.is_timed_out(until)? => {
                    return Ok(if would_wait { Status::TimedOut } else { Status::Busy });
                }
                // From here on as if it had waited and was woken; `park_on` looks for the process's end.
                ControlFlow::Break(Tried::Changing) => self.host.yield_now(),
                // It is free, or its owner ended: but somebody else may be faster.
                ControlFlow::Continue(woken) => {
                    if woken? == Woken::TimedOut {
                        return Ok(Status::TimedOut);
                    }
                }
            }
        }
    }

    /// Tries for a moment to take the mutex without parking: critical sections are short, and parking takes long. If
    /// others already wait for the mutex, this is not worth it.
    fn spin_lock(&self, id: u32, mutex: u64) -> bool {
        for _ in 0..LOCK_SPINS {
            match self.memory().load32(mutex) {
                Ok(0) => return matches!(self.memory().compare_exchange32(mutex, 0, id), Ok(Ok(_))),
                Ok(word) if !MutexWord(word).has_waiters() && MutexWord(word).owner() != id => spin_loop(),
                _ => return false,
            }
        }
        false
    }

    /// Tries to take the mutex, under its bucket's lock. It continues when the caller must wait: then `WAITERS` is set,
    /// and the owner knows that its mutex has waiters. A caller that does not want to wait gets `BUSY`, and costs the
    /// owner nothing.
    fn try_lock(&self, me: Index, id: u32, mutex: u64, would_wait: bool) -> ControlFlow<Tried> {
        let memory = self.memory();
        let done = |status| ControlFlow::Break(Tried::Done(status));
        for _ in 0..TRIES {
            let word = match memory.load32(mutex) {
                Ok(word) => MutexWord(word),
                Err(fault) => return done(fault.into()),
            };
            let owner = word.owner();
            if owner == id {
                return done(Status::Deadlock);
            }
            let owner_index = self.find(owner).filter(|_| self.is_alive(owner));
            let (new, result) = match owner_index {
                Some(_) if !would_wait => return done(Status::Busy),
                Some(_) => (word.with_waiters(), None),
                None if owner == 0 && !word.owner_died() => (word.owned_by(id), Some(Status::Ok)),
                None => (word.owned_by(id), Some(Status::OwnerDied)),
            };
            if new != word && !matches!(memory.compare_exchange32(mutex, word.0, new.0), Ok(Ok(_))) {
                continue;
            }
            if let Some(status) = result {
                if new.has_waiters() {
                    self.record(me).contended().add(1);
                }
                return done(status);
            }
            if new != word
                && let Some(index) = owner_index
            {
                self.record(index).contended().add(1);
                // An owner that ends is first marked so and then looks at `contended`; here it is the other way round,
                // so one of the two notices.
                if !self.is_alive(owner) {
                    continue;
                }
            }
            return ControlFlow::Continue(());
        }
        ControlFlow::Break(Tried::Changing)
    }

    pub(crate) fn mutex_unlock(&self, me: Index, id: u32, mutex: u64) -> Status {
        let memory = self.memory();
        match memory.compare_exchange32(mutex, id, 0) {
            Err(fault) => return fault.into(),
            Ok(Ok(_)) => return Status::Ok,
            Ok(Err(word)) if MutexWord(word).owner() != id => return Status::NotOwner,
            Ok(Err(_)) => {}
        }
        let bucket = self.bucket_of(key(mutex));
        let lock = self.lock_bucket(&bucket);
        let mut taken = Taken::default();
        self.take(&bucket, key(mutex), 1, &mut taken);
        let free = if self.has_waiter(&bucket, key(mutex)) { WAITERS } else { 0 };
        let status = match memory.load32(mutex) {
            Err(fault) => fault.into(),
            Ok(word) if MutexWord(word).owner() != id => Status::NotOwner,
            Ok(word) => {
                self.count_uncontended(me, MutexWord(word));
                // A plain store: while a mutex has waiters only those who have this lock may change its word. What a
                // guest writes all the same is lost, and nothing waits for it to stop.
                memory.store32(mutex, free).map_or_else(Status::from, |()| Status::Ok)
            }
        };
        drop(lock);
        // Even if the guest tampered with the word meanwhile: whoever was taken out looks again for itself.
        self.release(&taken);
        status
    }

    /// The caller gave up a mutex that held this word.
    fn count_uncontended(&self, me: Index, word: MutexWord) {
        let contended = self.record(me).contended();
        if word.has_waiters() && contended.load() > 0 {
            contended.sub(1);
        }
    }

    /// Marks the mutexes with waiters that a thread held when it ended, and wakes a waiter of each. Mutexes without
    /// waiters need nothing: the next thread to lock one finds the owner gone.
    ///
    /// It walks every bucket, so it is called only when `contended` says that there is such a mutex.
    pub(crate) fn abandon_mutexes(&self, id: u32) {
        for number in 0..self.layout.sizes.buckets {
            let bucket = self.bucket(number);
            if bucket.len().load() == 0 {
                continue;
            }
            let lock = self.lock_bucket(&bucket);
            let mut taken = Taken::default();
            let mut link = bucket.head().load();
            while let Some(index) = link.checked_sub(1) {
                let record = self.record(index);
                link = record.next().load();
                if record.wait_kind().load() != WaitKind::Mutex as u32 {
                    continue;
                }
                let mutex = record.wait_address().load();
                let Ok(word) = self.memory().load32(mutex) else { continue };
                let abandoned = OWNER_DIED | WAITERS;
                if MutexWord(word).owner() == id
                    && matches!(self.memory().compare_exchange32(mutex, word, abandoned), Ok(Ok(_)))
                {
                    self.remove(&bucket, index);
                    self.chain(index, &mut taken);
                }
            }
            drop(lock);
            self.release(&taken);
        }
    }

    /// Which thread holds a mutex; 0 for none.
    pub(crate) fn mutex_owner(&self, mutex: u64) -> u32 {
        self.memory().load32(mutex).map_or(0, |word| MutexWord(word).owner())
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;
    use crate::{Outcome, Threads, TrapKind, abi::FOREVER, memory_host::Program};

    const MUTEX: u64 = 0x1000;
    const LIMIT: Duration = Duration::from_millis(200);

    #[test]
    fn a_lock_that_others_are_always_faster_to_get_is_one_wait() {
        let mut program = Program::new();
        program.limits.max_wait = Some(LIMIT);
        let waiter = program.function(|thread, _| Ok(thread.mutex_lock(MUTEX, FOREVER)?.code() as u64));
        let process = program.start(move |thread| {
            assert_eq!(thread.mutex_lock(MUTEX, FOREVER)?, Status::Ok);
            assert_eq!(thread.thread_spawn(waiter, 0, 0, 0)?, Status::Ok);
            loop {
                thread.thread_yield()?;
            }
        });
        let process = process.unwrap();
        // Again and again it is woken, long before the limit, and finds the mutex held.
        let deadline = process.host().now() + 20 * LIMIT.as_nanos() as u64;
        while !process.has_ended() && process.host().now() < deadline {
            process.kernel.wake(key(MUTEX), 1);
            std::thread::yield_now();
        }
        process.end(&Outcome::Killed);
        let Some(Outcome::Trapped { thread, trap }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
        assert_eq!((thread.id, trap.kind), (2, TrapKind::WaitLimit));
    }
}
