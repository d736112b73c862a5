//! What a guest imports: every call goes to the thread's [`Threads`], as it came.

use std::rc::Rc;

use raddle_runtime_api::abi::{self, Status, Ty, imports::IMPORTS};
use raddle_runtime_api::{Call, Threads, Unwind};
use wasmtime::{Caller, FuncType, Linker, StoreLimits, Val, ValType};

/// What a thread's store holds.
#[derive(Default)]
pub struct State {
    /// What the imports call: nothing in the store that a linker is given.
    pub threads: Option<Rc<dyn Threads>>,
    /// How large its tables may be.
    pub limits: StoreLimits,
}

/// Why a call does not return to the guest, as an error that unwinds its frames.
#[derive(Debug, thiserror::Error)]
#[error("{0:?}")]
pub struct Unwound(pub Unwind);

// ANCHOR: define
/// Defines all of them, for 32-bit pointers.
pub fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    let ty = |ty: &Ty| if *ty == Ty::I64 { ValType::I64 } else { ValType::I32 };
    for import in IMPORTS {
        let signature = import.signature;
        let ty = FuncType::new(linker.engine(), signature.params.iter().map(ty), signature.results.iter().map(ty));
        linker.func_new(abi::MODULE, import.name, ty, move |caller: Caller<'_, State>, params, results| {
            let threads = caller.data().threads.as_deref().expect("guest code runs for a thread");
            let args: Vec<i64> = params.iter().map(|val| val.i64().or(val.i32().map(i64::from)).unwrap_or(0)).collect();
            let answer = call(threads, import.name, &args).map_err(|unwind| wasmtime::Error::new(Unwound(unwind)))?;
            let is_wide = signature.results == [Ty::I64];
            results.fill(if is_wide { Val::I64(answer) } else { Val::I32(answer as i32) });
            Ok(())
        })?;
    }
    Ok(())
}
// ANCHOR_END: define

fn call(threads: &dyn Threads, name: &str, args: &[i64]) -> Call<i64> {
    let int = |place: usize| args[place] as i32;
    let pointer = |place: usize| u64::from(args[place] as u32);
    let status = |call: Call<Status>| call.map(|status| i64::from(status.code()));
    match name {
        "thread_spawn" => status(threads.thread_spawn(pointer(0), pointer(1), pointer(2), pointer(3))),
        "thread_join" => status(threads.thread_join(int(0), args[1], pointer(2))),
        "thread_detach" => status(threads.thread_detach(int(0))),
        "thread_exit" => threads.thread_exit(pointer(0)).map(|()| 0),
        "thread_id" => Ok(threads.thread_id().into()),
        "thread_set_name" => status(threads.thread_set_name(pointer(0), pointer(1))),
        "thread_yield" => threads.thread_yield().map(|()| 0),
        "thread_sleep" => status(threads.thread_sleep(args[0])),
        "thread_parallelism" => Ok(threads.thread_parallelism().into()),
        "process_exit" => threads.process_exit(int(0)).map(|()| 0),
        "process_abort" => threads.process_abort(pointer(0), pointer(1)).map(|()| 0),
        "write" => status(threads.write(int(0), pointer(1), pointer(2))),
        "clock_now" => Ok(threads.clock_now()),
        "wait32" => threads.wait32(pointer(0), int(1), args[2]).map(i64::from),
        "wait64" => threads.wait64(pointer(0), args[1], args[2]).map(i64::from),
        "notify" => threads.notify(pointer(0), int(1)).map(i64::from),
        "mutex_lock" => status(threads.mutex_lock(pointer(0), args[1])),
        "mutex_unlock" => status(threads.mutex_unlock(pointer(0))),
        "cond_wait" => status(threads.cond_wait(pointer(0), pointer(1), args[2])),
        "cond_notify" => threads.cond_notify(pointer(0), int(1)).map(i64::from),
        "tls_create" => status(threads.tls_create(pointer(0), pointer(1))),
        "tls_delete" => status(threads.tls_delete(int(0))),
        "tls_set" => status(threads.tls_set(int(0), pointer(1))),
        "tls_get" => Ok(threads.tls_get(int(0)) as i64),
        other => unreachable!("the ABI has no import {other}"),
    }
}
