//! What guests import: every call goes to the running thread's [`Threads`], as it came. Each is exported for both
//! widths of pointers, the wide one with `_64` behind its name.
#![allow(unsafe_code, reason = "exports by name, and a pointer to the thread that runs")]

use std::{cell::Cell, ptr};

use raddle_runtime_api::{Call, Thread, Threads, abi::Status};

use crate::{agent::AGENT, host::WebHost, sys};

thread_local! {
    /// The thread that runs in this worker. A plain pointer, as a trap may unwind the frames that use it: they would
    /// leave a borrow behind.
    static CURRENT: Cell<*const Thread<WebHost>> = const { Cell::new(ptr::null()) };
}

/// Makes a thread the one that runs, until [`clear_current`].
pub(crate) fn set_current(thread: &Thread<WebHost>) {
    CURRENT.with(|current| current.set(thread));
}

/// Nothing runs any more.
pub(crate) fn clear_current() {
    CURRENT.with(|current| current.set(ptr::null()));
}

/// The thread that runs in this worker.
pub(crate) fn current<'a>() -> Option<&'a Thread<WebHost>> {
    // SAFETY: `WebInstance` holds the thread as long as it is set, and nothing that a call of the guest's does outlives
    // that.
    CURRENT.with(|current| unsafe { current.get().as_ref() })
}

/// Calls the running thread. An instance that is made ahead runs no code of the guest's, so there is one.
fn with<R>(call: impl FnOnce(&Thread<WebHost>) -> Call<R>) -> R {
    let answer = current().map(call);
    match answer {
        Some(Ok(value)) => value,
        Some(Err(unwind)) => {
            AGENT.with(|agent| agent.unwind.set(Some(unwind)));
            // Nothing is left to drop in this module's frames.
            sys::words::trap()
        }
        None => sys::words::trap(),
    }
}

fn status(status: Call<Status>) -> Call<i32> {
    status.map(Status::code)
}

macro_rules! ty {
    ($pointer:ty, P) => {
        $pointer
    };
    ($pointer:ty, $other:ty) => {
        $other
    };
}

macro_rules! exports {
    ($pointer:ty; $($name:ident: $method:ident($($arg:ident: $ty:tt),*) $(-> $result:tt)? = $convert:expr;)*) => {
        $(
            #[unsafe(no_mangle)]
            extern "C" fn $name($($arg: ty!($pointer, $ty)),*) $(-> ty!($pointer, $result))? {
                with(|thread| $convert(thread.$method($($arg.into()),*)))
            }
        )*
    };
}

exports! { u32;
    thread_spawn: thread_spawn(start: P, arg: P, attr: P, out: P) -> i32 = status;
    thread_join: thread_join(tid: i32, timeout: i64, out: P) -> i32 = status;
    thread_detach: thread_detach(tid: i32) -> i32 = status;
    thread_exit: thread_exit(value: P) = |call| call;
    thread_id: thread_id() -> i32 = Ok;
    thread_set_name: thread_set_name(name: P, len: P) -> i32 = status;
    thread_yield: thread_yield() = |call| call;
    thread_sleep: thread_sleep(duration: i64) -> i32 = status;
    thread_parallelism: thread_parallelism() -> i32 = Ok;
    process_exit: process_exit(code: i32) = |call| call;
    process_abort: process_abort(message: P, len: P) = |call| call;
    write: write(fd: i32, bytes: P, len: P) -> i32 = status;
    clock_now: clock_now() -> i64 = Ok;
    wait32: wait32(addr: P, expected: i32, timeout: i64) -> i32 = |call| call;
    wait64: wait64(addr: P, expected: i64, timeout: i64) -> i32 = |call| call;
    notify: notify(addr: P, count: i32) -> i32 = |call| call;
    mutex_lock: mutex_lock(mutex: P, timeout: i64) -> i32 = status;
    mutex_unlock: mutex_unlock(mutex: P) -> i32 = status;
    cond_wait: cond_wait(cond: P, mutex: P, timeout: i64) -> i32 = status;
    cond_notify: cond_notify(cond: P, count: i32) -> i32 = |call| call;
    tls_create: tls_create(destructor: P, out: P) -> i32 = status;
    tls_delete: tls_delete(key: i32) -> i32 = status;
    tls_set: tls_set(key: i32, value: P) -> i32 = status;
    tls_get: tls_get(key: i32) -> P = |value: u64| Ok(value as u32);
}

exports! { u64;
    thread_spawn_64: thread_spawn(start: P, arg: P, attr: P, out: P) -> i32 = status;
    thread_join_64: thread_join(tid: i32, timeout: i64, out: P) -> i32 = status;
    thread_detach_64: thread_detach(tid: i32) -> i32 = status;
    thread_exit_64: thread_exit(value: P) = |call| call;
    thread_id_64: thread_id() -> i32 = Ok;
    thread_set_name_64: thread_set_name(name: P, len: P) -> i32 = status;
    thread_yield_64: thread_yield() = |call| call;
    thread_sleep_64: thread_sleep(duration: i64) -> i32 = status;
    thread_parallelism_64: thread_parallelism() -> i32 = Ok;
    process_exit_64: process_exit(code: i32) = |call| call;
    process_abort_64: process_abort(message: P, len: P) = |call| call;
    write_64: write(fd: i32, bytes: P, len: P) -> i32 = status;
    clock_now_64: clock_now() -> i64 = Ok;
    wait32_64: wait32(addr: P, expected: i32, timeout: i64) -> i32 = |call| call;
    wait64_64: wait64(addr: P, expected: i64, timeout: i64) -> i32 = |call| call;
    notify_64: notify(addr: P, count: i32) -> i32 = |call| call;
    mutex_lock_64: mutex_lock(mutex: P, timeout: i64) -> i32 = status;
    mutex_unlock_64: mutex_unlock(mutex: P) -> i32 = status;
    cond_wait_64: cond_wait(cond: P, mutex: P, timeout: i64) -> i32 = status;
    cond_notify_64: cond_notify(cond: P, count: i32) -> i32 = |call| call;
    tls_create_64: tls_create(destructor: P, out: P) -> i32 = status;
    tls_delete_64: tls_delete(key: i32) -> i32 = status;
    tls_set_64: tls_set(key: i32, value: P) -> i32 = status;
    tls_get_64: tls_get(key: i32) -> P = |value: u64| Ok(value);
}
