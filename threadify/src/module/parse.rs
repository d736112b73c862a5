//! Reads a module's parts, in one pass over its sections.

use std::ops::Range;

use wasmparser::{
    BinaryReader, Chunk, CodeSectionReader, CompositeInnerType, DataKind, ElementItems, ElementKind, Parser, Payload,
    TypeRef, Validator, WasmFeatures,
};

use super::{Data, Export, Global, Import, Memory, Module, Section, id};
use crate::Error;

/// What a module may use: what current engines have without being asked, threads and 64-bit memories among it.
///
/// Custom page sizes are let through here to be refused with a message of our own.
pub(crate) const FEATURES: WasmFeatures = WasmFeatures::WASM3.union(WasmFeatures::CUSTOM_PAGE_SIZES);

/// Checks that the bytes are a valid module.
pub(crate) fn validate(wasm: &[u8]) -> Result<(), wasmparser::Error> {
    Validator::new_with_features(FEATURES).validate_all(wasm).map(drop)
}

/// Whether there is a custom section of that name. Only the sections' headers are read.
pub(crate) fn has_custom_section(wasm: &[u8], name: &str) -> Result<bool, Error> {
    let mut found = false;
    each_section(wasm, |payload| {
        found |= matches!(&payload, Payload::CustomSection(section) if section.name() == name);
        Ok(())
    })?;
    Ok(found)
}

/// Calls `visit` with every section. Of the code section that is its beginning alone.
fn each_section<'a>(wasm: &'a [u8], mut visit: impl FnMut(Payload<'a>) -> Result<(), Error>) -> Result<(), Error> {
    let mut parser = Parser::new(0);
    parser.set_features(FEATURES);
    let mut rest = wasm;
    loop {
        let Chunk::Parsed { consumed, payload } = parser.parse(rest, true)? else { return Err(cut_off(wasm)) };
        rest = rest.get(consumed..).unwrap_or_default();
        match payload {
            Payload::End(_) => return Ok(()),
            Payload::CodeSectionStart { size, .. } => {
                parser.skip_section();
                rest = rest.get(size as usize..).ok_or_else(|| cut_off(wasm))?;
            }
            _ => {}
        }
        visit(payload)?;
    }
}

fn cut_off(wasm: &[u8]) -> Error {
    Error::Invalid { message: "unexpected end-of-file".to_owned(), offset: wasm.len() }
}

impl<'a> Module<'a> {
    /// Reads the parts. A module that was not validated may give nonsense or an error.
    pub(crate) fn parse(wasm: &'a [u8]) -> Result<Module<'a>, Error> {
        let mut module = Module { wasm, ..Module::default() };
        let mut end = 0;
        each_section(wasm, |payload| {
            if let Payload::Version { range, .. } = &payload {
                end = range.end;
            }
            if let Some((id, content)) = payload.as_section() {
                let name = match &payload {
                    Payload::CustomSection(custom) => Some(custom.name()),
                    _ => None,
                };
                module.sections.push(Section { id, whole: end..content.end, content: content.clone(), name });
                end = content.end;
            }
            module.take(payload)
        })?;
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), Error> {
        match payload {
            Payload::TypeSection(reader) => {
                for group in reader {
                    for ty in group?.types() {
                        self.types.push(match &ty.composite_type.inner {
                            CompositeInnerType::Func(function) => Some(function.clone()),
                            _ => None,
                        });
                    }
                }
            }
            Payload::ImportSection(reader) => self.take_imports(reader)?,
            Payload::FunctionSection(reader) => {
                for ty in reader {
                    self.functions.push(ty?);
                }
            }
            Payload::TableSection(reader) => {
                for table in reader {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(reader) => {
                for ty in reader {
                    self.memories.push(Memory { ty: ty?, import: None });
                }
            }
            Payload::GlobalSection(reader) => {
                for global in reader {
                    let global = global?;
                    self.globals.push(Global { ty: global.ty, init: Some(global.init_expr) });
                }
            }
            Payload::ExportSection(reader) => {
                for export in reader {
                    let export = export?;
                    self.exports.push(Export { name: export.name, kind: export.kind, index: export.index });
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(reader) => {
                for element in reader {
                    let element = element?;
                    let count = match &element.items {
                        ElementItems::Functions(items) => items.count(),
                        ElementItems::Expressions(_, items) => items.count(),
                    };
                    self.elements.segments += 1;
                    self.elements.items += u64::from(count);
                    match element.kind {
                        ElementKind::Active { table_index, .. } => {
                            self.elements.filled_tables.push(table_index.unwrap_or(0));
                        }
                        ElementKind::Passive | ElementKind::Declared => self.elements.kept += u64::from(count),
                    }
                }
            }
            Payload::DataCountSection { .. } => self.has_data_count = true,
            Payload::CodeSectionStart { range, .. } => self.take_bodies(range)?,
            Payload::DataSection(reader) => {
                for data in reader {
                    let data = data?;
                    let offset = match data.kind {
                        DataKind::Passive => None,
                        DataKind::Active { offset_expr, .. } => {
                            let range = offset_expr.get_binary_reader().range();
                            Some(self.wasm.get(range).unwrap_or_default())
                        }
                    };
                    self.data.push(Data { offset, bytes: data.data });
                }
            }
            Payload::CustomSection(reader) if reader.name() == "name" => {
                self.names = super::names::Names::read(reader.data(), reader.data_offset());
            }
            _ => {}
        }
        Ok(())
    }

    fn take_bodies(&mut self, content: Range<usize>) -> Result<(), Error> {
        /// The size, the number of locals, the end.
        const SHORTEST: usize = 3;
        let start = content.start;
        let bytes = self.wasm.get(content).ok_or_else(|| cut_off(self.wasm))?;
        let reader = CodeSectionReader::new(BinaryReader::new_features(bytes, start, FEATURES))?;
        self.bodies.reserve((reader.count() as usize).min(bytes.len() / SHORTEST));
        for body in reader {
            self.bodies.push(body?);
        }
        Ok(())
    }

    fn take_imports(&mut self, reader: wasmparser::ImportSectionReader<'a>) -> Result<(), Error> {
        let end = reader.range().end;
        for import in reader.into_imports_with_offsets() {
            let (start, import) = import?;
            if let Some(previous) = self.imports.last_mut() {
                previous.range.end = start;
            }
            match import.ty {
                TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                    self.functions.push(ty);
                    self.imported_functions += 1;
                }
                TypeRef::Table(ty) => self.tables.push(ty),
                TypeRef::Memory(ty) => self.memories.push(Memory { ty, import: Some(self.imports.len()) }),
                TypeRef::Global(ty) => self.globals.push(Global { ty, init: None }),
                TypeRef::Tag(_) => {}
            }
            self.imports.push(Import { module: import.module, name: import.name, ty: import.ty, range: start..end });
        }
        Ok(())
    }
}

/// Says what the bytes are, if they are plainly no module.
pub(crate) fn recognise(wasm: &[u8]) -> Result<(), Error> {
    if wasm.starts_with(b"\0asm") {
        // A component has the same magic number, and 1 in the upper half of the version: its layer.
        return if wasm.get(6..8) == Some(&[1, 0]) { Err(Error::Component) } else { Ok(()) };
    }
    // Editors put a mark of the byte order in front of text.
    let text = wasm.strip_prefix("\u{feff}".as_bytes()).unwrap_or(wasm).trim_ascii_start();
    if text.starts_with(b"(") || text.starts_with(b";;") { Err(Error::Text) } else { Err(Error::NotWasm) }
}

/// The section ids of this crate are those of the format.
const _: () = {
    assert!(id::TYPE == wasm_encoder::SectionId::Type as u8);
    assert!(id::TAG == wasm_encoder::SectionId::Tag as u8);
    assert!(id::DATA_COUNT == wasm_encoder::SectionId::DataCount as u8);
    assert!(id::DATA == wasm_encoder::SectionId::Data as u8);
};
