//! Checks what a section `raddle.threads` claims about its module, as far as a host must be able to rely on it, whoever
//! wrote the section.
//!
//! A host believes the rest, at the module's own risk: a wrong stack size harms only the guest's stack.

use raddle_runtime_api::abi::{exports, section::ThreadsSection};
use wasmparser::{ExternalKind, FunctionBody, TableType, TypeRef};

use crate::{
    Error,
    module::{
        Module,
        code::{Kind, Scan},
    },
    rewrite::steps::Step,
};

/// Whether the table that the host fills exists and has no other use: an optimiser may have confused it with another
/// one.
fn has_hooks(module: &Module<'_>) -> bool {
    let Some(export) = module.export(exports::HOOKS).filter(|export| export.kind == ExternalKind::Table) else {
        return false;
    };
    let size = u64::from(exports::HOOK_COUNT);
    let fits =
        |table: &TableType| table.element_type.is_func_ref() && (table.initial, table.maximum) == (size, Some(size));
    module.tables.get(export.index as usize).is_some_and(fits)
        && module.imports.iter().filter(|import| matches!(import.ty, TypeRef::Table(_))).count()
            <= export.index as usize
        && !module.elements.filled_tables.contains(&export.index)
}

/// Refuses a module that uses the engine's own wait, from which a host cannot bring a thread back, or a bulk operation
/// that may take long at one go; that has any memory except the shared one that the host makes and limits; or whose instantiation would do anything to that memory.
pub(crate) fn check(module: &Module<'_>, section: &ThreadsSection, scan: &Scan) -> Result<(), Error> {
    let refuse = |what: String| Err(Error::FalseSection { what });
    let expected = (section.memory.module.as_str(), section.memory.name.as_str());
    let import = |index: usize| module.imports.get(index).map(|import| (import.module, import.name));
    match module.memories.as_slice() {
        [memory] if memory.ty.shared && memory.import.and_then(import) == Some(expected) => {}
        [_] => return refuse(format!("its memory is not a shared one imported as {}.{}", expected.0, expected.1)),
        memories => return refuse(format!("it has {} memories", memories.len())),
    }
    // A host may make instances while others run.
    if module.start.is_some() {
        return refuse("its instantiation runs a start function".to_owned());
    }
    if let Some(segment) = module.data.iter().position(|data| data.offset.is_some()) {
        return refuse(format!("its instantiation writes data segment {segment}"));
    }
    if section.hooks && !has_hooks(module) {
        return refuse(format!("`{}` is not an empty table of {} functions", exports::HOOKS, exports::HOOK_COUNT));
    }
    for (body, site) in scan.bodies.iter().flat_map(|(body, sites)| sites.iter().map(move |site| (*body, site))) {
        let goes_in_steps = |bulk| {
            let body = module.bodies.get(body).map(FunctionBody::as_bytes);
            body.is_some_and(|body| Step::new(module, bulk).is_some_and(|step| step.is(body)))
        };
        match site.kind {
            Kind::Bulk(bulk) if goes_in_steps(bulk) => {}
            Kind::Bulk(_) => return refuse(format!("the bulk operation at offset {:#x} goes in no steps", site.start)),
            Kind::Wait32 { .. } | Kind::Wait64 { .. } | Kind::Notify { .. } | Kind::SetStackPointer => {
                return refuse(format!("the wait or notify at offset {:#x} does not call the host", site.start));
            }
        }
    }
    Ok(())
}
