//! The calls of the ABI, declared once: [`for_each_call`](crate::for_each_call).

/// Hands the calls of the guest ABI, as one table, to a macro of the caller's: whatever has to name every call is
/// expanded from here, in any crate. `for_each_call!(callback, context)` becomes
///
/// ```text
/// callback! {
///     [context] "raddle_v1";
///     /// Blocks until the thread has ended, ...
///     THREAD_JOIN: unsafe fn thread_join(tid: i32, timeout: i64, out: P) -> status, blocks;
///     ...
/// }
/// ```
///
/// The context is any tokens, or nothing. The string is the module of the imports. A row has
///
/// * a comment for documentation: its meaning in one sentence, then whatever else there is to say;
/// * the name of its constant in [`abi::imports`](crate::abi::imports), then a colon;
/// * `safe` or `unsafe`: to a program in Rust it is `unsafe` if it reads, writes or calls what its arguments point at;
/// * its name, its parameters, and its result. `P` is a pointer of the module's, `i32` and `i64` are what they say,
///   `status` is a [`Status`](crate::abi::Status) as an `i32`, `()` is nothing, and `!` says that the call does not
///   return. [`call_type`](crate::call_type) makes Rust's types of these;
/// * `, blocks` if it may block, or `, infallible` if it always returns to the guest, whatever happens meanwhile.
///
/// Each item of a row is one token, or a list of such, so that a callback can match it with `tt`:
///
/// ```
/// macro_rules! list {
///     ([] $module:literal; $($(#[$meta:meta])* $constant:ident: $safety:tt
///         fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;)*
///     ) => {
///         [$((stringify!($name), [$(stringify!($param)),*].as_slice())),*]
///     };
/// }
/// let calls: [(&str, &[&str]); 24] = raddle_runtime_api::for_each_call!(list);
/// assert_eq!(calls[1], ("thread_join", ["tid", "timeout", "out"].as_slice()));
/// ```
///
/// A macro that takes this format takes another ABI's table just as well: [`define_imports`](crate::define_imports) is
/// one.
#[macro_export]
macro_rules! for_each_call {
    ($callback:ident $(, $($context:tt)*)?) => {
        $callback! {
            [$($($context)*)?] "raddle_v1";

            /// A new thread runs function `start` of table 0, of type `(P) -> P`, with `arg`.
            ///
            /// Its id is stored at `out`, unless that is 0, before it runs. `attributes` is 0 or the address of the
            /// [attributes](crate::abi::attributes).
            ///
            /// `AGAIN` if a limit is reached (the event `LimitReached` says which), `INVALID` for unknown flags, for
            /// attributes of less than 4 bytes, for a name that is not UTF-8 and in a module without a table, `FAULT`,
            /// `UNSUPPORTED`.
            THREAD_SPAWN: unsafe fn thread_spawn(start: P, arg: P, attributes: P, out: P) -> status;
            /// Blocks until the thread has ended and its TLS destructors have run; stores its value (P) at `out`,
            /// unless that is 0.
            ///
            /// `NO_THREAD`, `INVALID` for a thread that is detached or has a joiner, `DEADLOCK` for the caller itself
            /// or a cycle of joins without time-outs, `TIMED_OUT`, `FAULT`.
            ///
            /// # Blocking
            /// Until then, or for `timeout`.
            THREAD_JOIN: unsafe fn thread_join(tid: i32, timeout: i64, out: P) -> status, blocks;
            /// The thread will not be joined: what it holds is freed when it ends.
            ///
            /// `NO_THREAD`, `INVALID` as for a join.
            THREAD_DETACH: safe fn thread_detach(tid: i32) -> status;
            /// Ends the calling thread as if `start` had returned `value`.
            ///
            /// On the main thread the process lives on until every other thread has ended.
            THREAD_EXIT: unsafe fn thread_exit(value: P) -> !;
            /// The caller's id: never 0, and not reused while the thread lives or can still be joined.
            ///
            /// It is at most [`MAX_THREAD_ID`](crate::abi::MAX_THREAD_ID).
            THREAD_ID: safe fn thread_id() -> i32, infallible;
            /// Sets the caller's name, in UTF-8; it appears in traps, reports and the system's tools.
            ///
            /// `FAULT`, `INVALID` if it is not UTF-8. Of a long name only the beginning is kept.
            THREAD_SET_NAME: unsafe fn thread_set_name(name: P, len: P) -> status;
            /// Lets other threads run.
            THREAD_YIELD: safe fn thread_yield() -> ();
            /// Sleeps for `duration` nanoseconds; `INVALID` if that is negative.
            ///
            /// # Blocking
            /// For `duration`.
            THREAD_SLEEP: safe fn thread_sleep(duration: i64) -> status, blocks;
            /// How many threads can actually run in parallel, at least 1.
            THREAD_PARALLELISM: safe fn thread_parallelism() -> i32, infallible;

            /// Ends every thread, wherever it is, and the process: outcome `exited`.
            PROCESS_EXIT: safe fn process_exit(code: i32) -> !;
            /// Ends the process: outcome `aborted`.
            ///
            /// Invalid UTF-8 in the message is replaced.
            PROCESS_ABORT: unsafe fn process_abort(message: P, len: P) -> !;
            /// Writes to standard output or standard error.
            ///
            /// One call's bytes never interleave with another's. `INVALID` for any other `fd` than 1 and 2,
            /// `UNSUPPORTED` if the stream accepts no more (a closed pipe), `FAULT`. `AGAIN` if it would exceed the
            /// limit on output (with the event `LimitReached`): nothing is written, and the same write will not succeed
            /// later.
            ///
            /// # Blocking
            /// For as long as the embedder's stream does.
            WRITE: unsafe fn write(fd: i32, bytes: P, len: P) -> status, blocks;
            /// Monotonic nanoseconds, from one origin for the whole process.
            CLOCK_NOW: safe fn clock_now() -> i64, infallible;

            /// What `memory.atomic.wait32` does: 0 woken, 1 not equal, 2 timed out.
            ///
            /// It traps where the instruction does.
            ///
            /// # Blocking
            /// Until notified, or for `timeout`.
            WAIT32: unsafe fn wait32(address: P, expected: i32, timeout: i64) -> i32, blocks;
            /// What `memory.atomic.wait64` does: 0 woken, 1 not equal, 2 timed out.
            ///
            /// It traps where the instruction does.
            ///
            /// # Blocking
            /// Until notified, or for `timeout`.
            WAIT64: unsafe fn wait64(address: P, expected: i64, timeout: i64) -> i32, blocks;
            /// What `memory.atomic.notify` does: wakes at most `count` waiters (unsigned), returns how many.
            ///
            /// It traps where the instruction does.
            NOTIFY: unsafe fn notify(address: P, count: i32) -> i32;

            /// Locks a mutex.
            ///
            /// `DEADLOCK` if the caller owns it, `BUSY` if the time-out is 0 and another thread owns it, `OWNER_DIED`
            /// if the caller now owns it and its last owner ended while holding it, `TIMED_OUT`, `FAULT`.
            ///
            /// # Blocking
            /// Until it is free, or for `timeout`.
            MUTEX_LOCK: unsafe fn mutex_lock(mutex: P, timeout: i64) -> status, blocks;
            /// Unlocks a mutex.
            ///
            /// `NOT_OWNER` unless the caller owns it, `FAULT`.
            MUTEX_UNLOCK: unsafe fn mutex_unlock(mutex: P) -> status;
            /// Releases the mutex, waits, and owns it again on return, even after a time-out.
            ///
            /// `NOT_OWNER` unless the caller owns it, `TIMED_OUT`, `OWNER_DIED` as for a lock, `FAULT`.
            ///
            /// # Blocking
            /// Until notified, or for `timeout`; and then until the mutex is free.
            COND_WAIT: unsafe fn cond_wait(cond: P, mutex: P, timeout: i64) -> status, blocks;
            /// Wakes at most `count` waiters (negative: all); returns how many.
            COND_NOTIFY: unsafe fn cond_notify(cond: P, count: i32) -> i32;

            /// A new key (u32) at `out`; `destructor` is 0 or a function of table 0, of type `(P) -> ()`.
            ///
            /// `AGAIN` if there are as many keys as a process may have, `FAULT`.
            TLS_CREATE: unsafe fn tls_create(destructor: P, out: P) -> status;
            /// Discards every thread's value; no destructor runs.
            ///
            /// `INVALID` if there is no such key.
            TLS_DELETE: unsafe fn tls_delete(key: i32) -> status;
            /// Sets the caller's value; `INVALID` if there is no such key.
            TLS_SET: unsafe fn tls_set(key: i32, value: P) -> status;
            /// The caller's value; 0 if it was never set or there is no such key.
            TLS_GET: safe fn tls_get(key: i32) -> P, infallible;
        }
    };
}

/// Rust's type for a type of [`for_each_call`](crate::for_each_call)'s table, as a host has it: `call_type!(u32, P)` is
/// `u32` for 32-bit pointers. What does not return has the type `()`; statuses and error numbers are `i32`.
#[macro_export]
macro_rules! call_type {
    ($pointer:ty, P) => {
        $pointer
    };
    ($pointer:ty, status) => {
        i32
    };
    ($pointer:ty, errno) => {
        i32
    };
    ($pointer:ty, !) => {
        ()
    };
    ($pointer:ty, $other:ty) => {
        $other
    };
}
