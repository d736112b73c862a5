//! What a module's imports are bound to: raddle's own calls, the shared memory, and what the embedder defined; and why
//! they cannot be.

use std::collections::HashSet;

use raddle_runtime_api::{Config, ImportName, PAGE, StartError, abi::PointerWidth};
use wasmtime::{ExternType, FuncType, ImportType, InstancePre, Linker, MemoryTypeBuilder, SharedMemory, Store};

use crate::{
    error::Error,
    instance::{imports, state::ThreadState},
    machine::room::{self, Reserved},
    program::Program,
};

/// How many mappings a process has besides its threads' stacks: its memory, which is one with guards at both ends, and
/// its control words.
const MAPPINGS: usize = 4;

/// The process's memory, and the room that the process takes in the application's address space.
///
/// # Errors
/// [`StartError::Memory`] when it cannot be reserved.
pub(crate) fn create_memory(program: &Program, config: &Config) -> Result<(SharedMemory, Reserved), StartError> {
    let plan = config.memory;
    let refused = |cause: wasmtime::Error| StartError::memory(plan.maximum.saturating_mul(PAGE), cause);
    let room = room::reserve(MAPPINGS).map_err(|full| refused(full.into()))?;
    let create = || {
        let ty = MemoryTypeBuilder::new()
            .memory64(program.section().pointer_width == PointerWidth::Bits64)
            .shared(true)
            .min(plan.initial)
            .max(Some(plan.maximum))
            .build()?;
        SharedMemory::new(program.engine(), ty)
    };
    let memory = create().map_err(refused)?;
    room::check_spare().map_err(|full| refused(full.into()))?;
    Ok((memory, room))
}

/// The module with its imports, ready to be instantiated. The linker has the embedder's own.
///
/// # Errors
/// [`StartError::ImportKind`], [`StartError::MissingImports`], [`StartError::ImportType`], [`Error::Link`].
pub(crate) fn link<T: 'static>(
    program: &Program,
    linker: &mut Linker<ThreadState<T>>,
    memory: &SharedMemory,
) -> Result<InstancePre<ThreadState<T>>, Error> {
    let section = program.section();
    let is_memory = |import: &ImportType<'_>| {
        (import.module(), import.name()) == (section.memory.module.as_str(), section.memory.name.as_str())
    };
    let others = program.module().imports().filter(|import| !is_memory(import));
    if let Some(import) = others.into_iter().find(|import| !matches!(import.ty(), ExternType::Func(_))) {
        let name = ImportName { module: import.module().into(), name: import.name().into() };
        return Err(StartError::ImportKind { import: name, kind: said(&import.ty()) }.into());
    }
    imports::define(linker, section.pointer_width).map_err(Error::Link)?;
    let store = Store::new(program.engine(), ThreadState::for_linking());
    linker.define(&store, &section.memory.module, &section.memory.name, memory.clone()).map_err(Error::Link)?;
    linker
        .instantiate_pre(program.module())
        .map_err(|error| why(program, linker).map_or(Error::Link(error), Error::Start))
}

/// Why linking failed: every import that is missing, or else the first one of another type.
fn why<T: 'static>(program: &Program, linker: &Linker<ThreadState<T>>) -> Option<StartError> {
    let mut store = Store::new(program.engine(), ThreadState::for_linking());
    let name = |import: &ImportType<'_>| ImportName { module: import.module().into(), name: import.name().into() };
    let mut missing = Vec::new();
    let mut seen = HashSet::new();
    let mut wrong = None;
    for import in program.module().imports() {
        let Some(provided) = linker.get_by_import(&mut store, &import) else {
            // A module may import the same thing many times.
            if seen.insert((import.module().to_owned(), import.name().to_owned())) {
                missing.push(name(&import));
            }
            continue;
        };
        let (found, expected) = (import.ty(), provided.ty(&store));
        if wrong.is_none() && !fits(&expected, &found) {
            wrong =
                Some(StartError::ImportType { import: name(&import), found: said(&found), expected: said(&expected) });
        }
    }
    if missing.is_empty() { wrong } else { Some(StartError::MissingImports { imports: missing }) }
}

/// Whether what is provided can stand where the module asks for something, as far as its type says.
fn fits(provided: &ExternType, asked_for: &ExternType) -> bool {
    match (provided, asked_for) {
        (ExternType::Func(provided), ExternType::Func(asked_for)) => provided.matches(asked_for),
        // How large they are is another matter.
        (ExternType::Memory(_), ExternType::Memory(_)) => true,
        _ => false,
    }
}

/// A type in words, as `raddle inspect` has them.
fn said(ty: &ExternType) -> String {
    match ty {
        ExternType::Func(ty) => format!("a function {}", signature(ty)),
        ExternType::Global(ty) => format!("a {:?} global of the type {}", ty.mutability(), ty.content()).to_lowercase(),
        ExternType::Table(_) => "a table".into(),
        ExternType::Memory(_) => "a memory".into(),
        ExternType::Tag(ty) => format!("a tag {}", signature(ty.ty())),
    }
}

fn signature(ty: &FuncType) -> String {
    let types = |types: &mut dyn Iterator<Item = wasmtime::ValType>| {
        types.map(|ty| ty.to_string()).collect::<Vec<_>>().join(", ")
    };
    format!("({}) -> ({})", types(&mut ty.params()), types(&mut ty.results()))
}
