//! The parts of a module that matter for threads: parsed once, borrowed from the input, with every byte range kept.
//!
//! Read in this order: this file (the parts), [`parse`] (how they are read), [`names`] (the name section), [`code`]
//! (what is looked for in function bodies), [`init_memory`] (the one function that is recognised as a whole). Nothing
//! here makes decisions.

pub(crate) mod code;
pub(crate) mod init_memory;
pub(crate) mod names;
mod parse;

use std::ops::Range;

use raddle_runtime_api::abi::PointerWidth;
use wasmparser::{
    ConstExpr, FuncType, FunctionBody, GlobalType, HeapType, MemoryType, Operator, TableType, TypeRef, ValType,
};

use names::Names;
pub(crate) use parse::{FEATURES, has_custom_section, recognise, validate};

/// The ids of the sections, in the order that they have in a module.
pub(crate) mod id {
    pub(crate) const CUSTOM: u8 = 0;
    pub(crate) const TYPE: u8 = 1;
    pub(crate) const IMPORT: u8 = 2;
    pub(crate) const FUNCTION: u8 = 3;
    pub(crate) const TABLE: u8 = 4;
    pub(crate) const MEMORY: u8 = 5;
    pub(crate) const TAG: u8 = 13;
    pub(crate) const GLOBAL: u8 = 6;
    pub(crate) const EXPORT: u8 = 7;
    pub(crate) const START: u8 = 8;
    pub(crate) const ELEMENT: u8 = 9;
    pub(crate) const DATA_COUNT: u8 = 12;
    pub(crate) const CODE: u8 = 10;
    pub(crate) const DATA: u8 = 11;

    /// A section's place in the order of sections; custom sections may be anywhere.
    pub(crate) fn rank(id: u8) -> Option<usize> {
        const ORDER: [u8; 13] =
            [TYPE, IMPORT, FUNCTION, TABLE, MEMORY, TAG, GLOBAL, EXPORT, START, ELEMENT, DATA_COUNT, CODE, DATA];
        ORDER.iter().position(|&known| known == id)
    }
}

/// The prefix of the names of custom sections that refer to instructions.
pub(crate) const CODE_METADATA: &str = "metadata.code.";

/// The prefix of the names of custom sections with debug information.
pub(crate) const DEBUG: &str = ".debug_";

/// A section and where it is in the input.
#[derive(Debug, Clone)]
pub(crate) struct Section<'a> {
    pub(crate) id: u8,
    /// From its id on, with its size.
    pub(crate) whole: Range<usize>,
    /// What its size counts.
    pub(crate) content: Range<usize>,
    /// The name, if it is a custom section.
    pub(crate) name: Option<&'a str>,
}

/// One import.
#[derive(Debug, Clone)]
pub(crate) struct Import<'a> {
    pub(crate) module: &'a str,
    pub(crate) name: &'a str,
    pub(crate) ty: TypeRef,
    /// Its bytes in the input.
    pub(crate) range: Range<usize>,
}

/// One export.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Export<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: wasmparser::ExternalKind,
    pub(crate) index: u32,
}

/// One memory, imported or defined.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    pub(crate) ty: MemoryType,
    /// The position in [`Module::imports`], if it is imported.
    pub(crate) import: Option<usize>,
}

/// One global, imported or defined.
#[derive(Debug, Clone)]
pub(crate) struct Global<'a> {
    pub(crate) ty: GlobalType,
    /// Its initial value, if it is defined.
    pub(crate) init: Option<ConstExpr<'a>>,
}

/// One data segment.
#[derive(Debug, Clone)]
pub(crate) struct Data<'a> {
    /// Where an active one is written: a constant expression with its `end`.
    pub(crate) offset: Option<&'a [u8]>,
    pub(crate) bytes: &'a [u8],
}

/// What there is to know of the element segments.
#[derive(Debug, Default)]
pub(crate) struct Elements {
    /// The tables that instantiating fills, by index, each as often as a segment does.
    pub(crate) filled_tables: Vec<u32>,
    /// How many segments there are.
    pub(crate) segments: u64,
    /// How many elements all segments have together.
    pub(crate) items: u64,
    /// How many elements the segments have together that instantiating does not use up.
    pub(crate) kept: u64,
}

/// The parts of a module.
#[derive(Debug, Default)]
pub(crate) struct Module<'a> {
    pub(crate) wasm: &'a [u8],
    pub(crate) sections: Vec<Section<'a>>,
    /// By type index; `None` is a type that is not a function's.
    pub(crate) types: Vec<Option<FuncType>>,
    pub(crate) imports: Vec<Import<'a>>,
    /// The type of each function, imported ones first.
    pub(crate) functions: Vec<u32>,
    pub(crate) imported_functions: u32,
    pub(crate) tables: Vec<TableType>,
    pub(crate) memories: Vec<Memory>,
    pub(crate) globals: Vec<Global<'a>>,
    pub(crate) exports: Vec<Export<'a>>,
    pub(crate) start: Option<u32>,
    pub(crate) elements: Elements,
    pub(crate) has_data_count: bool,
    pub(crate) bodies: Vec<FunctionBody<'a>>,
    pub(crate) data: Vec<Data<'a>>,
    pub(crate) names: Names<'a>,
}

impl<'a> Module<'a> {
    /// The first custom section with that name.
    pub(crate) fn custom(&self, name: &str) -> Option<&Section<'a>> {
        self.sections.iter().find(|section| section.name == Some(name))
    }

    /// Whether a custom section refers to instructions by their offsets in their functions.
    pub(crate) fn has_code_metadata(&self) -> bool {
        self.sections.iter().filter_map(|section| section.name).any(|name| name.starts_with(CODE_METADATA))
    }

    pub(crate) fn section(&self, id: u8) -> Option<&Section<'a>> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// What follows the name in a custom section.
    pub(crate) fn custom_data(&self, section: &Section<'a>) -> &'a [u8] {
        let content = self.wasm.get(section.content.clone()).unwrap_or_default();
        let name = section.name.unwrap_or_default();
        let skip = crate::leb::read(content).map_or(content.len(), |(_, len)| len + name.len());
        content.get(skip..).unwrap_or_default()
    }

    pub(crate) fn export(&self, name: &str) -> Option<&Export<'a>> {
        self.exports.iter().find(|export| export.name == name)
    }

    pub(crate) fn function_type(&self, function: u32) -> Option<&FuncType> {
        let ty = *self.functions.get(function as usize)?;
        self.types.get(ty as usize)?.as_ref()
    }

    /// The body of a function that is not imported.
    pub(crate) fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported_functions)? as usize)
    }

    /// Table 0, if `call_indirect` may go through it.
    pub(crate) fn function_table(&self) -> Option<&TableType> {
        let table = self.tables.first()?;
        let of_functions = match table.element_type.heap_type() {
            HeapType::Concrete(index) | HeapType::Exact(index) => {
                let ty = index.as_module_index().and_then(|index| self.types.get(index as usize));
                ty.is_some_and(Option::is_some)
            }
            HeapType::Abstract { .. } => table.element_type.is_func_ref(),
        };
        Some(table).filter(|table| of_functions && !table.shared)
    }

    /// The width of the addresses of memory 0; 32 bits if there is none.
    pub(crate) fn pointer_width(&self) -> PointerWidth {
        match self.memories.first() {
            Some(memory) if memory.ty.memory64 => PointerWidth::Bits64,
            _ => PointerWidth::Bits32,
        }
    }

    /// The type of a pointer.
    pub(crate) fn pointer(&self) -> ValType {
        match self.pointer_width() {
            PointerWidth::Bits32 => ValType::I32,
            PointerWidth::Bits64 => ValType::I64,
        }
    }

    /// The initial value of a defined global, if it is a plain constant.
    pub(crate) fn initial(&self, global: u32) -> Option<u64> {
        let init = self.globals.get(global as usize)?.init.as_ref()?;
        let mut operators = init.get_operators_reader();
        let value = constant(&operators.read().ok()?)?;
        matches!(operators.read().ok()?, Operator::End).then_some(value)
    }
}

/// The value that an instruction pushes, as an unsigned number, if it is an integer constant.
pub(crate) fn constant(operator: &Operator<'_>) -> Option<u64> {
    match *operator {
        Operator::I32Const { value } => Some(u64::from(value as u32)),
        Operator::I64Const { value } => Some(value as u64),
        _ => None,
    }
}
