//! What a thread's store holds.

#[cfg(feature = "wasi")]
use std::sync::Arc;
use std::{
    fmt,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use raddle_runtime_api::{Host, MemoryFault, Outcome, Thread, ThreadLabel, Threads, Tried, Unwind};

use crate::{
    host::{NativeHost, limits::InstanceLimits, memory::Memory},
    machine::outside::{Interests, WakeHandle},
    trap::Unwound,
};

/// The data of one thread's wasmtime store: raddle's own, and the embedder's `T`, made for each thread. The embedder's
/// imports get it from `Caller::data`.
pub struct ThreadState<T>(Option<Contents<T>>);

struct Contents<T> {
    thread: Rc<Thread<NativeHost>>,
    limits: InstanceLimits,
    #[cfg(feature = "wasi")]
    wasi: Option<Arc<raddle_wasi::State>>,
    data: T,
}

/// The thread that an embedder's data is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ThreadInfo {
    /// The id; 1 is the main thread.
    pub id: u32,
    /// The name, empty if it has none.
    pub name: String,
}

/// Why there are always contents when somebody asks.
const OCCUPIED: &str = "no guest code runs in the store that only a linker is given";

impl<T> ThreadState<T> {
    pub(crate) fn new(thread: Rc<Thread<NativeHost>>, data: T) -> ThreadState<T> {
        let limits = thread.host().table_elements().limits();
        ThreadState(Some(Contents {
            thread,
            limits,
            #[cfg(feature = "wasi")]
            wasi: None,
            data,
        }))
    }

    /// With what the calls of WASI are made on.
    #[cfg(feature = "wasi")]
    pub(crate) fn with_wasi(mut self, wasi: Option<Arc<raddle_wasi::State>>) -> ThreadState<T> {
        self.0.as_mut().expect(OCCUPIED).wasi = wasi;
        self
    }

    /// What the calls of WASI are made on: they are defined for a process that was given it.
    #[cfg(feature = "wasi")]
    pub(super) fn wasi(&self) -> &raddle_wasi::State {
        self.0.as_ref().expect(OCCUPIED).wasi.as_deref().expect("a process with these calls")
    }

    /// For a store in which nothing runs: a linker requires one to define a shared memory, although that belongs to no
    /// store.
    pub(crate) fn for_linking() -> ThreadState<T> {
        ThreadState(None)
    }

    /// What bounds the instance's tables.
    pub(crate) fn limits(&mut self) -> &mut InstanceLimits {
        &mut self.0.as_mut().expect(OCCUPIED).limits
    }

    pub(crate) fn thread(&self) -> &Thread<NativeHost> {
        &self.0.as_ref().expect(OCCUPIED).thread
    }

    /// The embedder's data of this thread.
    pub fn data(&self) -> &T {
        &self.0.as_ref().expect(OCCUPIED).data
    }

    /// The embedder's data of this thread.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.0.as_mut().expect(OCCUPIED).data
    }

    /// The thread's id; 1 is the main thread.
    #[must_use]
    pub fn thread_id(&self) -> u32 {
        self.thread().thread_id().cast_unsigned()
    }

    /// The guest's memory, which all threads of the process share and may change at any time.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        self.thread().host().memory()
    }

    /// Whether the process has ended. An import that takes long should check now and then, and return; the guest will
    /// not see what it returns. The process's outcome is not given until every thread has returned.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.thread().has_ended()
    }

    /// Waits until the process has ended, or for at most `timeout`, and returns whether it has ended: for an import
    /// that has nothing to do for a while.
    ///
    /// # Blocking
    /// Until then. Meanwhile the process does not count as deadlocked, and the limit on the guest's waits does not
    /// apply.
    #[must_use]
    pub fn wait_ended(&self, timeout: Duration) -> bool {
        self.thread().wait_ended(u64::try_from(timeout.as_nanos()).unwrap_or(u64::MAX))
    }

    /// Makes a call that may have to wait: for an import that waits for a descriptor, a time, or somebody's answer. It is
    /// tried until it is done, and between two attempts the thread waits until any of the interests has come about that
    /// the first gave. An attempt must not block.
    ///
    /// ```
    /// # use std::{sync::{Arc, mpsc}, thread};
    /// # use raddle_backend_native::{Interests, Program, Runtime, ThreadState, Tried, Value, WakeHandle};
    /// # use raddle_backend_native::wasmtime::{self, Caller};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let wasm = r#"(module (import "host" "ask" (func $ask (result i32))) (memory 1 4 shared)
    /// #   (func (export "main") (result i32) (call $ask)))"#;
    /// # let program = Program::new(&Runtime::new()?, &wat::parse_str(wasm)?)?;
    /// # let mut linker = program.linker();
    /// linker.func_wrap("host", "ask", |caller: Caller<'_, ThreadState<()>>| -> wasmtime::Result<i32> {
    ///     let (sender, receiver) = mpsc::channel();
    ///     let handle = WakeHandle::new();
    ///     let answered = handle.clone();
    ///     thread::spawn(move || {
    ///         let _ = sender.send(42);
    ///         answered.wake();
    ///     });
    ///     caller.data().wait_outside(|| match receiver.try_recv() {
    ///         Ok(answer) => Tried::Done(answer),
    ///         Err(_) => Tried::NotYet(Interests::new().woken(&handle)),
    ///     })
    /// })?;
    /// # assert_eq!(program.process_with(linker, |_| ()).run()?.into_result()?, [Value::I32(42)]);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The process has ended meanwhile, or the limit on the guest's waits was reached. The import must return the
    /// error: it unwinds this thread. No attempt is made after the end.
    ///
    /// # Blocking
    /// Until then. Meanwhile the process does not count as deadlocked.
    pub fn wait_outside<V>(&self, attempt: impl FnMut() -> Tried<V, Interests>) -> wasmtime::Result<V> {
        self.thread().wait_outside(attempt).map_err(|unwind| wasmtime::Error::new(Unwound(unwind)))
    }

    /// Waits for a future: for an import whose answer comes from `async` code. The future may belong to any executor.
    /// It is polled on this thread, so what needs to be polled by its executor is spawned there, and this waits for the
    /// task.
    ///
    /// # Errors
    /// As [`wait_outside`](ThreadState::wait_outside). The future is dropped then.
    ///
    /// # Blocking
    /// Until it is ready. Meanwhile the process does not count as deadlocked.
    pub fn block_on<F: Future>(&self, future: F) -> wasmtime::Result<F::Output> {
        let handle = WakeHandle::new();
        let waker = Waker::from(handle.clone());
        let mut future = pin!(future);
        self.wait_outside(|| match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => Tried::Done(output),
            Poll::Pending => Tried::NotYet(Interests::new().woken(&handle)),
        })
    }

    /// Ends the process as [`Exited`](Outcome::Exited), as the guest's `process_exit` does, and stops every thread
    /// wherever it is, unless the process has already ended. The import must return the error that this gives: it
    /// unwinds this thread.
    #[must_use = "the import returns it"]
    pub fn exit(&self, code: i32) -> wasmtime::Error {
        self.end(&Outcome::Exited(code))
    }

    /// Ends the process as [`Aborted`](Outcome::Aborted) by this thread, as the guest's `process_abort` does. See
    /// [`exit`](ThreadState::exit).
    #[must_use = "the import returns it"]
    pub fn abort(&self, message: impl Into<String>) -> wasmtime::Error {
        let thread = ThreadLabel::new(self.thread_id(), self.thread().name());
        self.end(&Outcome::Aborted { message: message.into(), thread })
    }

    fn end(&self, outcome: &Outcome) -> wasmtime::Error {
        self.thread().process().end(outcome);
        wasmtime::Error::new(Unwound(Unwind::Stopped))
    }

    /// Wakes at most `count` threads that wait at an address in the guest's memory, the longest waiting first, and
    /// returns how many, as `memory.atomic.notify` does. wasmtime's own `SharedMemory::atomic_notify` does not know of
    /// these threads.
    ///
    /// # Errors
    /// [`MemoryFault`] if the instruction would trap.
    pub fn notify(&self, addr: u64, count: u32) -> Result<u32, MemoryFault> {
        self.thread().notify_waiters(addr, count)
    }
}

impl<T: fmt::Debug> fmt::Debug for ThreadState<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data = self.0.as_ref().map(|contents| &contents.data);
        f.debug_struct("ThreadState").field("data", &data).finish_non_exhaustive()
    }
}
