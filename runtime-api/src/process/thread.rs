//! [`Thread`]: the one implementation of [`Threads`], for every host.

use core::cell::Cell;

use super::{Process, Threads, attributes::Attributes};
use crate::{
    abi::{self, MAX_NAME_LEN, Status},
    host::{Call, Capability, GuestBytes, GuestMemory, Host, MemoryFault, StartJob, Stream, Tried, Unwind},
    outcome::{
        Event, Limit, Outcome,
        encoding::{MAX_MESSAGE, cut},
    },
    protocols::{
        kernel::{Index, Kernel, flags},
        keys::Values,
    },
    words::Stage,
};

/// One guest thread, as seen by the host thread that runs it: its id and its TLS values. It stays on that host thread.
#[derive(Debug)]
pub struct Thread<H> {
    pub(crate) kernel: Kernel<H>,
    pub(crate) index: Index,
    pub(crate) id: u32,
    pub(crate) values: Values,
    /// The value that the thread passed to `thread_exit`.
    pub(crate) exit_value: Cell<u64>,
}

impl<H: Host> Thread<H> {
    pub(crate) fn new(kernel: Kernel<H>, index: Index) -> Thread<H> {
        let id = kernel.record(index).id().load();
        Thread { kernel, index, id, values: Values::default(), exit_value: Cell::new(0) }
    }

    /// The process that the thread belongs to.
    pub fn process(&self) -> Process<H> {
        Process { kernel: self.kernel.clone() }
    }

    /// Whether the process has ended, so that this thread must stop.
    pub fn has_ended(&self) -> bool {
        self.kernel.has_ended()
    }

    /// Blocks until the process has ended, or for at most the given number of nanoseconds, and returns whether it has
    /// ended: for one of the embedder's imports that has nothing to do for a while. The limit on the guest's waits does
    /// not apply.
    ///
    /// # Blocking
    /// Until then. Meanwhile the process does not count as deadlocked.
    pub fn wait_ended(&self, nanoseconds: u64) -> bool {
        let deadline = self.kernel.host.now().saturating_add(nanoseconds);
        self.kernel.sleep(self.index, deadline, false).is_err()
    }

    /// Makes a call that may have to wait for the outside: tries it until it is done, and blocks between two attempts
    /// until any of the interests has come about that the first gave. An attempt must not block.
    ///
    /// # Errors
    /// [`Unwind::Stopped`]: the process has ended meanwhile. [`Unwind::Trap`]: the limit on waits was reached. The call
    /// must not return to the guest then.
    ///
    /// # Blocking
    /// Until then. Meanwhile the process does not count as deadlocked.
    pub fn wait_outside<T>(&self, attempt: impl FnMut() -> Tried<T, H::Interests>) -> Call<T> {
        self.kernel.wait_outside(self.index, self.kernel.wait_limit(), attempt)
    }

    /// Wakes at most `count` threads that wait at an address in the guest's memory, as the guest's own `notify` does,
    /// and returns how many: for the embedder's imports.
    ///
    /// # Errors
    /// [`MemoryFault`] if the guest's notify would trap.
    pub fn notify_waiters(&self, addr: u64, count: u32) -> Result<u32, MemoryFault> {
        self.kernel.notify(addr, count)
    }

    /// Records where the thread was when its process ended, for the report of a deadlock. A backend calls it while it
    /// unwinds the guest because of [`Unwind::Stopped`]; `backtrace` is called only if the backtrace is needed.
    pub fn note_backtrace(&self, backtrace: impl FnOnce() -> alloc::vec::Vec<crate::outcome::Frame>) {
        self.kernel.note_backtrace(self.id, backtrace);
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.kernel.host
    }

    /// The name, empty if it has none.
    pub fn name(&self) -> alloc::string::String {
        self.kernel.record(self.index).read_name()
    }

    /// Every call checks whether the process has ended: a guest that keeps calling the host is stopped even if nothing
    /// else could interrupt it.
    pub(super) fn check(&self) -> Call<()> {
        if self.kernel.has_ended() { Err(Unwind::Stopped) } else { Ok(()) }
    }

    /// Whether the host can do what a call with this time-out requires.
    fn can_wait(&self, timeout: i64) -> bool {
        timeout <= 0 || self.kernel.host.capabilities().has(Capability::TimedWait)
    }

    /// Tells the embedder about a limit, and returns `AGAIN` to the guest.
    fn limit(&self, limit: Limit, value: u64) -> Status {
        self.kernel.host.event(&Event::LimitReached { limit, value });
        Status::Again
    }

    fn spawn(&self, start: u64, arg: u64, attributes: u64, out: u64) -> Result<(), Status> {
        let kernel = &self.kernel;
        let header = kernel.header();
        if !kernel.host.capabilities().has(Capability::Spawn) {
            return Err(Status::Unsupported);
        }
        if !kernel.has_flag(flags::TABLE) {
            return Err(Status::Invalid);
        }
        let attributes = Attributes::read(kernel, attributes)?;
        if out != 0 {
            kernel.memory().load32(out)?;
        }
        let index = self.take_record(if attributes.detached { Stage::DETACHED } else { Stage::JOINABLE })?;
        if !kernel.take_slot(index, attributes.stack_size) {
            kernel.cancel_thread(index);
            return Err(self.limit(Limit::Slots, header.units().load().into()));
        }
        let record = kernel.record(index);
        record.is_wasi().store(0);
        record.start().store(start);
        record.arg().store(arg);
        record.set_name(&attributes.name);
        if out != 0 {
            // It was readable above, and memory never shrinks.
            let _ = kernel.memory().store32(out, record.id().load());
        }
        self.launch(index, &attributes.name)
    }

    /// Takes a record for a new thread, which then begins there.
    pub(super) fn take_record(&self, begin: Stage) -> Result<Index, Status> {
        let max_threads = self.kernel.layout.sizes.max_threads;
        self.kernel.take_record(begin).ok_or_else(|| self.limit(Limit::Threads, max_threads.into()))
    }

    /// Has a host thread run the thread whose record says all about it.
    pub(super) fn launch(&self, index: Index, name: &str) -> Result<(), Status> {
        let kernel = &self.kernel;
        let header = kernel.header();
        let live = header.census().add_live().live();
        // The spawner is alive, so a thread that does not come to be was not the last one.
        let max_instance_memory = header.max_instance_memory().load();
        if u64::from(live).saturating_mul(header.instance_size().load()) > max_instance_memory {
            kernel.cancel_thread(index);
            header.census().sub_live();
            return Err(self.limit(Limit::InstanceMemory, max_instance_memory));
        }
        if let Err(error) = kernel.host.launch(StartJob::new(index), name) {
            kernel.cancel_thread(error.job.forget());
            header.census().sub_live();
            return Err(self.limit(Limit::HostThreads, live.saturating_sub(1).into()));
        }
        header.spawned().add(1);
        kernel.note_peak(live);
        Ok(())
    }
}

fn status(result: Result<(), Status>) -> Status {
    result.err().unwrap_or(Status::Ok)
}

impl<H: Host> Threads for Thread<H> {
    fn thread_spawn(&self, start: u64, arg: u64, attributes: u64, out: u64) -> Call<Status> {
        self.check()?;
        Ok(status(self.spawn(start, arg, attributes, out)))
    }

    fn thread_join(&self, tid: i32, timeout: i64, out: u64) -> Call<Status> {
        self.check()?;
        if !self.can_wait(timeout) {
            return Ok(Status::Unsupported);
        }
        self.kernel.join(self.index, self.id, tid as u32, timeout, out)
    }

    fn thread_detach(&self, tid: i32) -> Call<Status> {
        self.check()?;
        Ok(self.kernel.detach(tid as u32))
    }

    fn thread_exit(&self, value: u64) -> Call<()> {
        self.check()?;
        self.exit_value.set(value);
        Err(Unwind::ThreadExit)
    }

    fn thread_id(&self) -> i32 {
        self.id as i32
    }

    fn thread_set_name(&self, name: u64, len: u64) -> Call<Status> {
        self.check()?;
        let bytes = match GuestBytes::new(self.kernel.memory(), name, len) {
            Ok(bytes) => bytes,
            Err(fault) => return Ok(fault.into()),
        };
        let Some(name) = bytes.text(MAX_NAME_LEN) else { return Ok(Status::Invalid) };
        self.kernel.record(self.index).set_name(&name);
        self.kernel.host.event(&Event::ThreadNamed { thread: self.id, name });
        Ok(Status::Ok)
    }

    fn thread_yield(&self) -> Call<()> {
        self.check()?;
        self.kernel.host.yield_now();
        Ok(())
    }

    fn thread_sleep(&self, duration: i64) -> Call<Status> {
        self.check()?;
        let Some(deadline) = self.kernel.deadline(duration) else { return Ok(Status::Invalid) };
        if !self.can_wait(duration) {
            return Ok(Status::Unsupported);
        }
        self.kernel.sleep(self.index, deadline, true)?;
        Ok(Status::Ok)
    }

    fn thread_parallelism(&self) -> i32 {
        let most = self.kernel.host.parallelism().clamp(1, self.kernel.layout.sizes.max_threads);
        i32::try_from(most).unwrap_or(i32::MAX)
    }

    fn process_exit(&self, code: i32) -> Call<()> {
        self.kernel.end(&Outcome::Exited(code));
        Err(Unwind::Stopped)
    }

    fn process_abort(&self, message: u64, len: u64) -> Call<()> {
        let message = match GuestBytes::new(self.kernel.memory(), message, len) {
            Ok(bytes) => cut(&bytes.text_lossy(MAX_MESSAGE), MAX_MESSAGE).into(),
            Err(_) => "(the message lies outside the guest's memory)".into(),
        };
        self.kernel.end(&Outcome::Aborted { message, thread: self.kernel.label(self.index) });
        Err(Unwind::Stopped)
    }

    fn write(&self, fd: i32, bytes: u64, len: u64) -> Call<Status> {
        self.check()?;
        let stream = match fd {
            abi::STDOUT => Stream::Stdout,
            abi::STDERR => Stream::Stderr,
            _ => return Ok(Status::Invalid),
        };
        let is_over = || self.kernel.has_ended();
        let status = match GuestBytes::new(self.kernel.memory(), bytes, len) {
            Err(fault) => fault.into(),
            Ok(_) if !self.kernel.admit_output(len) => {
                self.limit(Limit::Output, self.kernel.header().max_output().load())
            }
            Ok(bytes) => self.kernel.write(self.index, stream, &mut bytes.until(&is_over))?,
        };
        // It may not have been written whole.
        self.check()?;
        Ok(status)
    }

    fn clock_now(&self) -> i64 {
        i64::try_from(self.kernel.host.now()).unwrap_or(i64::MAX)
    }

    fn wait32(&self, address: u64, expected: i32, timeout: i64) -> Call<i32> {
        self.check()?;
        self.kernel.wait32(self.index, address, expected as u32, timeout)
    }

    fn wait64(&self, address: u64, expected: i64, timeout: i64) -> Call<i32> {
        self.check()?;
        self.kernel.wait64(self.index, address, expected as u64, timeout)
    }

    fn notify(&self, address: u64, count: i32) -> Call<i32> {
        self.check()?;
        Ok(self.kernel.notify(address, count as u32)? as i32)
    }

    fn mutex_lock(&self, mutex: u64, timeout: i64) -> Call<Status> {
        self.check()?;
        if !self.can_wait(timeout) {
            return Ok(Status::Unsupported);
        }
        self.kernel.mutex_lock(self.index, self.id, mutex, timeout)
    }

    fn mutex_unlock(&self, mutex: u64) -> Call<Status> {
        self.check()?;
        Ok(self.kernel.mutex_unlock(self.index, self.id, mutex))
    }

    fn cond_wait(&self, cond: u64, mutex: u64, timeout: i64) -> Call<Status> {
        self.check()?;
        if !self.can_wait(timeout) {
            return Ok(Status::Unsupported);
        }
        self.kernel.cond_wait(self.index, self.id, cond, mutex, timeout)
    }

    fn cond_notify(&self, cond: u64, count: i32) -> Call<i32> {
        self.check()?;
        Ok(self.kernel.cond_notify(cond, count) as i32)
    }

    fn tls_create(&self, destructor: u64, out: u64) -> Call<Status> {
        self.check()?;
        if let Err(fault) = self.kernel.memory().load32(out) {
            return Ok(fault.into());
        }
        let Some(key) = self.kernel.create_key(destructor) else {
            return Ok(self.limit(Limit::TlsKeys, self.kernel.layout.sizes.max_keys.into()));
        };
        Ok(self.kernel.memory().store32(out, key).map_or_else(Status::from, |()| Status::Ok))
    }

    fn tls_delete(&self, key: i32) -> Call<Status> {
        self.check()?;
        Ok(self.kernel.delete_key(key as u32))
    }

    fn tls_set(&self, key: i32, value: u64) -> Call<Status> {
        self.check()?;
        Ok(self.values.set(&self.kernel, key as u32, value))
    }

    fn tls_get(&self, key: i32) -> u64 {
        self.values.get(&self.kernel, key as u32)
    }
}
