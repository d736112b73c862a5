//! The guest's imports: each passes its arguments on to the calling thread's [`Threads`].

use std::fmt;

use raddle_runtime_api::{
    Call, Threads, Unwind,
    abi::{MODULE, PointerWidth, Status, imports},
};
use wasmtime::{Caller, Linker, WasmRet, WasmTy};

use crate::state::ThreadState;

/// Why a call does not return to the guest, as an error that unwinds its frames.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unwound(pub(crate) Unwind);

impl fmt::Display for Unwound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unwound: {:?}", self.0)
    }
}

impl std::error::Error for Unwound {}

/// A pointer of the guest's.
trait Pointer: WasmTy + WasmRet {
    fn widen(self) -> u64;
    fn narrow(value: u64) -> Self;
}

impl Pointer for u32 {
    fn widen(self) -> u64 {
        u64::from(self)
    }

    fn narrow(value: u64) -> u32 {
        value as u32
    }
}

impl Pointer for u64 {
    fn widen(self) -> u64 {
        self
    }

    fn narrow(value: u64) -> u64 {
        value
    }
}

fn unwinding<R>(call: Call<R>) -> wasmtime::Result<R> {
    call.map_err(|unwind| wasmtime::Error::new(Unwound(unwind)))
}

fn status(call: Call<Status>) -> wasmtime::Result<i32> {
    unwinding(call).map(Status::code)
}

/// Defines the ABI's imports for a module's pointers.
pub(crate) fn define<T: 'static>(linker: &mut Linker<ThreadState<T>>, width: PointerWidth) -> wasmtime::Result<()> {
    match width {
        PointerWidth::Bits32 => define_for::<T, u32>(linker),
        PointerWidth::Bits64 => define_for::<T, u64>(linker),
    }
}

fn define_for<T: 'static, P: Pointer>(linker: &mut Linker<ThreadState<T>>) -> wasmtime::Result<()> {
    type C<'a, T> = Caller<'a, ThreadState<T>>;

    linker.func_wrap(MODULE, imports::THREAD_SPAWN, |c: C<'_, T>, start: P, arg: P, attr: P, out: P| {
        status(c.data().thread().thread_spawn(start.widen(), arg.widen(), attr.widen(), out.widen()))
    })?;
    linker.func_wrap(MODULE, imports::THREAD_JOIN, |c: C<'_, T>, tid: i32, timeout: i64, out: P| {
        status(c.data().thread().thread_join(tid, timeout, out.widen()))
    })?;
    linker.func_wrap(MODULE, imports::THREAD_DETACH, |c: C<'_, T>, tid: i32| {
        status(c.data().thread().thread_detach(tid))
    })?;
    linker.func_wrap(MODULE, imports::THREAD_EXIT, |c: C<'_, T>, value: P| {
        unwinding(c.data().thread().thread_exit(value.widen()))
    })?;
    linker.func_wrap(MODULE, imports::THREAD_ID, |c: C<'_, T>| c.data().thread().thread_id())?;
    linker.func_wrap(MODULE, imports::THREAD_SET_NAME, |c: C<'_, T>, ptr: P, len: P| {
        status(c.data().thread().thread_set_name(ptr.widen(), len.widen()))
    })?;
    linker.func_wrap(MODULE, imports::THREAD_YIELD, |c: C<'_, T>| unwinding(c.data().thread().thread_yield()))?;
    linker.func_wrap(MODULE, imports::THREAD_SLEEP, |c: C<'_, T>, duration: i64| {
        status(c.data().thread().thread_sleep(duration))
    })?;
    linker.func_wrap(MODULE, imports::THREAD_PARALLELISM, |c: C<'_, T>| c.data().thread().thread_parallelism())?;
    linker.func_wrap(MODULE, imports::PROCESS_EXIT, |c: C<'_, T>, code: i32| {
        unwinding(c.data().thread().process_exit(code))
    })?;
    linker.func_wrap(MODULE, imports::PROCESS_ABORT, |c: C<'_, T>, message: P, len: P| {
        unwinding(c.data().thread().process_abort(message.widen(), len.widen()))
    })?;
    linker.func_wrap(MODULE, imports::WRITE, |c: C<'_, T>, fd: i32, ptr: P, len: P| {
        status(c.data().thread().write(fd, ptr.widen(), len.widen()))
    })?;
    linker.func_wrap(MODULE, imports::CLOCK_NOW, |c: C<'_, T>| c.data().thread().clock_now())?;
    linker.func_wrap(MODULE, imports::WAIT32, |c: C<'_, T>, addr: P, expected: i32, timeout: i64| {
        unwinding(c.data().thread().wait32(addr.widen(), expected, timeout))
    })?;
    linker.func_wrap(MODULE, imports::WAIT64, |c: C<'_, T>, addr: P, expected: i64, timeout: i64| {
        unwinding(c.data().thread().wait64(addr.widen(), expected, timeout))
    })?;
    linker.func_wrap(MODULE, imports::NOTIFY, |c: C<'_, T>, addr: P, count: i32| {
        unwinding(c.data().thread().notify(addr.widen(), count))
    })?;
    linker.func_wrap(MODULE, imports::MUTEX_LOCK, |c: C<'_, T>, mutex: P, timeout: i64| {
        status(c.data().thread().mutex_lock(mutex.widen(), timeout))
    })?;
    linker.func_wrap(MODULE, imports::MUTEX_UNLOCK, |c: C<'_, T>, mutex: P| {
        status(c.data().thread().mutex_unlock(mutex.widen()))
    })?;
    linker.func_wrap(MODULE, imports::COND_WAIT, |c: C<'_, T>, cond: P, mutex: P, timeout: i64| {
        status(c.data().thread().cond_wait(cond.widen(), mutex.widen(), timeout))
    })?;
    linker.func_wrap(MODULE, imports::COND_NOTIFY, |c: C<'_, T>, cond: P, count: i32| {
        unwinding(c.data().thread().cond_notify(cond.widen(), count))
    })?;
    linker.func_wrap(MODULE, imports::TLS_CREATE, |c: C<'_, T>, destructor: P, out: P| {
        status(c.data().thread().tls_create(destructor.widen(), out.widen()))
    })?;
    linker.func_wrap(MODULE, imports::TLS_DELETE, |c: C<'_, T>, key: i32| status(c.data().thread().tls_delete(key)))?;
    linker.func_wrap(MODULE, imports::TLS_SET, |c: C<'_, T>, key: i32, value: P| {
        status(c.data().thread().tls_set(key, value.widen()))
    })?;
    linker.func_wrap(MODULE, imports::TLS_GET, |c: C<'_, T>, key: i32| P::narrow(c.data().thread().tls_get(key)))?;
    Ok(())
}
