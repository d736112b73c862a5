//! Modules on the bare engine, not threadified, with the settings of raddle's engine.

use std::{collections::HashMap, time::Instant};

use raddle_backend_native::wasmtime::{
    Caller, Extern, Instance, Linker, Module, Ref, Result, SharedMemory, Store, WasmParams, WasmResults,
};
use wasm_encoder::{ExportKind, ExportSection, RawSection};
use wasmparser::{ExternalKind, Parser, Payload};

/// The name under which [`with_table`] exports the table.
const TABLE: &str = "the table";

/// The module with one export more: table 0. Its code is as it was.
pub(crate) fn with_table(wasm: &[u8]) -> Vec<u8> {
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.expect("a module");
        if let Payload::ExportSection(exports) = payload {
            let mut section = ExportSection::new();
            for export in exports {
                let export = export.expect("an export");
                let kind = match export.kind {
                    ExternalKind::Memory => ExportKind::Memory,
                    ExternalKind::Global => ExportKind::Global,
                    ExternalKind::Table => ExportKind::Table,
                    _ => ExportKind::Func,
                };
                section.export(export.name, kind, export.index);
            }
            module.section(section.export(TABLE, ExportKind::Table, 0));
        } else if let Some((id, range)) = payload.as_section() {
            module.section(&RawSection { id, data: &wasm[range] });
        }
    }
    module.finish()
}

/// A module on the bare engine, with a memory and a store of its own.
pub(crate) struct Raw {
    store: Store<Values>,
    instance: Instance,
}

/// The values of TLS keys.
type Values = HashMap<i32, i32>;

impl Raw {
    pub(crate) fn new(module: &Module) -> Raw {
        let memory = module.imports().find_map(|import| import.ty().memory().cloned()).expect("an imported memory");
        let memory = SharedMemory::new(module.engine(), memory).expect("a memory");
        let mut store = Store::new(module.engine(), Values::new());
        // Nothing increments it so often here.
        store.set_epoch_deadline(1_000_000);
        let mut linker = Linker::new(module.engine());
        linker.define(&store, "env", "memory", memory).expect("a new name");
        define(&mut linker).expect("new names");
        linker.define_unknown_imports_as_traps(module).expect("new names");
        let instance = linker.instantiate(&mut store, module).expect("an instance");
        Raw { store, instance }
    }

    pub(crate) fn call<P: WasmParams, R: WasmResults>(&mut self, export: &str, arguments: P) -> R {
        let export = self.instance.get_typed_func::<P, R>(&mut self.store, export).expect("an export");
        export.call(&mut self.store, arguments).expect("no trap")
    }
}

/// The ABI's imports as far as the ray tracer calls them when it runs on one thread: a spawn runs the start function at
/// once, in the same instance.
fn define(linker: &mut Linker<Values>) -> Result<()> {
    type C<'a> = Caller<'a, Values>;
    const ABI: &str = "raddle_v1";
    const OK: i32 = 0;
    const UNSUPPORTED: i32 = 9;

    let begin = Instant::now();
    linker.func_wrap(ABI, "thread_id", || 1)?;
    linker.func_wrap(ABI, "thread_parallelism", || 1)?;
    linker.func_wrap(ABI, "thread_detach", |_: i32| OK)?;
    linker.func_wrap(ABI, "thread_join", |_: i32, _: i64, _: u32| OK)?;
    linker.func_wrap(ABI, "clock_now", move || begin.elapsed().as_nanos() as i64)?;
    linker.func_wrap(
        ABI,
        "thread_spawn",
        |mut c: C<'_>, start: u32, argument: u32, _: u32, _: u32| -> Result<i32> {
            let Some(Extern::Table(table)) = c.get_export(TABLE) else { return Ok(UNSUPPORTED) };
            let Some(Ref::Func(Some(start))) = table.get(&mut c, start.into()) else { return Ok(UNSUPPORTED) };
            start.typed::<u32, u32>(&c)?.call(&mut c, argument)?;
            Ok(OK)
        },
    )?;
    linker.func_wrap(ABI, "tls_create", |_: u32, _: u32| OK)?;
    linker.func_wrap(ABI, "tls_get", |c: C<'_>, key: i32| c.data().get(&key).copied().unwrap_or(0))?;
    linker.func_wrap(ABI, "tls_set", |mut c: C<'_>, key: i32, value: i32| {
        c.data_mut().insert(key, value);
        OK
    })?;
    linker.func_wrap(ABI, "write", |_: i32, _: u32, _: u32| OK)?;
    Ok(())
}
