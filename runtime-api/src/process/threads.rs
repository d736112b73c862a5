//! [`Threads`]: what the guest's imports call.

use crate::{abi::Status, host::Call};

/// The calls of the guest ABI, on behalf of one guest thread, whatever the embedder. They are those of
/// [`for_each_call`](crate::for_each_call), which makes a backend's imports of them.
///
/// A backend's import functions call these and nothing else, and pass every argument on as the guest gave it: all
/// checks are made behind this trait. Addresses and sizes are unsigned and widened to 64 bits, time-outs are
/// nanoseconds (negative waits for ever, 0 tries once). A [`Status`] goes to the guest as a number.
///
/// # Errors
/// Every call may give an [`Unwind`](crate::Unwind): then it must not return to the guest, and the backend unwinds the
/// guest's frames.
///
/// # Blocking
/// Those that may block say so. All of them end when the process does.
pub trait Threads {
    /// A new thread runs function `start` of table 0 with `arg`. Its id is stored at `out`, unless that is 0, before it
    /// runs. `attributes` is 0 or the address of the [attributes](crate::abi::attributes).
    ///
    /// `AGAIN` if a limit is reached (the event [`LimitReached`](crate::Event::LimitReached) says which), `INVALID` for
    /// unknown flags, for attributes of less than 4 bytes, for a name that is not UTF-8 and in a module without a
    /// table, `FAULT`, `UNSUPPORTED`.
    fn thread_spawn(&self, start: u64, arg: u64, attributes: u64, out: u64) -> Call<Status>;

    /// Waits until a thread has ended and its TLS destructors have run; stores its value at `out`, unless that is 0.
    ///
    /// `NO_THREAD`, `INVALID` for a thread that is detached or has a joiner, `DEADLOCK` for the caller itself or a
    /// cycle of joins without time-outs, `TIMED_OUT`, `FAULT`.
    ///
    /// # Blocking
    /// Until then, or for `timeout`.
    fn thread_join(&self, tid: i32, timeout: i64, out: u64) -> Call<Status>;

    /// Declares that the thread will not be joined: what it holds is freed when it ends. `NO_THREAD`, `INVALID` as for
    /// a join.
    fn thread_detach(&self, tid: i32) -> Call<Status>;

    /// Ends the calling thread as if its start function had returned `value`. On the main thread the process lives on
    /// until every other thread has ended.
    fn thread_exit(&self, value: u64) -> Call<()>;

    /// The caller's id: never 0, at most [`MAX_THREAD_ID`](crate::abi::MAX_THREAD_ID).
    fn thread_id(&self) -> i32;

    /// Sets the caller's name. `FAULT`, `INVALID` if it is not UTF-8. Of a long name only the beginning is kept.
    fn thread_set_name(&self, name: u64, len: u64) -> Call<Status>;

    /// Lets other threads run.
    fn thread_yield(&self) -> Call<()>;

    /// Sleeps for `duration` nanoseconds; `INVALID` if that is negative.
    ///
    /// # Blocking
    /// For `duration`.
    fn thread_sleep(&self, duration: i64) -> Call<Status>;

    /// How many threads can actually run in parallel, at least 1.
    fn thread_parallelism(&self) -> i32;

    /// Ends the process, and stops every thread wherever it is.
    fn process_exit(&self, code: i32) -> Call<()>;

    /// Ends the process with a message, in which invalid UTF-8 is replaced.
    fn process_abort(&self, message: u64, len: u64) -> Call<()>;

    /// Writes to standard output (1) or standard error (2). One call's bytes never interleave with another's. `INVALID`
    /// for any other `fd`, `UNSUPPORTED` if the stream accepts no more (a closed pipe), `FAULT`. `AGAIN` if it would
    /// exceed the limit on output (with the event [`LimitReached`](crate::Event::LimitReached)): nothing is written,
    /// and the same write will not succeed later.
    ///
    /// # Blocking
    /// For as long as the embedder's stream does.
    fn write(&self, fd: i32, bytes: u64, len: u64) -> Call<Status>;

    /// Monotonic nanoseconds, from one origin for the whole process.
    fn clock_now(&self) -> i64;

    /// What `memory.atomic.wait32` does: 0 woken, 1 not equal, 2 timed out; it traps where the instruction does.
    ///
    /// # Blocking
    /// Until notified, or for `timeout`.
    fn wait32(&self, address: u64, expected: i32, timeout: i64) -> Call<i32>;

    /// What `memory.atomic.wait64` does: 0 woken, 1 not equal, 2 timed out; it traps where the instruction does.
    ///
    /// # Blocking
    /// Until notified, or for `timeout`.
    fn wait64(&self, address: u64, expected: i64, timeout: i64) -> Call<i32>;

    /// What `memory.atomic.notify` does: wakes at most `count` waiters (unsigned) and returns how many; it traps where
    /// the instruction does.
    fn notify(&self, address: u64, count: i32) -> Call<i32>;

    /// Locks a mutex. `DEADLOCK` if the caller owns it, `BUSY` if the time-out is 0 and another thread owns it,
    /// `OWNER_DIED` if the caller now owns it and its last owner ended while holding it, `TIMED_OUT`, `FAULT`.
    ///
    /// # Blocking
    /// Until it is free, or for `timeout`.
    fn mutex_lock(&self, mutex: u64, timeout: i64) -> Call<Status>;

    /// Unlocks a mutex. `NOT_OWNER` unless the caller owns it, `FAULT`.
    fn mutex_unlock(&self, mutex: u64) -> Call<Status>;

    /// Releases the mutex, waits for a notify, and owns the mutex again on return, even after a time-out. `NOT_OWNER`
    /// unless the caller owns it, `TIMED_OUT`, `OWNER_DIED` as for a lock, `FAULT`.
    ///
    /// # Blocking
    /// Until notified, or for `timeout`; and then until the mutex is free.
    fn cond_wait(&self, cond: u64, mutex: u64, timeout: i64) -> Call<Status>;

    /// Wakes at most `count` waiters of a condition variable (negative: all) and returns how many.
    fn cond_notify(&self, cond: u64, count: i32) -> Call<i32>;

    /// A new TLS key at `out`; `destructor` is 0 or a function of table 0. `AGAIN` at the limit of
    /// [`MAX_TLS_KEYS`](crate::MAX_TLS_KEYS), `FAULT`.
    fn tls_create(&self, destructor: u64, out: u64) -> Call<Status>;

    /// Deletes a key: every thread's value is discarded, and no destructor runs. `INVALID` if there is no such key.
    fn tls_delete(&self, key: i32) -> Call<Status>;

    /// Sets the caller's value. `INVALID` if there is no such key.
    fn tls_set(&self, key: i32, value: u64) -> Call<Status>;

    /// The caller's value: 0 if it was never set or there is no such key.
    fn tls_get(&self, key: i32) -> u64;
}
