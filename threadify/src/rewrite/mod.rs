//! Writes the module that runs with one instance per thread.
//!
//! Read in this order: this file (the steps), [`appendix`] (what is appended), [`helpers`] and [`data`] (the functions in
//! it), [`code`] (instructions replaced in place), [`memory`], [`sections`] (the module put together again). The page
//! `rewriting.md` beside this file says what moves, what does not, and why.

mod appendix;
mod code;
mod data;
mod helpers;
mod memory;
mod sections;

use std::collections::BTreeMap;

use raddle_runtime_api::abi::{
    self, exports,
    section::{self, StackRange, ThreadsSection, TlsLayout},
};
use wasm_encoder::ExportKind;
use wasmparser::{Operator, TypeRef};

use crate::{
    Class, Error, Options,
    analysis::Analysis,
    module::{
        self, Module,
        code::{Kind, Site},
        id,
    },
    report::{CodeOffsets, MaximumRaised, Report, Warning},
};
use appendix::{Appendix, Items};
use helpers::Target;

/// Rewrites a module that [`Analysis`] found nothing against.
pub(crate) fn rewrite(analysis: &Analysis<'_>, options: &Options) -> Result<(Vec<u8>, ThreadsSection, Report), Error> {
    let Analysis { module, symbols, .. } = analysis;
    let width = module.pointer_width();
    let mut appendix = Appendix::new(module)?;
    let mut warnings = analysis.warnings.clone();

    let plan = memory::plan(module).ok_or_else(unreadable)?;
    let mut edits = plan.edits;

    let stack = symbols.stack.filter(|_| options.stack_check);
    if options.stack_check && stack.is_none() {
        warnings.push(Warning::NoStackToCheck);
    }
    let scan = module::code::scan(module, stack.map(|stack| stack.global))?;
    let has_init = module.data.iter().any(|data| data.offset.is_some());

    let sites = replaceable(module, scan.bodies);
    let waits = count(&sites, |kind| kind != Kind::SetStackPointer);
    let (target, hooks) = match own_imports(module) {
        _ if waits == 0 => (None, false),
        Some(functions) => (Some(Target::Imports(functions)), false),
        None => {
            let table = appendix.table(exports::HOOK_COUNT);
            appendix.export(exports::HOOKS, ExportKind::Table, table);
            (Some(Target::Hooks { table, or_instruction: !has_init && start_calls(module) }), true)
        }
    };
    let mut callees = BTreeMap::new();
    for kind in sites.iter().flat_map(|(_, sites)| sites).map(|site| site.kind) {
        if let (false, Some(target)) = (callees.contains_key(&kind), target) {
            callees.extend(helpers::wait(&mut appendix, width, kind, target).map(|helper| (kind, helper)));
        }
    }
    let check = stack.map(|stack| helpers::stack_check(&mut appendix, width, stack.global));
    callees.extend(check.map(|check| (Kind::SetStackPointer, check.set)));

    if has_init {
        data::init(&mut appendix, module)?;
        edits.push((id::DATA, data::all_passive(module)));
        edits.push((id::START, Vec::new()));
        if !module.has_data_count {
            edits.push((id::DATA_COUNT, data::count(module)));
        }
    }
    helpers::enter(&mut appendix, width, symbols, check);
    let table = module.function_table();
    if let Some(table) = table {
        helpers::calls(&mut appendix, width, table);
    }
    helpers::trap(&mut appendix);

    let mut offsets = CodeOffsets::Kept;
    for (id, items) in appendix.into_items()? {
        let content = if id == id::CODE {
            let code = replace(module, &sites, &callees, &items).ok_or_else(unreadable)?;
            offsets = CodeOffsets::from_parts(code.shift, code.reencoded);
            code.content
        } else {
            sections::append(module, id, &items).ok_or_else(unreadable)?
        };
        edits.push((id, content));
    }

    let section = ThreadsSection {
        pointer_width: width,
        memory: plan.import,
        tls: symbols.tls.map(|tls| TlsLayout { size: tls.size, align: tls.align }),
        stack: symbols.stack.map(|stack| StackRange { top: stack.top, limit: stack.limit }),
        stack_checked: check.is_some(),
        init: has_init,
        table: table.is_some(),
        hooks,
        growable: !scan.reads_memory_size && analysis.class != Class::WasiThreads,
    };
    let reencoded = matches!(offsets, CodeOffsets::Moved { .. });
    let stale = |name: &str| is_stale(name, reencoded);
    let dropped = module.sections.iter().filter_map(|section| section.name).filter(|name| stale(name));
    let report = Report {
        class: analysis.class,
        symbols: symbols.found.clone(),
        memory_was_defined: plan.was_defined,
        maximum_raised: plan.raised_from.map(|from| MaximumRaised { from, to: section.memory.maximum }),
        segments: module.data.iter().filter(|data| data.offset.is_some()).count(),
        waits,
        stack_moves: count(&sites, |kind| kind == Kind::SetStackPointer),
        growable: section.growable,
        code_offsets: offsets,
        dropped: dropped.map(str::to_owned).collect(),
        warnings,
    };
    let content = section.encode();
    let wasm = sections::assemble(module, &edits, |section| section.name.is_some_and(stale), (section::NAME, &content));
    Ok((wasm, section, report))
}

/// A section that contradicts what was read from it before: possible only in an input that was not validated.
fn unreadable() -> Error {
    Error::Invalid { message: "the module contradicts itself; it was not validated".to_owned(), offset: 0 }
}

/// The sites to replace: all but the waits of the start function. It runs before the host can set the hooks, and it is how
/// the first instance keeps the others waiting.
fn replaceable(module: &Module<'_>, bodies: Vec<(usize, Vec<Site>)>) -> Vec<(usize, Vec<Site>)> {
    let start = module.start.and_then(|start| start.checked_sub(module.imported_functions)).map(|index| index as usize);
    bodies
        .into_iter()
        .map(|(index, mut sites)| {
            sites.retain(|site| Some(index) != start || site.kind == Kind::SetStackPointer);
            (index, sites)
        })
        .filter(|(_, sites)| !sites.is_empty())
        .collect()
}

fn count(sites: &[(usize, Vec<Site>)], of: impl Fn(Kind) -> bool) -> usize {
    sites.iter().flat_map(|(_, sites)| sites).filter(|site| of(site.kind)).count()
}

/// The module's own imports of the three calls, if it has all of them with the ABI's types.
fn own_imports(module: &Module<'_>) -> Option<[u32; exports::HOOK_COUNT as usize]> {
    let mut found = [None; exports::HOOK_COUNT as usize];
    let mut index = 0;
    for import in &module.imports {
        let (TypeRef::Func(_) | TypeRef::FuncExact(_)) = import.ty else { continue };
        if import.module == abi::MODULE
            && let Some(slot) = exports::HOOK_IMPORTS.iter().position(|name| *name == import.name)
            && crate::analysis::has_abi_type(module, import.name, index)
        {
            found[slot] = Some(index);
        }
        index += 1;
    }
    match found {
        [Some(wait32), Some(wait64), Some(notify)] => Some([wait32, wait64, notify]),
        _ => None,
    }
}

/// Whether the start function calls others, which may then wait before the host has set the hooks.
fn start_calls(module: &Module<'_>) -> bool {
    let Some(body) = module.start.and_then(|start| module.body(start)) else { return false };
    let mut calls = false;
    let read = module::code::each(body, |_, operator, _| {
        calls |= matches!(
            operator,
            Operator::Call { .. }
                | Operator::CallIndirect { .. }
                | Operator::CallRef { .. }
                | Operator::ReturnCall { .. }
                | Operator::ReturnCallIndirect { .. }
                | Operator::ReturnCallRef { .. }
        );
    });
    calls || read.is_err()
}

fn replace(
    module: &Module<'_>,
    sites: &[(usize, Vec<Site>)],
    callees: &BTreeMap<Kind, u32>,
    items: &Items,
) -> Option<code::Code> {
    match module.section(id::CODE) {
        Some(section) => code::rewrite(module, section.content.clone(), sites, callees, items),
        None => Some(code::Code { content: sections::append(module, id::CODE, items)?, shift: 0, reencoded: 0 }),
    }
}

/// Whether a custom section would be wrong in the output: what an object file keeps for its linker counts sections, and
/// what is attached to instructions counts their bytes.
fn is_stale(name: &str, reencoded: bool) -> bool {
    name == "linking" || name.starts_with("reloc.") || (reencoded && name.starts_with("metadata.code."))
}
