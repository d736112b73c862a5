//! What guests import: every call of the ABI's table goes to the running thread's [`Threads`] unchanged. Each is
//! exported for both widths of pointers, the wide one with [`WIDE`](raddle_web_shared::names::WIDE) behind its name.
#![allow(unsafe_code, reason = "exports by name, and a pointer to the thread that runs")]

use std::{cell::Cell, ptr};

use raddle_runtime_api::{Answer, Call, Thread, Threads, call_type, for_each_call};

use crate::{agent::AGENT, host::WebHost, sys};

thread_local! {
    /// The thread that runs in this worker. A plain pointer, because a trap may unwind the frames that use it: they
    /// would leave a borrow behind.
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

/// An export for each call of a table, under the call's name and a suffix.
macro_rules! exports {
    ([$pointer:ty, $suffix:expr] $module:literal; $(
        $(#[$meta:meta])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        $(
            #[unsafe(export_name = concat!(stringify!($name), $suffix))]
            extern "C" fn $name($($param: call_type!($pointer, $ty)),*) -> call_type!($pointer, $result) {
                with(|thread| Answer::<call_type!($pointer, $result)>::answer(thread.$name($($param.into()),*)))
            }
        )*
    };
}

/// For modules with 32-bit pointers.
mod narrow {
    use super::{Answer, Threads, call_type, for_each_call, with};

    for_each_call!(exports, u32, "");
}

/// For modules with 64-bit pointers.
mod wide {
    use super::{Answer, Threads, call_type, for_each_call, with};

    for_each_call!(exports, u64, raddle_web_shared::wide!());
}
