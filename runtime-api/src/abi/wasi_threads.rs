//! wasi-threads, of which the names are known here: what a module of it imports and exports to start threads. WASI's own
//! calls are `raddle-wasi`'s.

/// The import module of [`SPAWN`].
pub const MODULE: &str = "wasi";

/// The call that starts a thread, `(start_arg: i32) -> i32`, under the name that it has and the one that it had at
/// first. A new thread, in an instance of its own, calls [`START`]. The result is its id, 1 to
/// [`MAX_THREAD_ID`](super::MAX_THREAD_ID), or a negative number when there is no room for it.
pub const SPAWN: [&str; 2] = ["thread-spawn", "thread_spawn"];

/// What a module with threads exports, of type `(id: i32, start_arg: i32) -> ()`: a new thread's first call.
pub const START: &str = "wasi_thread_start";

/// Whether an import is [`SPAWN`].
#[must_use]
pub fn is_spawn(module: &str, name: &str) -> bool {
    module == MODULE && SPAWN.contains(&name)
}
