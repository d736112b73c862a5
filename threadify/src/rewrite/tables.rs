//! Tables that the module imports become its own.
//!
//! A linker writes such an import when it is told to (`--import-table`), and a host of one instance then makes the
//! table. Here each thread has a table of its own, which nobody has before the thread is there. So the module makes it,
//! as it would have without the flag, and exports it under the import's name.

use wasm_encoder::{Encode, TableType};
use wasmparser::TypeRef;

use super::{appendix::Items, steps};
use crate::module::{Export, Module};

/// The tables that are made, in the order of their indices.
#[derive(Debug, Default)]
pub(super) struct Made<'a> {
    /// Their imports, by position.
    pub(super) imports: Vec<usize>,
    /// What they are, for the front of the table section: they keep their indices.
    pub(super) items: Items,
    /// The names under which they are exported, with their indices.
    pub(super) exports: Vec<(&'a str, u32)>,
}

/// What is made of the module's imported tables: all, or none, if one of them cannot be empty.
pub(super) fn made<'a>(module: &Module<'a>) -> Made<'a> {
    let mut made = Made::default();
    for (position, import) in module.imports.iter().enumerate() {
        let TypeRef::Table(table) = import.ty else { continue };
        let index = made.items.count;
        let Some(element_type) = steps::element(&table).filter(|ty| ty.nullable && !table.shared) else {
            return Made::default();
        };
        let ty = TableType {
            element_type,
            minimum: table.initial,
            maximum: table.maximum,
            table64: table.table64,
            shared: false,
        };
        made.items.push(|out| ty.encode(out));
        made.imports.push(position);
        let is_exported = |export: &Export<'_>| export.kind == wasmparser::ExternalKind::Table && export.index == index;
        if !module.exports.iter().any(|export| export.name == import.name || is_exported(export))
            && !made.exports.iter().any(|(name, _)| *name == import.name)
        {
            made.exports.push((import.name, index));
        }
    }
    made
}
