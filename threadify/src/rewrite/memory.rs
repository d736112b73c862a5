//! The module's memory becomes, or stays, an import whose maximum leaves room to grow.

use std::collections::HashSet;

use raddle_runtime_api::abi::{PointerWidth, section::MemoryImport};
use wasm_encoder::{Encode, EntityType, MemoryType};

use super::{appendix::Items, content::Content, sections};
use crate::module::{Module, id};

/// The most pages that a memory with 32-bit addresses can have: 4 GiB.
///
/// A declared maximum only says what a memory may at most be, and a host creates one with any lower maximum. So where
/// the linker was told nothing, the largest is declared and the host is left to choose.
const MOST_32: u64 = 1 << 16;
/// The same for 64-bit addresses: 16 GiB, the most that browsers take.
const MOST_64: u64 = 1 << 18;

/// What is to be done about the memory.
pub(super) struct Plan<'a> {
    /// What the section says of it.
    pub(super) import: MemoryImport,
    /// The maximum that the linker gave, if it was raised.
    pub(super) raised_from: Option<u64>,
    /// Whether the module defined the memory itself.
    pub(super) was_defined: bool,
    /// New contents of sections; an empty one means that the section goes.
    pub(super) edits: Vec<(u8, Content<'a>)>,
}

/// Plans for memory 0, which must be shared.
pub(super) fn plan<'a>(module: &Module<'a>) -> Option<Plan<'a>> {
    let memory = module.memories.first()?;
    let most = match module.pointer_width() {
        PointerWidth::Bits32 => MOST_32,
        PointerWidth::Bits64 => MOST_64,
    };
    let declared = memory.ty.maximum?;
    let minimum = memory.ty.initial;
    let maximum = if declared == minimum { most.max(declared) } else { declared };
    let raised_from = Some(declared).filter(|&declared| declared < maximum);
    // Pages of 64 KiB may be declared as if they were custom ones; engines without that proposal do not take it.
    let rewrite = raised_from.is_some() || memory.ty.page_size_log2.is_some();
    let ty = MemoryType {
        minimum,
        maximum: Some(maximum),
        memory64: memory.ty.memory64,
        shared: true,
        page_size_log2: None,
    };
    let (module_name, name, edits) = match memory.import {
        Some(index) => {
            let import = module.imports.get(index)?;
            let edits = match rewrite {
                true => vec![(id::IMPORT, replaced(module, index, item(import.module, import.name, ty))?)],
                false => Vec::new(),
            };
            (import.module.to_owned(), import.name.to_owned(), edits)
        }
        None => {
            let (module_name, name) = free_name(module);
            let items = Items { count: 1, bytes: item(&module_name, &name, ty) };
            let edits =
                vec![(id::IMPORT, sections::append(module, id::IMPORT, items)?), (id::MEMORY, Content::default())];
            (module_name, name, edits)
        }
    };
    let import = MemoryImport { module: module_name, name, minimum, maximum };
    Some(Plan { import, raised_from, was_defined: memory.import.is_none(), edits })
}

fn item(module: &str, name: &str, ty: MemoryType) -> Vec<u8> {
    let mut out = Vec::new();
    module.encode(&mut out);
    name.encode(&mut out);
    EntityType::Memory(ty).encode(&mut out);
    out
}

/// The import section's content with one import replaced.
fn replaced<'a>(module: &Module<'a>, import: usize, item: Vec<u8>) -> Option<Content<'a>> {
    let section = module.section(id::IMPORT)?;
    let old = &module.imports.get(import)?.range;
    let (before, after) = (section.content.start..old.start, old.end..section.content.end);
    let mut content = Content::default();
    content.push(module.wasm.get(before)?);
    content.push(item);
    content.push(module.wasm.get(after)?);
    Some(content)
}

/// `env.memory`, as linkers name it, or the first like it that the module does not import yet.
fn free_name(module: &Module<'_>) -> (String, String) {
    const MODULE: &str = "env";
    let taken: HashSet<&str> =
        module.imports.iter().filter(|import| import.module == MODULE).map(|import| import.name).collect();
    let names = std::iter::once("memory".to_owned()).chain((2u32..).map(|number| format!("memory{number}")));
    let name = names.into_iter().find(|name| !taken.contains(name.as_str())).unwrap_or_default();
    (MODULE.to_owned(), name)
}
