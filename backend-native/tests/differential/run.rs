//! Runs a module and what it became, and writes down what is seen.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::modules::Arguments;
use fastrand::Rng;
use raddle_backend_native::{
    GuestMemory, Memory,
    threadify::{ThreadsSection, inspect},
    wasmtime::{
        Config, Engine, Extern, ExternType, Func, FuncType, Instance, Linker, MemoryType, MemoryTypeBuilder, Module,
        Ref, SharedMemory, Store, Trap, Val, ValType,
    },
};
use raddle_runtime_api::abi::{PointerWidth, Ty, exports, imports};

/// How many instructions a module may run, about.
const FUEL: u64 = 2_000_000;

/// Where the block of thread-local variables is put.
const TLS_BLOCK: u64 = 512;

/// What runs modules.
pub(crate) struct Machine {
    engine: Engine,
}

/// A module and what it became, compiled.
pub(crate) struct Program<'a> {
    machine: &'a Machine,
    before: Module,
    after: Module,
    section: &'a ThreadsSection,
    memory: MemoryType,
}

/// An export that is called, with arguments.
pub(crate) struct Call {
    name: String,
    arguments: Vec<Val>,
}

/// What was seen, in order; whether it ended because something ran out.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) seen: Vec<String>,
    pub(crate) is_cut: bool,
}

impl Machine {
    pub(crate) fn new() -> Machine {
        let mut config = Config::new();
        config.wasm_threads(true).shared_memory(true).wasm_memory64(true).consume_fuel(true).max_wasm_stack(256 << 10);
        Machine { engine: Engine::new(&config).expect("an engine") }
    }

    /// `None` if the engine takes no such module.
    pub(crate) fn program<'a>(&'a self, wasm: &[u8], done: &[u8], section: &'a ThreadsSection) -> Option<Program<'a>> {
        let before = Module::new(&self.engine, wasm).ok()?;
        let after = Module::new(&self.engine, done).expect("the engine takes what becomes of what it takes");
        let declared = inspect(wasm).expect("a module").memories.pop().expect("a memory");
        let memory = MemoryTypeBuilder::new()
            .memory64(section.pointer_width == PointerWidth::Bits64)
            .shared(true)
            .min(declared.minimum)
            .max(declared.maximum)
            .build()
            .expect("a type that the module has");
        Some(Program { machine: self, before, after, section, memory })
    }
}

impl Program<'_> {
    /// So many calls of the module's exports.
    pub(crate) fn calls(&self, rng: &mut Rng, Arguments { count, interesting, others }: &Arguments) -> Vec<Call> {
        let functions: Vec<_> = self
            .before
            .exports()
            .filter_map(|export| match export.ty() {
                ExternType::Func(ty) => Some((export.name().to_owned(), ty)),
                _ => None,
            })
            .collect();
        let mut number =
            || if *others && rng.bool() { rng.u64(..) } else { interesting[rng.usize(..interesting.len())] };
        let mut value = |ty: ValType| {
            let number = number();
            Some(match ty {
                ValType::I32 => Val::I32(number as i32),
                ValType::I64 => Val::I64(number as i64),
                ValType::F32 => Val::F32(number as u32),
                ValType::F64 => Val::F64(number),
                ValType::V128 => Val::V128(u128::from(number).into()),
                ValType::Ref(ty) if ty.is_nullable() => Val::null_ref(ty.heap_type()),
                ValType::Ref(_) => return None,
            })
        };
        let mut calls = Vec::new();
        for round in 0..*count {
            let Some((name, ty)) = functions.get(round % functions.len().max(1)) else { break };
            if let Some(arguments) = ty.params().map(&mut value).collect() {
                calls.push(Call { name: name.clone(), arguments });
            }
        }
        calls
    }

    /// What is seen of the module as it was. Instantiating it writes the segments and runs the start function.
    pub(crate) fn before(&self, calls: &[Call]) -> Seen {
        self.watch(&self.before, calls, |store, instance| {
            let Some(tls_init) = instance.get_func(&mut *store, "__wasm_init_tls") else { return Ok(()) };
            tls_init.call(store, &[self.pointer(TLS_BLOCK)], &mut [])
        })
    }

    /// What is seen of what it became, after what a host does for the first thread.
    pub(crate) fn after(&self, calls: &[Call]) -> Seen {
        self.watch(&self.after, calls, |store, instance| {
            if self.section.hooks {
                let hooks = instance.get_table(&mut *store, exports::HOOKS).expect("the table of hooks");
                for (slot, name) in (0..).zip(exports::HOOK_IMPORTS) {
                    let hook = answers_zero(store, &self.hook(name));
                    hooks.set(&mut *store, slot, Ref::Func(Some(hook))).expect("room for it");
                }
            }
            if self.section.init {
                let init = instance.get_func(&mut *store, exports::INIT).expect("a function");
                init.call(&mut *store, &[Val::I32(1)], &mut [])?;
            }
            let enter = instance.get_func(&mut *store, exports::ENTER).expect("a function");
            let stack = self.section.stack.map_or((0, 0), |stack| (stack.top, stack.limit));
            enter.call(store, &[stack.0, stack.1, TLS_BLOCK].map(|address| self.pointer(address)), &mut [])
        })
    }

    fn pointer(&self, address: u64) -> Val {
        match self.section.pointer_width {
            PointerWidth::Bits32 => Val::I32(address as i32),
            PointerWidth::Bits64 => Val::I64(address as i64),
        }
    }

    fn hook(&self, name: &str) -> FuncType {
        let signature = imports::find(name).expect("a call of the ABI").signature;
        let types = |types: &[Ty]| -> Vec<ValType> {
            let wide = self.section.pointer_width == PointerWidth::Bits64;
            types
                .iter()
                .map(|ty| if *ty == Ty::I64 || *ty == Ty::P && wide { ValType::I64 } else { ValType::I32 })
                .collect()
        };
        FuncType::new(&self.machine.engine, types(signature.params), types(signature.results))
    }

    fn watch(
        &self,
        module: &Module,
        calls: &[Call],
        begin: impl FnOnce(&mut Store<()>, Instance) -> raddle_backend_native::wasmtime::Result<()>,
    ) -> Seen {
        let mut store = Store::new(&self.machine.engine, ());
        store.set_fuel(FUEL).expect("fuel is on");
        let mut linker = Linker::new(&self.machine.engine);
        linker.allow_shadowing(true);
        let mut memory = None;
        for import in module.imports() {
            let provided = match import.ty() {
                ExternType::Func(ty) => Extern::Func(answers_zero(&mut store, &ty)),
                ExternType::Memory(_) => {
                    let made = SharedMemory::new(&self.machine.engine, self.memory.clone()).expect("a memory");
                    memory = Some(made.clone());
                    Extern::SharedMemory(made)
                }
                // A program with others is started by no host.
                _ => return Seen { is_cut: true, ..Seen::default() },
            };
            linker.define(&store, import.module(), import.name(), provided).expect("a definition");
        }
        let mut seen = Seen::default();
        let began = linker.instantiate(&mut store, module).and_then(|instance| {
            begin(&mut store, instance)?;
            Ok(instance)
        });
        let instance = match began {
            Ok(instance) => instance,
            Err(error) => {
                seen.note("it begins", Err(&error), &[]);
                return seen;
            }
        };
        let memory = memory.or_else(|| {
            let names: Vec<_> = self.before.exports().map(|export| export.name().to_owned()).collect();
            names.iter().find_map(|name| instance.get_shared_memory(&mut store, name))
        });
        let memory = memory.map(Memory::new);
        seen.note("it begins", Ok(()), &[]);
        self.look(&mut seen, &mut store, instance, memory.as_ref());
        for call in calls {
            if seen.is_cut {
                break;
            }
            let function = instance.get_func(&mut store, &call.name).expect("an export");
            let mut results = vec![Val::I32(0); function.ty(&store).results().len()];
            let result = function.call(&mut store, &call.arguments, &mut results);
            seen.note(&format!("{}{:?}", call.name, call.arguments), result.as_ref().map(drop), &results);
            self.look(&mut seen, &mut store, instance, memory.as_ref());
        }
        seen
    }

    /// Notes the memory's content and the exported globals.
    fn look(&self, seen: &mut Seen, store: &mut Store<()>, instance: Instance, memory: Option<&Memory>) {
        if seen.is_cut {
            return;
        }
        if let Some(memory) = memory {
            let mut bytes = vec![0; memory.byte_len() as usize];
            memory.read(0, &mut bytes).expect("all of it");
            let mut hasher = DefaultHasher::new();
            bytes.hash(&mut hasher);
            seen.seen.push(format!("a memory of {} bytes with the hash {:x}", bytes.len(), hasher.finish()));
        }
        for export in self.before.exports().filter(|export| matches!(export.ty(), ExternType::Global(_))) {
            let global = instance.get_global(&mut *store, export.name()).expect("an export");
            let value = global.get(&mut *store);
            seen.seen.push(format!("global {} is {}", export.name(), told(&value)));
        }
    }
}

impl Seen {
    fn note(&mut self, what: &str, result: Result<(), &raddle_backend_native::wasmtime::Error>, results: &[Val]) {
        let how = match result.map_err(|error| error.downcast_ref::<Trap>()) {
            Ok(()) => results.iter().map(told).collect::<Vec<_>>().join(", "),
            Err(Some(Trap::OutOfFuel | Trap::StackOverflow)) => {
                self.is_cut = true;
                return;
            }
            Err(Some(trap)) => trap.to_string(),
            Err(None) => "an error of the engine's".to_owned(),
        };
        self.seen.push(format!("{what}: {how}"));
    }
}

/// A function that does nothing.
fn answers_zero(store: &mut Store<()>, ty: &FuncType) -> Func {
    let results: Vec<_> = ty.results().collect();
    Func::new(store, ty.clone(), move |_, _, out| {
        for (out, ty) in out.iter_mut().zip(&results) {
            *out = Val::default_for_ty(ty).unwrap_or(Val::I32(0));
        }
        Ok(())
    })
}

/// A value; of a reference only whether it is null.
fn told(value: &Val) -> String {
    match value {
        Val::I32(_) | Val::I64(_) | Val::F32(_) | Val::F64(_) | Val::V128(_) => format!("{value:?}"),
        reference => format!("a reference, null: {:?}", reference.ref_().map(|reference| reference.is_null())),
    }
}
