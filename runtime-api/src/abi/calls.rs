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
/// * its meaning in one sentence, as a comment for documentation;
/// * the name of its constant in [`abi::imports`](crate::abi::imports), then a colon;
/// * `safe` or `unsafe`: to a program in Rust it is `unsafe` if it reads, writes or calls what its arguments point at;
/// * its name, its parameters, and its result. `P` is a pointer of the module's, `i32` and `i64` are what they say,
///   `status` is a [`Status`](crate::abi::Status) as an `i32`, `()` is nothing, and `!` says that the call does not
///   return. [`call_type`](crate::call_type) makes Rust's types of these;
/// * `, blocks` if it may block.
///
/// Each item of a row is one token, or a list of such, so that a callback can match it with `tt`:
///
/// ```
/// macro_rules! list {
///     ([] $module:literal; $($(#[$meta:meta])* $constant:ident: $safety:tt
///         fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $blocks:ident)?;)*
///     ) => {
///         [$((stringify!($name), [$(stringify!($param)),*].as_slice())),*]
///     };
/// }
/// let calls: [(&str, &[&str]); 24] = raddle_runtime_api::for_each_call!(list);
/// assert_eq!(calls[1], ("thread_join", ["tid", "timeout", "out"].as_slice()));
/// ```
///
/// A macro that takes this format takes another ABI's table just as well.
#[macro_export]
macro_rules! for_each_call {
    ($callback:ident $(, $($context:tt)*)?) => {
        $callback! {
            [$($($context)*)?] "raddle_v1";

            /// A new thread runs function `start` of table 0, of type `(P) -> P`, with `arg`.
            THREAD_SPAWN: unsafe fn thread_spawn(start: P, arg: P, attributes: P, out: P) -> status;
            /// Blocks until the thread has ended and its TLS destructors have run; stores its value (P) at `out`,
            /// unless that is 0.
            THREAD_JOIN: unsafe fn thread_join(tid: i32, timeout: i64, out: P) -> status, blocks;
            /// The thread will not be joined: what it holds is freed when it ends.
            THREAD_DETACH: safe fn thread_detach(tid: i32) -> status;
            /// Ends the calling thread as if `start` had returned `value`.
            THREAD_EXIT: unsafe fn thread_exit(value: P) -> !;
            /// The caller's id: never 0, and not reused while the thread lives or can still be joined.
            THREAD_ID: safe fn thread_id() -> i32;
            /// Sets the caller's name, in UTF-8; it appears in traps, reports and the system's tools.
            THREAD_SET_NAME: unsafe fn thread_set_name(name: P, len: P) -> status;
            /// Lets other threads run.
            THREAD_YIELD: safe fn thread_yield() -> ();
            /// Sleeps for `duration` nanoseconds; `INVALID` if that is negative.
            THREAD_SLEEP: safe fn thread_sleep(duration: i64) -> status, blocks;
            /// How many threads can actually run in parallel, at least 1.
            THREAD_PARALLELISM: safe fn thread_parallelism() -> i32;

            /// Ends every thread, wherever it is, and the process: outcome `exited`.
            PROCESS_EXIT: safe fn process_exit(code: i32) -> !;
            /// Ends the process: outcome `aborted`.
            PROCESS_ABORT: unsafe fn process_abort(message: P, len: P) -> !;
            /// Writes to standard output or standard error.
            WRITE: unsafe fn write(fd: i32, bytes: P, len: P) -> status, blocks;
            /// Monotonic nanoseconds, from one origin for the whole process.
            CLOCK_NOW: safe fn clock_now() -> i64;

            /// What `memory.atomic.wait32` does: 0 woken, 1 not equal, 2 timed out.
            WAIT32: unsafe fn wait32(address: P, expected: i32, timeout: i64) -> i32, blocks;
            /// What `memory.atomic.wait64` does: 0 woken, 1 not equal, 2 timed out.
            WAIT64: unsafe fn wait64(address: P, expected: i64, timeout: i64) -> i32, blocks;
            /// What `memory.atomic.notify` does: wakes at most `count` waiters (unsigned), returns how many.
            NOTIFY: unsafe fn notify(address: P, count: i32) -> i32;

            /// Locks a mutex.
            MUTEX_LOCK: unsafe fn mutex_lock(mutex: P, timeout: i64) -> status, blocks;
            /// Unlocks a mutex.
            MUTEX_UNLOCK: unsafe fn mutex_unlock(mutex: P) -> status;
            /// Releases the mutex, waits, and owns it again on return, even after a time-out.
            COND_WAIT: unsafe fn cond_wait(cond: P, mutex: P, timeout: i64) -> status, blocks;
            /// Wakes at most `count` waiters (negative: all); returns how many.
            COND_NOTIFY: unsafe fn cond_notify(cond: P, count: i32) -> i32;

            /// A new key (u32) at `out`; `destructor` is 0 or a function of table 0, of type `(P) -> ()`.
            TLS_CREATE: unsafe fn tls_create(destructor: P, out: P) -> status;
            /// Discards every thread's value; no destructor runs.
            TLS_DELETE: unsafe fn tls_delete(key: i32) -> status;
            /// Sets the caller's value; `INVALID` if there is no such key.
            TLS_SET: unsafe fn tls_set(key: i32, value: P) -> status;
            /// The caller's value; 0 if it was never set or there is no such key.
            TLS_GET: safe fn tls_get(key: i32) -> P;
        }
    };
}

/// Rust's type for a type of [`for_each_call`](crate::for_each_call)'s table, as a host has it: `call_type!(u32, P)` is
/// `u32` for 32-bit pointers. What does not return has the type `()`.
#[macro_export]
macro_rules! call_type {
    ($pointer:ty, P) => {
        $pointer
    };
    ($pointer:ty, status) => {
        i32
    };
    ($pointer:ty, !) => {
        ()
    };
    ($pointer:ty, $other:ty) => {
        $other
    };
}
