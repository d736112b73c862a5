//! The imports of a WASI program: each call is made on the process's state, and where it is not done, the thread waits
//! as it does for everything outside of its process.

use std::{
    sync::{Arc, Mutex, PoisonError},
    task::Waker,
    time::{Duration, Instant},
};

use raddle_runtime_api::{Tried, abi::wasi_threads, call_type};
use raddle_wasi::{Calls, Direction, Signal, Source, State, abi::Errno, for_each_wasi_call};
use wasmtime::{Caller, Linker, Store};

use super::{imports::unwinding, state::ThreadState};
use crate::{
    host::memory::Memory,
    machine::outside::{Interests, WakeHandle},
};

/// A process's files, streams and the like, which are closed when its last thread has ended, whoever still has a handle
/// to the process.
pub(crate) struct Wasi(Mutex<Option<Arc<State>>>);

impl Wasi {
    pub(crate) fn new(state: State) -> Wasi {
        Wasi(Mutex::new(Some(Arc::new(state))))
    }

    /// What a thread's calls are made on; `None` after the last thread has ended.
    pub(crate) fn state(&self) -> Option<Arc<State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn close(&self) {
        // Dropped without the lock: a writer of the embedder's may take its time.
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(state);
    }
}

/// Defines all calls that the embedder has not defined itself.
pub(crate) fn define<T: 'static>(linker: &mut Linker<ThreadState<T>>) -> wasmtime::Result<()> {
    let mut defined = Defined::in_linker(linker);
    macro_rules! function {
        (errno, $name:ident($($param:ident: $ty:tt),*)) => {
            |caller: Caller<'_, ThreadState<T>>, $($param: call_type!(u32, $ty)),*| {
                call(&caller, |calls| calls.$name($($param),*))
            }
        };
        (!, $name:ident($code:ident: $ty:tt)) => {
            |caller: Caller<'_, ThreadState<T>>, $code: call_type!(u32, $ty)| -> wasmtime::Result<()> {
                Err(caller.data().exit($code.cast_signed()))
            }
        };
    }
    macro_rules! define {
        ([] $module:literal; $(
            $(#[$meta:meta])* $constant:ident: $safety:tt
            fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
        )*) => {
            $(if !defined.has(linker, $module, stringify!($name)) {
                linker.func_wrap($module, stringify!($name), function!($result, $name($($param: $ty),*)))?;
            })*
        };
    }
    for_each_wasi_call!(define);
    Ok(())
}

/// Defines the call that starts threads, under the name that it has and the one that it had at first, where the
/// embedder has not defined it itself.
pub(crate) fn define_threads<T: 'static>(linker: &mut Linker<ThreadState<T>>) -> wasmtime::Result<()> {
    let mut defined = Defined::in_linker(linker);
    for name in wasi_threads::SPAWN {
        if !defined.has(linker, wasi_threads::MODULE, name) {
            linker.func_wrap(wasi_threads::MODULE, name, |caller: Caller<'_, ThreadState<T>>, arg: u32| {
                let spawned = unwinding(caller.data().thread().spawn_wasi_thread(arg))?;
                Ok(spawned.map_or(-(Errno::Again as i32), u32::cast_signed))
            })?;
        }
    }
    Ok(())
}

/// Whether a linker defines something, asked with a store that nothing runs in.
struct Defined<T: 'static>(Store<ThreadState<T>>);

impl<T: 'static> Defined<T> {
    fn in_linker(linker: &Linker<ThreadState<T>>) -> Defined<T> {
        Defined(Store::new(linker.engine(), ThreadState::for_linking()))
    }

    fn has(&mut self, linker: &Linker<ThreadState<T>>, module: &str, name: &str) -> bool {
        linker.get(&mut self.0, module, name).is_ok()
    }
}

/// Makes a call until it is done.
fn call<T>(
    caller: &Caller<'_, ThreadState<T>>,
    attempt: impl Fn(&Calls<'_, Memory>) -> Tried<Errno, raddle_wasi::Interests>,
) -> wasmtime::Result<i32> {
    let state = caller.data();
    let calls = state.wasi().calls(state.memory());
    let mut watched = Watched::default();
    let errno = state.wait_outside(|| {
        watched.clear();
        match attempt(&calls) {
            Tried::Done(errno) => Tried::Done(errno),
            Tried::NotYet(interests) => Tried::NotYet(watched.interests(interests)),
        }
    })?;
    Ok(errno as i32)
}

/// The signals that wake a call, which forget it when it has been tried again or ended.
#[derive(Default)]
struct Watched {
    /// Made when there is a signal to wait for: most calls are done at once.
    handle: Option<WakeHandle>,
    signals: Vec<(Signal, Waker)>,
}

impl Watched {
    /// What a call waits for, in the terms of the thread that waits.
    fn interests(&mut self, wanted: raddle_wasi::Interests) -> Interests {
        let mut interests = Interests::new();
        for interest in wanted.sources {
            interests = match (interest.source, interest.direction) {
                #[cfg(unix)]
                (Source::Descriptor(fd), Direction::Read) => interests.readable(fd),
                #[cfg(unix)]
                (Source::Descriptor(fd), Direction::Write) => interests.writable(fd),
                (Source::Signal(signal, count), _) => {
                    let handle = self.handle.get_or_insert_default();
                    let waker = Waker::from(handle.clone());
                    if signal.watch(count, &waker) {
                        self.signals.push((signal, waker));
                    } else {
                        handle.wake();
                    }
                    interests.woken(handle)
                }
                // A source of a later version: try again soon.
                _ => interests.until(Instant::now() + UNKNOWN),
            };
        }
        match wanted.after.and_then(|after| Instant::now().checked_add(Duration::from_nanos(after))) {
            Some(time) => interests.until(time),
            None => interests,
        }
    }

    fn clear(&mut self) {
        for (signal, waker) in self.signals.drain(..) {
            signal.unwatch(&waker);
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.clear();
    }
}

/// How long a call waits for something that is not known here.
const UNKNOWN: Duration = Duration::from_millis(10);
