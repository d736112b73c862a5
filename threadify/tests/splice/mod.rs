//! Adds to a module what random ones seldom have: shared memories, waits, and moves of globals, in every encoding.

use wasm_encoder::Encode;
use wasmparser::{Parser, Payload, TypeRef, ValType};

use crate::support::{Random, leb, sections};

const TYPE: u8 = 1;
const IMPORT: u8 = 2;
const FUNCTION: u8 = 3;
const MEMORY: u8 = 5;
const CODE: u8 = 10;

/// Declares every memory that has a maximum as shared.
pub(crate) fn share_memories(wasm: &mut [u8]) {
    const SHARED: u8 = 2;
    const HAS_MAXIMUM: u8 = 1;
    let mut flags = Vec::new();
    for section in sections(wasm) {
        if section.id == MEMORY {
            let mut reader = wasmparser::BinaryReader::new(section.content, section.offset);
            for _ in 0..reader.read_var_u32().unwrap() {
                flags.push(reader.original_position());
                reader.read::<wasmparser::MemoryType>().unwrap();
            }
        } else if section.id == IMPORT {
            let reader = wasmparser::BinaryReader::new(section.content, section.offset);
            for import in wasmparser::ImportSectionReader::new(reader).unwrap().into_imports_with_offsets() {
                let (offset, import) = import.unwrap();
                if let TypeRef::Memory(_) = import.ty {
                    let module = leb(&wasm[offset..]);
                    let name_at = offset + module.0 as usize + module.1;
                    let name = leb(&wasm[name_at..]);
                    flags.push(name_at + name.0 as usize + name.1 + 1);
                }
            }
        }
    }
    for at in flags {
        if wasm[at] & HAS_MAXIMUM != 0 {
            wasm[at] |= SHARED;
        }
    }
}

/// Adds `count` functions with waits, notifies and writes of the module's globals. A module without code stays as it
/// is.
pub(crate) fn add_functions(wasm: &[u8], count: usize, random: &mut Random) -> Vec<u8> {
    let facts = Facts::read(wasm);
    let known: Vec<u8> = sections(wasm).iter().map(|section| section.id).collect();
    if ![TYPE, FUNCTION, CODE].iter().all(|id| known.contains(id)) {
        return wasm.to_vec();
    }
    let mut out = wasm[..8].to_vec();
    for section in sections(wasm) {
        let added: Vec<Vec<u8>> = match section.id {
            TYPE => vec![vec![0x60, 0, 0]],
            FUNCTION => vec![padded(facts.types, 1); count],
            CODE => (0..count).map(|_| facts.body(random)).collect(),
            _ => {
                out.extend_from_slice(section.whole);
                continue;
            }
        };
        let (old, width) = leb(section.content);
        let width = if random.below(2) == 0 { width } else { 5 };
        let mut content = padded(old as u32 + added.len() as u32, width);
        content.extend_from_slice(&section.content[leb(section.content).1..]);
        content.extend(added.concat());
        out.push(section.id);
        out.extend(padded(content.len() as u32, 1 + random.below(5)));
        out.extend(content);
    }
    out
}

/// What a body may refer to.
struct Facts {
    types: u32,
    memory64: Option<bool>,
    /// Mutable integer globals, with their type.
    globals: Vec<(u32, ValType)>,
}

impl Facts {
    fn read(wasm: &[u8]) -> Facts {
        let mut facts = Facts { types: 0, memory64: None, globals: Vec::new() };
        let mut globals = 0;
        let mut global = |facts: &mut Facts, ty: wasmparser::GlobalType| {
            if ty.mutable && matches!(ty.content_type, ValType::I32 | ValType::I64) {
                facts.globals.push((globals, ty.content_type));
            }
            globals += 1;
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::TypeSection(types) => {
                    facts.types = types.into_iter().map(|group| group.unwrap().types().len() as u32).sum();
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        match import.unwrap().ty {
                            TypeRef::Memory(ty) => facts.memory64 = facts.memory64.or(Some(ty.memory64)),
                            TypeRef::Global(ty) => global(&mut facts, ty),
                            _ => {}
                        }
                    }
                }
                Payload::MemorySection(memories) => {
                    for ty in memories {
                        facts.memory64 = facts.memory64.or(Some(ty.unwrap().memory64));
                    }
                }
                Payload::GlobalSection(section) => {
                    for item in section {
                        global(&mut facts, item.unwrap().ty);
                    }
                }
                _ => {}
            }
        }
        facts
    }

    fn body(&self, random: &mut Random) -> Vec<u8> {
        const I32_CONST: u8 = 0x41;
        const I64_CONST: u8 = 0x42;
        const DROP: u8 = 0x1a;
        const GLOBAL_SET: u8 = 0x24;
        const END: u8 = 0x0b;
        let mut code = vec![0];
        for _ in 0..random.below(4) {
            let atomic = random.below(2) == 0;
            if let (true, Some(memory64)) = (atomic, self.memory64) {
                let operation = random.below(3) as u32;
                code.extend([if memory64 { I64_CONST } else { I32_CONST }, 0]);
                code.extend([if operation == 2 { I64_CONST } else { I32_CONST }, 0]);
                if operation != 0 {
                    code.extend([I64_CONST, 0]);
                }
                code.push(0xfe);
                code.extend(padded(operation, 1 + random.below(3)));
                code.push(if operation == 2 { 3 } else { 2 });
                let offset = [0, 4, 8, 300, u32::MAX][random.below(5)];
                code.extend(padded(offset, 1 + random.below(5)));
                code.push(DROP);
            } else if !self.globals.is_empty() {
                let (index, ty) = self.globals[random.below(self.globals.len())];
                code.extend([if ty == ValType::I64 { I64_CONST } else { I32_CONST }, 0, GLOBAL_SET]);
                code.extend(padded(index, 1 + random.below(5)));
            }
        }
        code.push(END);
        let mut body = Vec::new();
        body.extend(padded(code.len() as u32, 1 + random.below(5)));
        body.extend(code);
        body
    }
}

/// A LEB128 number of at least that width.
fn padded(value: u32, width: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.encode(&mut bytes);
    while bytes.len() < width.min(5) {
        *bytes.last_mut().unwrap() |= 0x80;
        bytes.push(0);
    }
    bytes
}
