//! The guest's imports: each passes its arguments on to the calling thread's [`Threads`]. They are those of the ABI's
//! own table.

use raddle_runtime_api::{Answer, Call, Threads, abi::PointerWidth, call_type, for_each_call};
use wasmtime::{Caller, Linker, WasmRet, WasmTy};

use super::state::ThreadState;
use crate::trap::Unwound;

pub(super) fn unwinding<R>(call: Call<R>) -> wasmtime::Result<R> {
    call.map_err(|unwind| wasmtime::Error::new(Unwound(unwind)))
}

/// Defines the ABI's imports for a module's pointers.
pub(crate) fn define<T: 'static>(linker: &mut Linker<ThreadState<T>>, width: PointerWidth) -> wasmtime::Result<()> {
    match width {
        PointerWidth::Bits32 => define_for::<T, u32>(linker),
        PointerWidth::Bits64 => define_for::<T, u64>(linker),
    }
}

/// Each import of a table as a function with its own types, which the engine calls without looking at any.
macro_rules! define {
    ([$linker:ident $state:ty, $pointer:ty] $module:literal; $(
        $(#[$meta:meta])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        $($linker.func_wrap(
            $module,
            stringify!($name),
            |caller: Caller<'_, $state>, $($param: call_type!($pointer, $ty)),*| {
                let call = caller.data().thread().$name($($param.into()),*);
                unwinding(Answer::<call_type!($pointer, $result)>::answer(call))
            },
        )?;)*
    };
}

fn define_for<T: 'static, P>(linker: &mut Linker<ThreadState<T>>) -> wasmtime::Result<()>
where
    P: WasmTy + WasmRet + Into<u64>,
    u64: Answer<P>,
{
    for_each_call!(define, linker ThreadState<T>, P);
    Ok(())
}
