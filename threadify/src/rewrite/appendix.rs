//! What is appended to the module: each part goes to the end of its index space, so no index of the input changes.

use raddle_runtime_api::abi::{PointerWidth, Signature, Ty};
use wasm_encoder::{ConstExpr, Encode, ExportKind, Function, GlobalType, InstructionSink, RefType, TableType, ValType};

use crate::{
    Error,
    module::{Module, id},
};

/// New items of one section.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) count: u32,
    pub(super) bytes: Vec<u8>,
}

impl Items {
    pub(super) fn push(&mut self, item: impl FnOnce(&mut Vec<u8>)) {
        item(&mut self.bytes);
        self.count += 1;
    }
}

/// The new items of all sections, and the indices that they get.
pub(super) struct Appendix {
    width: PointerWidth,
    bases: Bases,
    types: Items,
    known_types: Vec<(Vec<ValType>, Vec<ValType>)>,
    functions: Items,
    bodies: Items,
    tables: Items,
    globals: Items,
    exports: Items,
}

/// How many of each the input has.
struct Bases {
    types: u32,
    functions: u32,
    tables: u32,
    globals: u32,
    exports: u32,
}

/// What engines limit the number of.
#[derive(Clone, Copy)]
enum Countable {
    Types,
    Functions,
    Tables,
    Globals,
    Exports,
}

impl Countable {
    fn len(self, module: &Module<'_>) -> usize {
        match self {
            Countable::Types => module.types.len(),
            Countable::Functions => module.functions.len(),
            Countable::Tables => module.tables.len(),
            Countable::Globals => module.globals.len(),
            Countable::Exports => module.exports.len(),
        }
    }

    /// The number, if engines accept as many.
    fn within_limit(self, number: usize) -> Result<u32, Error> {
        let (what, limit) = match self {
            Countable::Types => ("types", 1_000_000),
            Countable::Functions => ("functions", 1_000_000),
            Countable::Tables => ("tables", 100),
            Countable::Globals => ("globals", 1_000_000),
            Countable::Exports => ("exports", 1_000_000),
        };
        let count = u32::try_from(number).unwrap_or(u32::MAX);
        if count > limit { Err(Error::TooMany { what, count, limit }) } else { Ok(count) }
    }
}

impl Appendix {
    /// An appendix to `module` with nothing in it.
    pub(super) fn new(module: &Module<'_>) -> Result<Appendix, Error> {
        let base = |what: Countable| what.within_limit(what.len(module));
        Ok(Appendix {
            width: module.pointer_width(),
            bases: Bases {
                types: base(Countable::Types)?,
                functions: base(Countable::Functions)?,
                tables: base(Countable::Tables)?,
                globals: base(Countable::Globals)?,
                exports: base(Countable::Exports)?,
            },
            types: Items::default(),
            known_types: Vec::new(),
            functions: Items::default(),
            bodies: Items::default(),
            tables: Items::default(),
            globals: Items::default(),
            exports: Items::default(),
        })
    }

    /// The type of a pointer.
    pub(super) fn pointer(&self) -> ValType {
        self.value_type(Ty::P)
    }

    /// The index of a function type, which is added the first time.
    pub(super) fn function_type(&mut self, params: &[ValType], results: &[ValType]) -> u32 {
        let same = |known: &(Vec<ValType>, Vec<ValType>)| known.0 == params && known.1 == results;
        let position = self.known_types.iter().position(same).unwrap_or_else(|| {
            self.known_types.push((params.to_vec(), results.to_vec()));
            const FUNCTION: u8 = 0x60;
            self.types.push(|out| {
                out.push(FUNCTION);
                params.encode(out);
                results.encode(out);
            });
            self.known_types.len() - 1
        });
        self.bases.types + position as u32
    }

    /// The index of the type that the ABI names, for this module's pointers.
    pub(super) fn signature(&mut self, signature: Signature) -> u32 {
        let types = |list: &[Ty]| list.iter().map(|&ty| self.value_type(ty)).collect::<Vec<_>>();
        let (params, results) = (types(signature.params), types(signature.results));
        self.function_type(&params, &results)
    }

    fn value_type(&self, ty: Ty) -> ValType {
        match (ty, self.width) {
            (Ty::I32, _) | (Ty::P, PointerWidth::Bits32) => ValType::I32,
            (Ty::I64, _) | (Ty::P, PointerWidth::Bits64) => ValType::I64,
        }
    }

    /// Adds a function without locals. `body` writes all but the final `end`.
    pub(super) fn function(&mut self, ty: u32, body: impl FnOnce(&mut InstructionSink<'_>)) -> u32 {
        let mut code = Vec::new();
        body(&mut InstructionSink::new(&mut code));
        self.raw_function(ty, &code)
    }

    /// Adds a function without locals, of instructions that are encoded already, without the final `end`.
    pub(super) fn raw_function(&mut self, ty: u32, instructions: &[u8]) -> u32 {
        self.functions.push(|out| ty.encode(out));
        let mut function = Function::new([]);
        function.raw(instructions.iter().copied()).instructions().end();
        self.bodies.push(|out| function.encode(out));
        self.bases.functions + self.functions.count - 1
    }

    /// Adds an exported function of a type that the ABI names.
    pub(super) fn exported(&mut self, name: &str, signature: Signature, body: impl FnOnce(&mut InstructionSink<'_>)) {
        let mut code = Vec::new();
        body(&mut InstructionSink::new(&mut code));
        self.exported_raw(name, signature, &code);
    }

    /// Adds an exported function of instructions that are encoded already, without the final `end`.
    pub(super) fn exported_raw(&mut self, name: &str, signature: Signature, instructions: &[u8]) {
        let ty = self.signature(signature);
        let function = self.raw_function(ty, instructions);
        self.export(name, ExportKind::Func, function);
    }

    /// Adds a mutable global.
    pub(super) fn global(&mut self, val_type: ValType, init: &ConstExpr) -> u32 {
        self.globals.push(|out| {
            GlobalType { val_type, mutable: true, shared: false }.encode(out);
            init.encode(out);
        });
        self.bases.globals + self.globals.count - 1
    }

    /// Adds a table of `size` null functions that keeps its size.
    pub(super) fn table(&mut self, size: u32) -> u32 {
        let size = u64::from(size);
        let element_type = RefType::FUNCREF;
        let ty = TableType { element_type, minimum: size, maximum: Some(size), table64: false, shared: false };
        self.tables.push(|out| ty.encode(out));
        self.bases.tables + self.tables.count - 1
    }

    /// Adds an export.
    pub(super) fn export(&mut self, name: &str, kind: ExportKind, index: u32) {
        self.exports.push(|out| {
            name.encode(out);
            kind.encode(out);
            index.encode(out);
        });
    }

    /// The new items by section id, those that are any. The bodies of the code section are among them.
    ///
    /// # Errors
    /// [`Error::TooMany`] if with them there are more than engines accept.
    pub(super) fn into_items(self) -> Result<impl Iterator<Item = (u8, Items)>, Error> {
        for (what, base, items) in [
            (Countable::Types, self.bases.types, &self.types),
            (Countable::Functions, self.bases.functions, &self.functions),
            (Countable::Tables, self.bases.tables, &self.tables),
            (Countable::Globals, self.bases.globals, &self.globals),
            (Countable::Exports, self.bases.exports, &self.exports),
        ] {
            what.within_limit(base as usize + items.count as usize)?;
        }
        let items = [
            (id::TYPE, self.types),
            (id::FUNCTION, self.functions),
            (id::TABLE, self.tables),
            (id::GLOBAL, self.globals),
            (id::EXPORT, self.exports),
            (id::CODE, self.bodies),
        ];
        Ok(items.into_iter().filter(|(_, items)| items.count > 0))
    }
}
