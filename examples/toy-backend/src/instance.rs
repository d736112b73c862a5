//! One thread's instance.

use std::rc::Rc;
use std::sync::Arc;

use raddle_runtime_api::abi::{MODULE, exports};
use raddle_runtime_api::{
    self as api, Config, Entry, Exports, FunctionType, InstanceEnd, Process, ThreadStack, Threads,
};
use raddle_runtime_api::{Trap, TrapKind, Unwind, Value, ValueType};
use wasmtime::{Engine, Extern, FuncType, Instance, InstancePre, Linker, MemoryType, Module, Ref};
use wasmtime::{SharedMemory, Store, StoreLimitsBuilder, UpdateDeadline, Val, ValType};

use crate::imports::{self, State, Unwound};
use crate::{Error, Settings, host::ToyHost};

/// What all instances of a process are made of.
pub struct Template {
    /// The engine, whose epoch a kill moves on.
    pub engine: Engine,
    /// The memory of the process.
    pub memory: SharedMemory,
    linker: Linker<State>,
    module: InstancePre<State>,
    entry: Entry,
}

impl Template {
    /// Compiles a module, and links it with the imports and the memory of a process.
    ///
    /// # Errors
    /// What the engine says, or that there is no such entry for these arguments.
    pub fn new(settings: &Settings<'_>, config: &Config) -> Result<Template, Error> {
        // The toy knows no exceptions: a module that has them is refused.
        let mut engine = wasmtime::Config::new();
        let engine = Engine::new(engine.shared_memory(true).epoch_interruption(true).wasm_exceptions(false))?;
        let (initial, maximum) = (config.memory.initial.try_into()?, config.memory.maximum.try_into()?);
        let memory = SharedMemory::new(&engine, MemoryType::shared(initial, maximum))?;
        let mut linker = Linker::new(&engine);
        imports::define(&mut linker)?;
        let (module, name) = (&settings.section.memory.module, &settings.section.memory.name);
        linker.define(Store::new(&engine, State::default()), module, name, memory.clone())?;
        let module = Module::from_binary(&engine, settings.wasm)?;
        // Here, before a thread runs, for then it would be the thread's trap.
        let entry = functions(&module).entry(settings.entry)?.with_args(settings.entry_args)?;
        let module = linker.instantiate_pre(&module)?;
        Ok(Template { engine, memory, linker, module, entry })
    }
}

/// The functions that a module exports, with their types where these have only numbers.
fn functions(module: &Module) -> Exports {
    let types = |types: &mut dyn Iterator<Item = ValType>| {
        types.map(|ty| ValueType::find(&ty.to_string())).collect::<Option<Vec<_>>>()
    };
    let of_numbers = |ty: &FuncType| Some(FunctionType::new(types(&mut ty.params())?, types(&mut ty.results())?));
    Exports::new(
        module.exports().filter_map(|export| Some((export.name().to_owned(), of_numbers(export.ty().func()?)))),
    )
}

// ANCHOR: store
/// An instance and its store.
pub struct ToyInstance {
    store: Store<State>,
    instance: Instance,
    template: Arc<Template>,
}

impl ToyInstance {
    /// Makes a thread's instance, whose imports call `threads`.
    ///
    /// # Errors
    /// Why there is none, as the end of the thread.
    pub fn new(
        template: &Arc<Template>,
        process: Process<ToyHost>,
        threads: Rc<dyn Threads>,
    ) -> Result<Self, InstanceEnd> {
        let limits = StoreLimitsBuilder::new().table_elements(10_000_000).build();
        let mut store = Store::new(&template.engine, State { threads: Some(threads), limits });
        store.limiter(|state| &mut state.limits);
        // At once, for the process may have ended just before this; and then whenever the epoch moves.
        store.set_epoch_deadline(0);
        store.epoch_deadline_callback(move |_| match process.has_ended() {
            true => Err(wasmtime::Error::new(Unwound(Unwind::Stopped))),
            false => Ok(UpdateDeadline::Continue(1)),
        });
        let instance = template.module.instantiate(&mut store).map_err(end)?;
        Ok(ToyInstance { store, instance, template: template.clone() })
    }

    fn invoke(&mut self, name: &str, args: &[Val]) -> Result<Vec<Val>, InstanceEnd> {
        let func = self.instance.get_func(&mut self.store, name).expect("threadify and the entry's check say so");
        let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
        let called = func.call(&mut self.store, args, &mut results);
        let overflowed = self.instance.get_global(&mut self.store, exports::STACK_OVERFLOWED);
        called.map_err(|error| match (end(error), overflowed.map(|global| global.get(&mut self.store))) {
            // The check of the stack pointer, which threadify put in, sets the global and traps.
            (InstanceEnd::Trapped(_), Some(Val::I32(1))) => {
                InstanceEnd::Trapped(Trap::new(TrapKind::StackOverflow, ""))
            }
            (end, _) => end,
        })?;
        Ok(results)
    }
}
// ANCHOR_END: store

// ANCHOR: end
/// How guest code ended that did not return.
fn end(error: wasmtime::Error) -> InstanceEnd {
    use wasmtime::Trap as T;
    if let Some(Unwound(unwind)) = error.downcast_ref() {
        return InstanceEnd::Unwound(*unwind);
    }
    let kind = match error.downcast_ref() {
        Some(T::UnreachableCodeReached) => TrapKind::Unreachable,
        Some(T::MemoryOutOfBounds) => TrapKind::MemoryOutOfBounds,
        Some(T::TableOutOfBounds) => TrapKind::TableOutOfBounds,
        Some(T::IndirectCallToNull) => TrapKind::IndirectCallToNull,
        Some(T::BadSignature) => TrapKind::BadSignature,
        Some(T::IntegerOverflow) => TrapKind::IntegerOverflow,
        Some(T::IntegerDivisionByZero) => TrapKind::DivisionByZero,
        Some(T::BadConversionToInteger) => TrapKind::BadConversion,
        Some(T::StackOverflow) => TrapKind::StackOverflow,
        Some(T::HeapMisaligned) => TrapKind::UnalignedAtomic,
        Some(T::NullReference) => TrapKind::NullReference,
        Some(_) => TrapKind::Other,
        None => TrapKind::Instantiation,
    };
    InstanceEnd::Trapped(Trap::new(kind, error.root_cause().to_string()))
}
// ANCHOR_END: end

const POINTER: fn(u64) -> Val = |value| Val::I32(value as i32);

// ANCHOR: instance
impl api::Instance for ToyInstance {
    fn fill_hooks(&mut self) -> Result<(), InstanceEnd> {
        let hooks = self.instance.get_table(&mut self.store, exports::HOOKS).expect("the section says so");
        for (slot, name) in (0..).zip(exports::HOOK_IMPORTS) {
            let hook = self.template.linker.get(&mut self.store, MODULE, name).ok().and_then(Extern::into_func);
            hooks.set(&mut self.store, slot, Ref::Func(hook)).map_err(end)?;
        }
        Ok(())
    }

    fn init(&mut self, is_first: bool) -> Result<(), InstanceEnd> {
        self.invoke(exports::INIT, &[Val::I32(is_first.into())]).map(drop)
    }

    fn enter(&mut self, stack: ThreadStack) -> Result<(), InstanceEnd> {
        self.invoke(exports::ENTER, &[stack.top, stack.limit, stack.tls].map(POINTER)).map(drop)
    }

    fn call_constructors(&mut self) -> Result<(), InstanceEnd> {
        self.template.entry.constructors.map_or(Ok(()), |name| self.invoke(name, &[]).map(drop))
    }

    fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd> {
        let template = self.template.clone();
        let args = template.entry.args.iter().map(|value| match *value {
            Value::I32(value) => Val::I32(value),
            Value::I64(value) => Val::I64(value),
            Value::F32(value) => Val::F32(value.to_bits()),
            Value::F64(value) => Val::F64(value.to_bits()),
        });
        let results = self.invoke(&template.entry.name, &args.collect::<Vec<_>>())?;
        let value = |val: &Val| match val.ty(&self.store) {
            Ok(ValType::I32) => Value::I32(val.unwrap_i32()),
            Ok(ValType::I64) => Value::I64(val.unwrap_i64()),
            Ok(ValType::F32) => Value::F32(val.unwrap_f32()),
            _ => Value::F64(val.unwrap_f64()),
        };
        Ok(results.iter().map(value).collect())
    }

    fn call(&mut self, function: u64, arg: u64) -> Result<u64, InstanceEnd> {
        let results = self.invoke(exports::CALL, &[function, arg].map(POINTER))?;
        Ok(u64::from(results[0].unwrap_i32() as u32))
    }

    fn call_destructor(&mut self, function: u64, value: u64) -> Result<(), InstanceEnd> {
        self.invoke(exports::CALL_DESTRUCTOR, &[function, value].map(POINTER)).map(drop)
    }
}
// ANCHOR_END: instance
