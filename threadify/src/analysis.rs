//! Decides what a module is, and whether anything is against rewriting it.

use raddle_runtime_api::abi::{self, PointerWidth, Ty, exports, imports, section, wasi_threads};
use wasmparser::{TypeRef, ValType};

use crate::{
    Class, Error, cost,
    module::Module,
    report::Warning,
    symbols::{Missing, Symbols, own},
};

/// What was found out about a module.
pub(crate) struct Analysis<'a> {
    pub(crate) module: Module<'a>,
    pub(crate) class: Class,
    /// Why the module cannot be threadified, if so.
    pub(crate) refusal: Option<Error>,
    pub(crate) symbols: Symbols,
    pub(crate) warnings: Vec<Warning>,
}

impl<'a> Analysis<'a> {
    /// Looks at a module that was parsed.
    pub(crate) fn new(module: Module<'a>) -> Analysis<'a> {
        let (mut class, mut refusal) = classify(&module);
        let mut symbols = Symbols::default();
        if class == Class::Ready {
            match Symbols::find(&module) {
                Ok(found) => symbols = found,
                Err(error) => refusal = Some(error),
            }
        }
        if class == Class::WasiThreads && module.export(wasi_threads::START).is_none() {
            symbols.missing.push(Missing { name: wasi_threads::START, why: "a new thread starts there" });
        }
        if !symbols.missing.is_empty() {
            refusal = Some(Error::MissingSymbols { symbols: symbols.missing.clone() });
        }
        if refusal.is_some() && class.is_accepted() {
            class = Class::Incomplete;
        }
        if class.is_accepted() || class == Class::RaddleDone {
            refusal = cost::check(&module).err().or(refusal);
        }
        let warnings = warnings(&module, class, &symbols);
        Analysis { module, class, refusal, symbols, warnings }
    }
}

fn classify(module: &Module<'_>) -> (Class, Option<Error>) {
    let refused = |class, error| (class, Some(error));
    let exported = |names: &[&str]| module.exports.iter().map(|export| export.name).find(|name| names.contains(name));
    let by_export = |names: &[&str]| exported(names).map(|name| format!("it exports `{name}`"));
    if module.custom(section::NAME).is_some() {
        return refused(Class::RaddleDone, Error::AlreadyDone);
    }
    if let Some(export) = exported(exports::NAMES) {
        return refused(Class::RaddleDone, Error::Stripped { export: export.to_owned() });
    }
    if is_object(module) {
        return refused(Class::Object, Error::Object);
    }
    if let Some(by) = dynamic(module) {
        return refused(Class::Dynamic, Error::Dynamic { by });
    }
    if let Some(by) = by_export(&["_emscripten_thread_init", "_emscripten_tls_init"]).or_else(|| emscripten(module)) {
        return refused(Class::Emscripten, Error::Emscripten { by });
    }
    if let Some(by) = by_export(&["__wbindgen_thread_destroy"]) {
        return refused(Class::WasmBindgenThreads, Error::WasmBindgenThreads { by });
    }
    let memory = match module.memories[..] {
        [] => return refused(Class::NotThreaded, Error::NotThreaded { why: "it has no memory".to_owned() }),
        [memory] => memory,
        _ => return refused(Class::Unsupported, Error::Memories { count: module.memories.len() }),
    };
    if !memory.ty.shared {
        let why = match memory.import {
            Some(_) => "the memory that it imports is not shared",
            None => "its memory is not shared",
        };
        return refused(Class::NotThreaded, Error::NotThreaded { why: why.to_owned() });
    }
    if let Some(log2) = memory.ty.page_size_log2.filter(|&log2| log2 != 16) {
        return refused(Class::Unsupported, Error::PageSize { log2 });
    }
    // wasm-bindgen always leaves this one where it has taken over the start function.
    if let Some(by) = by_export(&["__wbindgen_start"]) {
        return refused(Class::WasmBindgenThreads, Error::WasmBindgenThreads { by });
    }
    if module.imports.iter().any(|import| wasi_threads::is_spawn(import.module, import.name)) {
        return (Class::WasiThreads, None);
    }
    (Class::Ready, None)
}

/// Whether it is what a compiler writes for a linker. A module that was linked with --emit-relocs has the same section,
/// but a linker has resolved the memory.
fn is_object(module: &Module<'_>) -> bool {
    let is_resolved =
        module.memories.iter().any(|memory| match memory.import.and_then(|index| module.imports.get(index)) {
            Some(import) => import.name != "__linear_memory",
            None => true,
        });
    module.custom("linking").is_some() && !is_resolved
}

/// Whether the program can start threads.
fn spawns(module: &Module<'_>) -> bool {
    module.imports.iter().any(|import| (import.module, import.name) == (abi::MODULE, imports::THREAD_SPAWN))
}

fn dynamic(module: &Module<'_>) -> Option<String> {
    if let Some(section) = module.sections.iter().find(|section| matches!(section.name, Some("dylink.0" | "dylink"))) {
        return Some(format!("it has a section \"{}\"", section.name.unwrap_or_default()));
    }
    const FROM_LOADER: [&str; 3] = ["__stack_pointer", "__memory_base", "__table_base"];
    let is_given = |import: &&crate::module::Import<'_>| {
        matches!(import.ty, TypeRef::Global(_)) && FROM_LOADER.contains(&import.name)
    };
    module.imports.iter().find(is_given).map(|import| format!("it imports `{}.{}`", import.module, import.name))
}

fn emscripten(module: &Module<'_>) -> Option<String> {
    let is_runtime = |name: &str| name.starts_with("_emscripten_thread_") || name == "__pthread_create_js";
    let import = module.imports.iter().find(|import| is_runtime(import.name))?;
    Some(format!("it imports `{}.{}`", import.module, import.name))
}

fn warnings(module: &Module<'_>, class: Class, symbols: &Symbols) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if class == Class::Ready && module.function_table().is_none() {
        warnings.push(Warning::NoTable);
    }
    // A program of WASI's is given its stack and TLS by itself, in globals that need not have a name.
    if class == Class::Ready && spawns(module) {
        let globals = own::changed(module, symbols);
        if !globals.is_empty() {
            warnings.push(Warning::GlobalsOfEachThread { globals });
        }
    }
    let count = module.names.command_exports();
    if count > 0 {
        warnings.push(Warning::CommandExports { count });
    }
    let mut function = 0;
    for import in &module.imports {
        let is_function = matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
        if import.module == abi::MODULE {
            let name = import.name.to_owned();
            if imports::find(import.name).is_none() {
                warnings.push(Warning::UnknownImport { name });
            } else if !is_function || !has_abi_type(module, import.name, function) {
                warnings.push(Warning::WrongImportType { name });
            }
        }
        function += u32::from(is_function);
    }
    if module.imports.iter().any(|import| import.module.starts_with("__wbindgen_")) {
        warnings.push(Warning::WasmBindgenImports);
    }
    warnings
}

/// Whether a function has the type that the ABI gives to the import `name`.
pub(crate) fn has_abi_type(module: &Module<'_>, name: &str, function: u32) -> bool {
    let (Some(import), Some(ty)) = (imports::find(name), module.function_type(function)) else { return false };
    let are = |found: &[ValType], expected: &[Ty]| {
        let expected = expected.iter().map(|&ty| value_type(ty, module.pointer_width()));
        found.iter().copied().eq(expected)
    };
    are(ty.params(), import.signature.params) && are(ty.results(), import.signature.results)
}

fn value_type(ty: Ty, width: PointerWidth) -> ValType {
    match (ty, width) {
        (Ty::I32, _) | (Ty::P, PointerWidth::Bits32) => ValType::I32,
        (Ty::I64, _) | (Ty::P, PointerWidth::Bits64) => ValType::I64,
    }
}
