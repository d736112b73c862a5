//! What a module is and what it has, found without changing it.

mod display;
#[cfg(feature = "serde")]
mod json;

use raddle_runtime_api::abi::section::ThreadsSection;
use wasmparser::{ExternalKind, FuncType, TypeRef, ValType};

use crate::{
    Class, Error, Missing, Symbol,
    analysis::Analysis,
    claims, cost,
    module::{
        Module,
        code::{self, Scan},
    },
    report::Warning,
};

/// What a module is, what was found in it and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Inspection {
    /// What it is.
    pub class: Class,
    /// Why it cannot be threadified, and what to do; `None` if it can.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::refusal"))]
    pub refusal: Option<Error>,
    /// What the section `raddle.threads` says, if the module is threadified.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::section"))]
    pub section: Option<ThreadsSection>,
    /// Its memories.
    pub memories: Vec<Memory>,
    /// The linker's symbols that were found, and how.
    pub symbols: Vec<Symbol>,
    /// Those that are needed and were not found.
    pub missing: Vec<Missing>,
    /// How many waits and notifies it has.
    pub waits: usize,
    /// Whether an instruction reads the memory's size, so that a host must not grow the memory by itself.
    pub reads_memory_size: bool,
    /// The functions that it exports.
    pub exports: Vec<Function>,
    /// All that it imports.
    pub imports: Vec<Import>,
    /// What its author should know.
    pub warnings: Vec<Warning>,
}

/// A memory of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Memory {
    /// Whether threads can share it.
    pub shared: bool,
    /// The size of its addresses in bits: 32 or 64.
    pub address_bits: u32,
    /// The minimum size in pages.
    pub minimum: u64,
    /// The maximum size in pages, if there is one.
    pub maximum: Option<u64>,
    /// The module name and the field name, if it is imported.
    pub import: Option<(String, String)>,
}

/// A function's name and type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Function {
    /// The export's name.
    pub name: String,
    /// The types of its parameters, as in the text format.
    pub params: Vec<String>,
    /// The types of its results.
    pub results: Vec<String>,
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Import {
    /// The module name.
    pub module: String,
    /// The field name.
    pub name: String,
    /// What it is, such as `function (i32) -> (i32)` or `memory`.
    pub kind: String,
}

/// What a module takes from others, and gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Interface {
    /// The imports, in the module's order.
    pub imports: Vec<Import>,
    /// The exported functions, in the module's order.
    pub exports: Vec<Function>,
}

impl Interface {
    pub(crate) fn new(module: &Module<'_>) -> Interface {
        Interface { imports: imports(module), exports: exports(module) }
    }
}

impl Inspection {
    pub(crate) fn new(analysis: Analysis<'_>) -> Result<Inspection, Error> {
        let Analysis { module, class, refusal, symbols, mut warnings } = analysis;
        let scan = code::scan(&module, None)?;
        // A section that cannot be read or believed is not the inspected module's fault to hide: it is the refusal.
        let (section, refusal) = match section(&module, &scan) {
            Ok(section) => (section, refusal),
            Err(error) => (None, Some(error)),
        };
        if scan.reads_memory_size && matches!(class, Class::Ready | Class::RaddleDone) {
            warnings.push(Warning::ReadsMemorySize);
        }
        Ok(Inspection {
            class,
            refusal,
            section,
            memories: memories(&module),
            symbols: symbols.found,
            missing: symbols.missing,
            waits: scan.bodies.iter().flat_map(|(_, sites)| sites).filter(|site| site.kind.is_wait()).count(),
            reads_memory_size: scan.reads_memory_size,
            exports: exports(&module),
            imports: imports(&module),
            warnings,
        })
    }

    /// Whether [`threadify`](crate::threadify) accepts the module.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.refusal.is_none()
    }
}

/// The section `raddle.threads`, if there is one; an error if it does not belong to the module.
pub(crate) fn section(module: &Module<'_>, scan: &Scan) -> Result<Option<ThreadsSection>, Error> {
    let Some(section) = module.custom(raddle_runtime_api::abi::section::NAME) else { return Ok(None) };
    let mut section = ThreadsSection::decode(module.custom_data(section))?;
    claims::check(module, &section, scan)?;
    section.instance_size = cost::told(section.instance_size, module);
    Ok(Some(section))
}

fn memories(module: &Module<'_>) -> Vec<Memory> {
    let imported = |index: usize| {
        let import = module.imports.get(index)?;
        Some((import.module.to_owned(), import.name.to_owned()))
    };
    let describe = |memory: &crate::module::Memory| Memory {
        shared: memory.ty.shared,
        address_bits: if memory.ty.memory64 { 64 } else { 32 },
        minimum: memory.ty.initial,
        maximum: memory.ty.maximum,
        import: memory.import.and_then(imported),
    };
    module.memories.iter().map(describe).collect()
}

fn exports(module: &Module<'_>) -> Vec<Function> {
    let functions = module.exports.iter().filter(|export| export.kind == ExternalKind::Func);
    functions
        .map(|export| {
            let ty = module.function_type(export.index);
            Function {
                name: export.name.to_owned(),
                params: names(ty.map_or(&[], FuncType::params)),
                results: names(ty.map_or(&[], FuncType::results)),
            }
        })
        .collect()
}

fn imports(module: &Module<'_>) -> Vec<Import> {
    let describe = |import: &crate::module::Import<'_>| Import {
        module: import.module.to_owned(),
        name: import.name.to_owned(),
        kind: match import.ty {
            TypeRef::Func(ty) | TypeRef::FuncExact(ty) => match module.types.get(ty as usize) {
                Some(Some(ty)) => {
                    format!("function ({}) -> ({})", names(ty.params()).join(", "), names(ty.results()).join(", "))
                }
                _ => "function".to_owned(),
            },
            TypeRef::Table(_) => "table".to_owned(),
            TypeRef::Memory(_) => "memory".to_owned(),
            TypeRef::Global(ty) => format!("{}global {}", if ty.mutable { "mutable " } else { "" }, ty.content_type),
            TypeRef::Tag(_) => "tag".to_owned(),
        },
    };
    module.imports.iter().map(describe).collect()
}

fn names(types: &[ValType]) -> Vec<String> {
    types.iter().map(ToString::to_string).collect()
}
