//! What a guest imports: every call goes to the thread's [`Threads`], as it came.

use std::rc::Rc;

use raddle_runtime_api::abi::{self, PointerWidth, Ty, imports::IMPORTS};
use raddle_runtime_api::{Threads, Unwind, call_import};
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
            let answer = call_import(threads, import, PointerWidth::Bits32, &args);
            let answer = answer.map_err(|unwind| wasmtime::Error::new(Unwound(unwind)))?;
            let is_wide = signature.results == [Ty::I64];
            results.fill(if is_wide { Val::I64(answer) } else { Val::I32(answer as i32) });
            Ok(())
        })?;
    }
    Ok(())
}
// ANCHOR_END: define
