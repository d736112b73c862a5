//! The job of a process's workers: the object that its nursery gives to each of them.

use js_sys::{Array, Object, WebAssembly};
use raddle_runtime_api::{Entry, abi::PointerWidth};
use raddle_web_shared::region::PAGE_SLABS;

use crate::{js, memory::Control, process::entry, program::Program, runtime::Nursery};

/// What a job is made of.
pub(super) struct Parts<'a> {
    pub(super) program: &'a Program,
    pub(super) entry: Entry,
    pub(super) nursery: &'a Nursery,
    /// Where the process's region begins.
    pub(super) base: u32,
    /// The guest's memory, and the module through which the host module reaches it.
    pub(super) memory: WebAssembly::Memory,
    pub(super) memory_module: &'a WebAssembly::Module,
    /// Where the embedder's own imports are.
    pub(super) imports_url: Option<&'a str>,
}

pub(super) fn make(parts: &Parts<'_>) -> Object {
    let Parts { program, entry, nursery, base, memory, memory_module, imports_url } = parts;
    let section = &program.0.section;
    let runtime = &program.0.runtime;
    let is_64 = section.pointer_width == PointerWidth::Bits64;
    let job = js::object(&[
        ("lock", &nursery.lock().into()),
        ("over", nursery.over()),
        ("hostModule", &runtime.modules().host),
        ("wordsModule", &runtime.modules().words),
        ("memoryModule", memory_module),
        ("module", &program.0.module),
        ("control", runtime.control().memory()),
        ("slabs", &slabs(runtime.control())),
        ("memory", memory),
        ("base", &(*base).into()),
        ("is64", &is_64.into()),
        ("reusable", &section.reusable.into()),
        ("memoryImport", &memory_import(program)),
        ("imports", &(*imports_url).into()),
        ("numeric", &numeric(program)),
    ]);
    entry::describe(entry, &job);
    job
}

/// Where workers find a slab for the host module.
fn slabs(control: &Control) -> Object {
    let (first, count) = (PAGE_SLABS.into(), control.slab_count().into());
    js::object(&[("memory", control.slabs()), ("first", &first), ("count", &count)])
}

/// The names of the embedder's own imports that return numbers.
fn numeric(program: &Program) -> Array {
    let numeric = program.0.own_imports.iter().filter(|import| import.returns_numbers);
    numeric.map(|import| Array::of2(&import.name.module.as_str().into(), &import.name.name.as_str().into())).collect()
}

fn memory_import(program: &Program) -> Object {
    let memory = &program.0.section.memory;
    js::object(&[("module", &memory.module.as_str().into()), ("name", &memory.name.as_str().into())])
}
