//! What a thread's imports call, with a defect.

use std::{
    rc::Rc,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use raddle_runtime_api::{
    Call, GuestMemory, Host, Thread, Threads, Unwind,
    abi::{FOREVER, STDERR, STDOUT, Status},
};
use raddle_toy_backend::host::ToyHost;

use crate::{list::Defect, shared::Shared};

/// How long a spawn waits for the new thread's end.
const INLINE: Duration = Duration::from_millis(100);

pub(crate) struct Broken {
    defect: Defect,
    thread: Rc<Thread<ToyHost>>,
    shared: Arc<Shared>,
}

impl Broken {
    pub(crate) fn new(defect: Defect, thread: Rc<Thread<ToyHost>>, shared: Arc<Shared>) -> Broken {
        Broken { defect, thread, shared }
    }

    fn is(&self, defect: Defect) -> bool {
        self.defect == defect
    }

    /// A time-out, or for ever.
    fn timeout(&self, timeout: i64) -> i64 {
        if self.is(Defect::TimeOutIgnored) && timeout > 0 { FOREVER } else { timeout }
    }

    /// A status that the defect swallows becomes `OK`.
    fn swallow(&self, call: Call<Status>) -> Call<Status> {
        Ok(match (self.defect, call?) {
            (Defect::FaultsSwallowed, Status::Fault)
            | (Defect::DeadlockNotAnswered, Status::Deadlock)
            | (Defect::OwnerDiedSwallowed, Status::OwnerDied)
            | (Defect::AnybodyUnlocks, Status::NotOwner) => Status::Ok,
            (_, status) => status,
        })
    }
}

impl Threads for Broken {
    fn thread_spawn(&self, start: u64, arg: u64, attributes: u64, out: u64) -> Call<Status> {
        let live = self.thread.process().stats().live;
        let status = self.swallow(self.thread.thread_spawn(start, arg, attributes, out));
        let begin = Instant::now();
        while self.is(Defect::SpawnRunsInline)
            && self.thread.process().stats().live > live
            && begin.elapsed() < INLINE
            && !self.thread.has_ended()
        {
            thread::yield_now();
        }
        status
    }

    fn thread_join(&self, tid: i32, timeout: i64, out: u64) -> Call<Status> {
        if self.is(Defect::JoinReturnsEarly) {
            return Ok(match self.thread.thread_join(tid, 0, out)? {
                Status::TimedOut => Status::Ok,
                status => status,
            });
        }
        let status = self.swallow(self.thread.thread_join(tid, self.timeout(timeout), out))?;
        if self.is(Defect::JoinValueWrong) && status == Status::Ok && out != 0 {
            let memory = self.thread.host().memory();
            let value = memory.load32(out).unwrap_or(0);
            let _ = memory.store32(out, value.wrapping_add(1));
        }
        if self.is(Defect::JoinAnyThread) && status == Status::NoThread { Ok(Status::Ok) } else { Ok(status) }
    }

    fn thread_detach(&self, tid: i32) -> Call<Status> {
        if self.is(Defect::DetachForgotten) { Ok(Status::Ok) } else { self.thread.thread_detach(tid) }
    }

    fn thread_exit(&self, value: u64) -> Call<()> {
        self.thread.thread_exit(value)
    }

    fn thread_id(&self) -> i32 {
        if self.is(Defect::IdsEqual) { 1 } else { self.thread.thread_id() }
    }

    fn thread_set_name(&self, name: u64, len: u64) -> Call<Status> {
        if self.is(Defect::NamesLost) { Ok(Status::Ok) } else { self.swallow(self.thread.thread_set_name(name, len)) }
    }

    fn thread_yield(&self) -> Call<()> {
        self.thread.thread_yield()
    }

    fn thread_sleep(&self, duration: i64) -> Call<Status> {
        if self.is(Defect::SleepReturnsAtOnce) && duration > 0 {
            return Ok(Status::Ok);
        }
        self.thread.thread_sleep(duration)
    }

    fn thread_parallelism(&self) -> i32 {
        self.thread.thread_parallelism()
    }

    fn process_exit(&self, code: i32) -> Call<()> {
        if self.is(Defect::ExitLeavesThreads) { Err(Unwind::ThreadExit) } else { self.thread.process_exit(code) }
    }

    fn process_abort(&self, message: u64, len: u64) -> Call<()> {
        let len = if self.is(Defect::AbortMessageLost) { 0 } else { len };
        self.thread.process_abort(message, len)
    }

    fn write(&self, fd: i32, bytes: u64, len: u64) -> Call<Status> {
        let fd = match fd {
            STDOUT if self.is(Defect::StreamsSwapped) => STDERR,
            STDERR if self.is(Defect::StreamsSwapped) => STDOUT,
            STDERR if self.is(Defect::OutsideBlocks) && self.shared.stderr_full => {
                let word = self.thread.host().memory().load32(0).unwrap_or(0);
                self.thread.wait32(0, word.cast_signed(), FOREVER)?;
                fd
            }
            fd => fd,
        };
        self.swallow(self.thread.write(fd, bytes, len))
    }

    fn clock_now(&self) -> i64 {
        self.thread.clock_now()
    }

    fn wait32(&self, address: u64, expected: i32, timeout: i64) -> Call<i32> {
        let now = self.thread.host().memory().load32(address).map(u32::cast_signed);
        let expected = if self.is(Defect::WaitIgnoresTheWord) { now.unwrap_or(expected) } else { expected };
        self.thread.wait32(address, expected, self.timeout(timeout))
    }

    fn wait64(&self, address: u64, expected: i64, timeout: i64) -> Call<i32> {
        self.thread.wait64(address, expected, self.timeout(timeout))
    }

    fn notify(&self, address: u64, count: i32) -> Call<i32> {
        let more = self.is(Defect::OneWaiterTooMany) && count > 0;
        let woken = self.thread.notify(address, if more { count.saturating_add(1) } else { count })?;
        Ok(if self.is(Defect::NotifyCountsNobody) { 0 } else { woken })
    }

    fn mutex_lock(&self, mutex: u64, timeout: i64) -> Call<Status> {
        if self.is(Defect::MutexExcludesNobody) {
            return Ok(Status::Ok);
        }
        self.swallow(self.thread.mutex_lock(mutex, self.timeout(timeout)))
    }

    fn mutex_unlock(&self, mutex: u64) -> Call<Status> {
        if self.is(Defect::MutexExcludesNobody) {
            return Ok(Status::Ok);
        }
        if self.is(Defect::UnlockWakesNobody) {
            return Ok(self.thread.host().memory().store32(mutex, 0).map_or(Status::Fault, |()| Status::Ok));
        }
        self.swallow(self.thread.mutex_unlock(mutex))
    }

    fn cond_wait(&self, cond: u64, mutex: u64, timeout: i64) -> Call<Status> {
        let status = self.swallow(self.thread.cond_wait(cond, mutex, self.timeout(timeout)))?;
        if self.is(Defect::CondWaitWithoutMutex) {
            let _ = self.thread.mutex_unlock(mutex)?;
        }
        Ok(status)
    }

    fn cond_notify(&self, cond: u64, count: i32) -> Call<i32> {
        let one = self.is(Defect::CondNotifyAllWakesOne) && count < 0;
        self.thread.cond_notify(cond, if one { 1 } else { count })
    }

    fn tls_create(&self, destructor: u64, out: u64) -> Call<Status> {
        self.swallow(self.thread.tls_create(destructor, out))
    }

    fn tls_delete(&self, key: i32) -> Call<Status> {
        if self.is(Defect::KeysNeverDeleted) { Ok(Status::Ok) } else { self.thread.tls_delete(key) }
    }

    fn tls_set(&self, key: i32, value: u64) -> Call<Status> {
        self.shared.values.lock().expect("no panic").insert(key, value);
        self.thread.tls_set(key, value)
    }

    fn tls_get(&self, key: i32) -> u64 {
        if self.is(Defect::KeysShared) {
            return self.shared.values.lock().expect("no panic").get(&key).copied().unwrap_or(0);
        }
        self.thread.tls_get(key)
    }
}
