//! One thread's instance: a store, and the exports that the host calls in it.
//!
//! This file has [`NativeInstance`], the calls into the guest. `state` is what the store holds, `imports` the calls
//! that come back, and `wasi` those of another ABI.

pub(crate) mod imports;
pub(crate) mod state;
#[cfg(feature = "wasi")]
pub(crate) mod wasi;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
    sync::Arc,
};

use raddle_runtime_api::{
    self as api, Entry, InstanceEnd, Thread, ThreadStack, Trap, TrapKind, Unwind, Value,
    abi::{MODULE, PointerWidth, exports::HOOK_IMPORTS},
};
use wasmtime::{
    Extern, Func, Instance, InstancePre, Linker, ModuleExport, Ref, Store, TypedFunc, UpdateDeadline, Val, WasmParams,
    WasmResults,
};

use self::state::{ThreadInfo, ThreadState};
use crate::{
    host::NativeHost,
    program::Program,
    trap::{self, Unwound},
};

/// Makes what a thread's store holds for the embedder.
pub(crate) type MakeData<T> = Box<dyn Fn(&ThreadInfo) -> T + Send + Sync>;

/// What all instances of a process are made of.
pub(crate) struct Template<T: 'static> {
    pub(crate) program: Program,
    pub(crate) instance_pre: InstancePre<ThreadState<T>>,
    pub(crate) linker: Linker<ThreadState<T>>,
    pub(crate) entry: Entry,
    pub(crate) make_data: MakeData<T>,
    #[cfg(feature = "wasi")]
    pub(crate) wasi: Option<wasi::Wasi>,
}

/// An instance, and the store that it lives in.
pub(crate) struct NativeInstance<T: 'static> {
    template: Arc<Template<T>>,
    store: Store<ThreadState<T>>,
    instance: Instance,
}

impl<T: 'static> NativeInstance<T> {
    #[inline(never)]
    pub(crate) fn new(template: &Arc<Template<T>>, thread: Rc<Thread<NativeHost>>) -> Result<Self, InstanceEnd> {
        protected(|| {
            let mut store = new_store(template, thread);
            // Only now: an end that was published before the deadline was set has moved an epoch that no longer counts.
            if store.data().has_ended() {
                return Err(InstanceEnd::Unwound(Unwind::Stopped));
            }
            match template.instance_pre.instantiate(&mut store) {
                Ok(instance) => Ok(NativeInstance { template: template.clone(), store, instance }),
                Err(error) => Err(instantiation_end(&template.program, &error)),
            }
        })
    }

    #[inline(never)]
    fn export(&mut self, export: Option<&ModuleExport>) -> Result<Func, InstanceEnd> {
        match export.map(|export| self.instance.get_module_export(&mut self.store, export)) {
            Some(Some(Extern::Func(func))) => Ok(func),
            _ => Err(broken_export()),
        }
    }

    /// Calls a function of the ABI.
    fn call_typed<P: WasmParams, R: WasmResults>(&mut self, func: Func, params: P) -> Result<R, InstanceEnd> {
        let typed = self.typed::<P, R>(func)?;
        let result = protected(|| Ok(typed.call(&mut self.store, params)))?;
        result.map_err(|error| self.end(&error))
    }

    #[inline(never)]
    fn typed<P: WasmParams, R: WasmResults>(&self, func: Func) -> Result<TypedFunc<P, R>, InstanceEnd> {
        func.typed(&self.store).map_err(|_| broken_export())
    }

    fn width(&self) -> PointerWidth {
        self.template.program.section().pointer_width
    }

    fn call_values(&mut self, func: Func, params: &[Val], results: &mut [Val]) -> Result<(), InstanceEnd> {
        let result = protected(|| Ok(func.call(&mut self.store, params, results)))?;
        result.map_err(|error| self.end(&error))
    }

    /// How guest code ended that did not return.
    #[cold]
    #[inline(never)]
    fn end(&mut self, error: &wasmtime::Error) -> InstanceEnd {
        let functions = self.template.program.section().functions;
        match error.downcast_ref::<Unwound>() {
            Some(Unwound(Unwind::Trap(kind))) => {
                let backtrace = trap::backtrace(error, functions);
                InstanceEnd::Trapped(Trap::new(*kind, kind.explanation()).with_backtrace(backtrace))
            }
            Some(Unwound(unwind)) => {
                if *unwind == Unwind::Stopped {
                    self.store.data().thread().note_backtrace(|| trap::backtrace(error, functions));
                }
                InstanceEnd::Unwound(*unwind)
            }
            None => {
                let mut trap = trap::from_error(error, functions);
                if trap.kind == TrapKind::Unreachable && self.stack_overflowed() {
                    trap.kind = TrapKind::StackOverflow;
                }
                InstanceEnd::Trapped(trap)
            }
        }
    }

    /// Whether the stack check has found the stack pointer outside the stack.
    fn stack_overflowed(&mut self) -> bool {
        let template = self.template.clone();
        let Some(export) = &template.program.abi_exports().stack_overflowed else { return false };
        match self.instance.get_module_export(&mut self.store, export) {
            Some(Extern::Global(global)) => global.get(&mut self.store).i32().is_some_and(|value| value != 0),
            _ => false,
        }
    }
}

impl<T: 'static> api::Instance for NativeInstance<T> {
    #[inline(never)]
    fn fill_hooks(&mut self) -> Result<(), InstanceEnd> {
        let template = self.template.clone();
        let hooks = template.program.abi_exports().hooks.as_ref().ok_or_else(broken_export)?;
        let Some(Extern::Table(table)) = self.instance.get_module_export(&mut self.store, hooks) else {
            return Err(broken_export());
        };
        for (slot, name) in (0..).zip(HOOK_IMPORTS) {
            let Ok(Extern::Func(func)) = template.linker.get(&mut self.store, MODULE, name) else {
                return Err(broken_export());
            };
            let set = table.set(&mut self.store, slot, Ref::Func(Some(func)));
            set.map_err(|error| instantiation_end(&template.program, &error))?;
        }
        Ok(())
    }

    #[inline(never)]
    fn init(&mut self, is_first: bool) -> Result<(), InstanceEnd> {
        let template = self.template.clone();
        let init = self.export(template.program.abi_exports().init.as_ref())?;
        self.call_typed::<i32, ()>(init, i32::from(is_first))
    }

    #[inline(never)]
    fn enter(&mut self, stack: ThreadStack) -> Result<(), InstanceEnd> {
        let template = self.template.clone();
        let enter = self.export(Some(&template.program.abi_exports().enter))?;
        let ThreadStack { top, limit, tls } = stack;
        match self.width() {
            PointerWidth::Bits32 => self.call_typed::<_, ()>(enter, (top as u32, limit as u32, tls as u32)),
            PointerWidth::Bits64 => self.call_typed::<_, ()>(enter, (top, limit, tls)),
        }
    }

    #[inline(never)]
    fn call_constructors(&mut self) -> Result<(), InstanceEnd> {
        let template = self.template.clone();
        let Some(name) = template.entry.constructors else { return Ok(()) };
        let constructors = self.instance.get_func(&mut self.store, name).ok_or_else(broken_export)?;
        self.call_typed::<(), ()>(constructors, ())
    }

    #[inline(never)]
    fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd> {
        let template = self.template.clone();
        let entry = self.instance.get_func(&mut self.store, &template.entry.name).ok_or_else(broken_export)?;
        let params: Vec<Val> = template.entry.args.iter().map(|&value| to_val(value)).collect();
        let mut results = vec![Val::I32(0); entry.ty(&self.store).results().len()];
        self.call_values(entry, &params, &mut results)?;
        Ok(results.iter().filter_map(from_val).collect())
    }

    fn call(&mut self, function: u64, arg: u64) -> Result<u64, InstanceEnd> {
        let template = self.template.clone();
        let call = self.export(template.program.abi_exports().call.as_ref())?;
        match self.width() {
            PointerWidth::Bits32 => self.call_typed::<_, u32>(call, (function as u32, arg as u32)).map(u64::from),
            PointerWidth::Bits64 => self.call_typed::<_, u64>(call, (function, arg)),
        }
    }

    #[cfg(feature = "wasi")]
    fn call_wasi_thread(&mut self, id: u32, arg: u32) -> Result<(), InstanceEnd> {
        let start = self.instance.get_func(&mut self.store, api::abi::wasi_threads::START);
        self.call_typed::<_, ()>(start.ok_or_else(broken_export)?, (id, arg))
    }

    #[inline(never)]
    fn call_destructor(&mut self, function: u64, value: u64) -> Result<(), InstanceEnd> {
        let template = self.template.clone();
        let call = self.export(template.program.abi_exports().call_destructor.as_ref())?;
        match self.width() {
            PointerWidth::Bits32 => self.call_typed::<_, ()>(call, (function as u32, value as u32)),
            PointerWidth::Bits64 => self.call_typed::<_, ()>(call, (function, value)),
        }
    }
}

/// Runs something that calls the embedder's code, directly or through the guest, and turns its panic into a trap: a
/// thread that vanished would leave its process waiting for ever.
fn protected<R>(run: impl FnOnce() -> Result<R, InstanceEnd>) -> Result<R, InstanceEnd> {
    // What a panic leaves half done is this thread's store and the embedder's data in it, which are dropped.
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(panicked(panic)))
}

#[cold]
#[inline(never)]
fn panicked(panic: Box<dyn Any + Send>) -> InstanceEnd {
    InstanceEnd::Trapped(trap::from_panic(&*panic))
}

/// A store for a thread, which stops when its process has ended.
// Out of line, as all that is done once is: instantiating takes much of the stack, and should not begin deep in it.
#[inline(never)]
fn new_store<T: 'static>(template: &Template<T>, thread: Rc<Thread<NativeHost>>) -> Store<ThreadState<T>> {
    let info = ThreadInfo { id: api::Threads::thread_id(&*thread).cast_unsigned(), name: thread.name() };
    let data = (template.make_data)(&info);
    let state = ThreadState::new(thread, data);
    #[cfg(feature = "wasi")]
    let state = state.with_wasi(template.wasi.as_ref().and_then(wasi::Wasi::state));
    let mut store = Store::new(template.program.engine(), state);
    store.limiter(|state| state.limits());
    store.epoch_deadline_callback(|context| {
        // The epoch moves when any process of the engine ends; only this one's threads stop.
        if context.data().has_ended() {
            Err(wasmtime::Error::new(Unwound(Unwind::Stopped)))
        } else {
            Ok(UpdateDeadline::Continue(1))
        }
    });
    store.set_epoch_deadline(1);
    store
}

/// How a thread ends whose instance could not be made: its start function trapped, or the engine has no more room.
#[cold]
#[inline(never)]
fn instantiation_end(program: &Program, error: &wasmtime::Error) -> InstanceEnd {
    let mut trap = trap::from_error(error, program.section().functions);
    if let Some(&Unwound(unwind)) = error.downcast_ref::<Unwound>() {
        let Unwind::Trap(kind) = unwind else { return InstanceEnd::Unwound(unwind) };
        trap = Trap::new(kind, kind.explanation()).with_backtrace(trap.backtrace);
    } else if error.downcast_ref::<wasmtime::Trap>().is_none() {
        trap.kind = TrapKind::Instantiation;
    }
    InstanceEnd::Trapped(trap)
}

/// An export of the ABI is not what the section says: the module was tampered with after it was threadified.
#[cold]
#[inline(never)]
fn broken_export() -> InstanceEnd {
    let message =
        "an export of the guest ABI has another type than its section says; threadify the original module again";
    InstanceEnd::Trapped(Trap::new(TrapKind::Instantiation, message))
}

fn to_val(value: Value) -> Val {
    match value {
        Value::I32(value) => Val::I32(value),
        Value::I64(value) => Val::I64(value),
        Value::F32(value) => Val::F32(value.to_bits()),
        Value::F64(value) => Val::F64(value.to_bits()),
    }
}

fn from_val(val: &Val) -> Option<Value> {
    match *val {
        Val::I32(value) => Some(Value::I32(value)),
        Val::I64(value) => Some(Value::I64(value)),
        Val::F32(bits) => Some(Value::F32(f32::from_bits(bits))),
        Val::F64(bits) => Some(Value::F64(f64::from_bits(bits))),
        _ => None,
    }
}
