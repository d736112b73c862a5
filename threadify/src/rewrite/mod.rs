//! Writes the module that runs with one instance per thread.
//!
//! Read in this order: this file (the steps), [`appendix`] (what is appended), [`helpers`] and [`data`] (the functions
//! in it, with [`integers`]), [`waits`], [`steps`] and [`code`] (instructions replaced in place), [`memory`] and
//! [`tables`] (what is imported, with [`imports`]), [`reuse`] (what is found out for
//! hosts), [`content`] and [`sections`] (the module put together again). The page `rewriting.md` beside this file says
//! what moves, what does not, and why.

mod appendix;
mod code;
mod content;
mod data;
mod helpers;
mod imports;
mod integers;
mod memory;
mod reuse;
mod sections;
pub(crate) mod steps;
mod tables;
mod waits;

use std::collections::BTreeMap;

use raddle_runtime_api::abi::section::{self, StackRange, ThreadsSection, TlsLayout};

use crate::{
    Class, Error, Options,
    analysis::Analysis,
    cost,
    module::{
        self, Module,
        code::{Kind, Site},
        id,
    },
    report::{CodeOffsets, MaximumRaised, Report, Warning},
};
use appendix::{Appendix, Items};
use content::Content;
use steps::Steps;
use wasm_encoder::ExportKind;

/// Rewrites a module that [`Analysis`] found nothing against.
pub(crate) fn rewrite(analysis: &Analysis<'_>, options: &Options) -> Result<(Vec<u8>, ThreadsSection, Report), Error> {
    let Analysis { module, symbols, .. } = analysis;
    let width = module.pointer_width();
    let mut appendix = Appendix::new(module)?;
    let mut warnings = analysis.warnings.clone();

    let plan = memory::plan(module).ok_or_else(unreadable)?;
    let tables = tables::made(module);
    for (name, index) in &tables.exports {
        appendix.export(name, ExportKind::Table, *index);
    }
    let mut imports = plan.imports;
    imports.replaced.extend(tables.imports.iter().map(|&import| (import, Vec::new())));
    let mut edits = vec![(id::IMPORT, imports.content(module).ok_or_else(unreadable)?)];
    if plan.was_defined {
        edits.push((id::MEMORY, Content::default()));
    }

    let stack = symbols.stack.filter(|_| options.stack_check);
    if options.stack_check && stack.is_none() {
        warnings.push(Warning::NoStackToCheck);
    }
    if stack.is_some_and(|stack| !stack.limit_is_known) {
        warnings.push(Warning::StackLimitUnknown);
    }
    let scan = module::code::scan(module, stack.map(|stack| stack.global))?;
    if scan.reads_memory_size && analysis.class != Class::WasiThreads {
        warnings.push(Warning::ReadsMemorySize);
    }
    let has_active_data = module.data.iter().any(|data| data.offset.is_some());

    let sites = scan.bodies;
    let waits::Redirected { mut callees, hooks, count: waits } = waits::redirect(&mut appendix, module, &sites);
    let check = stack.map(|stack| helpers::stack_check(&mut appendix, width, stack.global));
    callees.extend(check.map(|check| (Kind::SetStackPointer, check.set)));
    let mut steps = Steps::new(module);
    for site in sites.iter().flat_map(|(_, sites)| sites) {
        if let Kind::Bulk(bulk) = site.kind {
            steps.function(&mut appendix, bulk).ok_or_else(unreadable)?;
        }
    }

    // Instantiating runs nothing of the module and writes nothing to its memory, so that a host may do it at any time.
    // The linker's start function initialises the memory, which a thread's TLS may be filled from; any other is the
    // program's, and needs a stack and TLS of its own thread.
    let (init_memory, start) = match module.start {
        Some(function) if module::init_memory::read(module, function).is_some() => (Some(function), None),
        start => (None, start),
    };
    let has_init = has_active_data || init_memory.is_some();
    if has_init {
        data::init(&mut appendix, &mut steps, module, init_memory)?;
    }
    callees.extend(steps.callees());
    if module.start.is_some() {
        edits.push((id::START, Content::default()));
    }
    if has_active_data {
        edits.push((id::DATA, data::all_passive(module)));
        if !module.has_data_count {
            edits.push((id::DATA_COUNT, data::count(module).into()));
        }
    }
    helpers::enter(&mut appendix, width, symbols, check, start);
    let table = module.function_table();
    if let Some(table) = table {
        helpers::calls(&mut appendix, width, table);
    }
    helpers::trap(&mut appendix);

    let mut offsets = CodeOffsets::Kept;
    let mut first_tables = tables.items;
    for (id, items) in appendix.into_items()? {
        let content = if id == id::TABLE {
            sections::extend(module, id, std::mem::take(&mut first_tables), items).ok_or_else(unreadable)?
        } else if id == id::CODE {
            let code = replace(module, &sites, &callees, items).ok_or_else(unreadable)?;
            offsets = code.offsets;
            code.content
        } else {
            sections::append(module, id, items).ok_or_else(unreadable)?
        };
        edits.push((id, content));
    }
    if first_tables.count > 0 {
        let content = sections::extend(module, id::TABLE, first_tables, Items::default());
        edits.push((id::TABLE, content.ok_or_else(unreadable)?));
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
        reusable: reuse::is_reusable(module, symbols)?,
        functions: u32::try_from(module.functions.len()).map_err(|_| unreadable())?,
        instance_size: cost::of_instance(module),
    };
    let grown = matches!(offsets, CodeOffsets::Moved { .. });
    let stale = |name: &str| is_stale(name, grown);
    let dropped = module.sections.iter().filter_map(|section| section.name).filter(|name| stale(name));
    let report = Report {
        class: analysis.class,
        symbols: symbols.found.clone(),
        memory_was_defined: plan.was_defined,
        tables_made: tables.imports.len(),
        maximum_raised: plan.raised_from.map(|from| MaximumRaised { from, to: section.memory.maximum }),
        segments: module.data.iter().filter(|data| data.offset.is_some()).count(),
        waits,
        bulk_operations: waits::count(&sites, Kind::is_bulk),
        stack_moves: waits::count(&sites, |kind| kind == Kind::SetStackPointer),
        growable: section.growable,
        reusable: section.reusable,
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

fn replace<'a>(
    module: &Module<'a>,
    sites: &[(usize, Vec<Site>)],
    callees: &BTreeMap<Kind, u32>,
    items: Items,
) -> Option<code::Code<'a>> {
    match module.section(id::CODE) {
        Some(section) => code::rewrite(module, section.content.clone(), sites, callees, items),
        None => Some(code::Code { content: sections::append(module, id::CODE, items)?, offsets: CodeOffsets::Kept }),
    }
}

/// Whether a custom section would be wrong in the output: relocations count sections and mean an object file's symbols,
/// a source map counts the file's bytes, what is attached to instructions counts those of their function, and debug
/// information counts those of the code.
fn is_stale(name: &str, grown: bool) -> bool {
    name.starts_with("reloc.")
        || name == "linking"
        || name == "sourceMappingURL"
        || (grown && (name.starts_with(module::CODE_METADATA) || name.starts_with(module::DEBUG)))
}
