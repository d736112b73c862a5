//! The module's memory becomes, or stays, an import whose maximum leaves room to grow.

use std::collections::HashSet;

use raddle_runtime_api::abi::{PointerWidth, section::MemoryImport};
use wasm_encoder::{Encode, EntityType, MemoryType};

use super::{appendix::Items, imports::Imports};
use crate::module::Module;

/// The most pages that a memory with 32-bit addresses can have: 4 GiB.
///
/// A declared maximum only says what a memory may at most be, and a host creates one with any lower maximum. So where
/// the linker was told nothing, the largest is declared and the host is left to choose.
const MOST_32: u64 = 1 << 16;
/// The same for 64-bit addresses: 16 GiB, the most that browsers take.
const MOST_64: u64 = 1 << 18;

/// What is to be done about the memory.
pub(super) struct Plan {
    /// What the section says of it.
    pub(super) import: MemoryImport,
    /// The maximum that the linker gave, if it was raised.
    pub(super) raised_from: Option<u64>,
    /// Whether the module defined the memory itself.
    pub(super) was_defined: bool,
    /// What becomes of the imports for it.
    pub(super) imports: Imports,
}

/// Plans for memory 0, which must be shared.
pub(super) fn plan(module: &Module<'_>) -> Option<Plan> {
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
    let mut imports = Imports::default();
    let (module_name, name) = match memory.import {
        Some(index) => {
            let import = module.imports.get(index)?;
            if rewrite {
                imports.replaced.push((index, item(import.module, import.name, ty)));
            }
            (import.module.to_owned(), import.name.to_owned())
        }
        None => {
            let (module_name, name) = free_name(module);
            imports.added = Items { count: 1, bytes: item(&module_name, &name, ty) };
            (module_name, name)
        }
    };
    let import = MemoryImport { module: module_name, name, minimum, maximum };
    Some(Plan { import, raised_from, was_defined: memory.import.is_none(), imports })
}

fn item(module: &str, name: &str, ty: MemoryType) -> Vec<u8> {
    let mut out = Vec::new();
    module.encode(&mut out);
    name.encode(&mut out);
    EntityType::Memory(ty).encode(&mut out);
    out
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
