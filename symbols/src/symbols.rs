//! [`Symbols`]: names, source lines and instructions of one module.

use std::{collections::HashMap, fmt};

use addr2line::{Context, Location};
use raddle_runtime_api::Frame;
use wasmparser::{BinaryReader, Name, NameSectionReader, Parser, Payload};

use crate::{
    cost, demangle,
    sections::{Sections, Slice},
};

/// Names, source lines and instructions of a module, borrowed from its bytes.
pub struct Symbols<'a> {
    wasm: &'a [u8],
    /// Where the contents of the code section begin: DWARF counts from there.
    code: usize,
    functions: HashMap<u32, &'a str>,
    lines: Option<Context<Slice<'a>>>,
}

impl<'a> Symbols<'a> {
    /// Reads what a module says about itself. The module need not be valid: what cannot be read, or not at a cost in
    /// proportion to its size, is treated as unknown.
    #[must_use]
    pub fn read(wasm: &'a [u8]) -> Symbols<'a> {
        let mut symbols = Symbols { wasm, code: 0, functions: HashMap::new(), lines: None };
        let mut sections = Sections::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload {
                Ok(Payload::CodeSectionStart { range, .. }) => symbols.code = range.start,
                Ok(Payload::CustomSection(section)) if section.name() == "name" => symbols.read_names(section.data()),
                Ok(Payload::CustomSection(section)) => sections.add(section.name(), section.data()),
                Ok(_) => {}
                Err(_) => break,
            }
        }
        let dwarf = sections.dwarf().filter(|dwarf| cost::is_affordable(&sections, dwarf));
        symbols.lines = dwarf.and_then(|dwarf| Context::from_dwarf(dwarf).ok());
        symbols
    }

    fn read_names(&mut self, section: &'a [u8]) {
        let names = NameSectionReader::new(BinaryReader::new(section, 0));
        for names in names.into_iter().map_while(Result::ok) {
            let Name::Function(names) = names else { continue };
            self.functions.extend(names.into_iter().map_while(Result::ok).map(|naming| (naming.index, naming.name)));
        }
    }

    /// Expands a wasm frame into source frames: one for each inlined function, the innermost first. Without source
    /// lines it is a single frame, with the name that the module gives the function; `frame` has the function's index
    /// and the offset in the module.
    #[must_use]
    pub fn frames(&self, frame: &Frame) -> Vec<Frame> {
        let function = self.functions.get(&frame.index).map(|name| demangle(name)).or_else(|| frame.function.clone());
        let mut whole = frame.clone();
        whole.function = function;
        let inlined = self.inlined(&whole).unwrap_or_default();
        if inlined.is_empty() { vec![whole] } else { inlined }
    }

    fn inlined(&self, whole: &Frame) -> Option<Vec<Frame>> {
        let lines = self.lines.as_ref()?;
        let address = whole.offset?.checked_sub(self.code as u64)?;
        let mut found = lines.find_frames(address).skip_all_loads().ok()?;
        let mut frames = Vec::new();
        while let Ok(Some(frame)) = found.next() {
            let mut inner = whole.clone();
            let function = frame.function.as_ref().and_then(|function| function.raw_name().ok());
            inner.function = function.map(|name| demangle(&name)).or(inner.function);
            let Location { file, line, column } =
                frame.location.unwrap_or(Location { file: None, line: None, column: None });
            (inner.file, inner.line, inner.column) = (file.map(str::to_owned), line, column);
            frames.push(inner);
        }
        Some(frames)
    }

    /// Whether the instruction at an offset in the module traps outside a table's bounds and never outside memory's.
    #[must_use]
    pub fn is_of_table(&self, offset: u64) -> bool {
        let code = usize::try_from(offset).ok().filter(|&offset| offset >= self.code);
        let Some(rest) = code.and_then(|offset| self.wasm.get(offset..)) else { return false };
        let mut reader = BinaryReader::new(rest, 0);
        match reader.read_u8() {
            Ok(opcode::PREFIX) => reader.read_var_u32().is_ok_and(|code| opcode::PREFIXED.contains(&code)),
            first => first.is_ok_and(|code| opcode::SINGLE.contains(&code)),
        }
    }
}

/// The instructions that use a table. A decoder for all instructions would make up a tenth of what browsers download.
mod opcode {
    /// `call_indirect`, `return_call_indirect`, `table.get` and `table.set`.
    pub(super) const SINGLE: [u8; 4] = [0x11, 0x13, 0x25, 0x26];

    /// Before a code of its own.
    pub(super) const PREFIX: u8 = 0xfc;

    /// `table.init`, `table.copy` and `table.fill`.
    pub(super) const PREFIXED: [u32; 3] = [12, 14, 17];
}

impl fmt::Debug for Symbols<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Symbols")
            .field("functions", &self.functions.len())
            .field("lines", &self.lines.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offset of the first byte pattern in a module.
    fn find(wasm: &[u8], bytes: &[u8]) -> u64 {
        wasm.windows(bytes.len()).position(|window| window == bytes).unwrap() as u64
    }

    #[test]
    fn functions_have_the_modules_names() {
        let wasm = wat::parse_str("(module (func $_ZN4core3fmt5write17h0123456789abcdefE) (func))").unwrap();
        let symbols = Symbols::read(&wasm);
        let names = |index| {
            let mut frame = Frame::new(index, Some(40));
            frame.function = Some("browser's".into());
            symbols.frames(&frame).into_iter().map(|frame| frame.function.unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(names(0), ["core::fmt::write"]);
        assert_eq!(names(1), ["browser's"]);
    }

    #[test]
    fn source_lines_are_found() {
        let mut wat = wat::Parser::new();
        wat.generate_dwarf(wat::GenerateDwarf::Lines);
        let text = "(module\n  (func $f\n    nop\n    unreachable))";
        let wasm = wat.parse_str(Some("here.wat".as_ref()), text).unwrap();
        let offset = find(&wasm, &[0x01, 0x00, 0x0b]) + 1;
        let frames = Symbols::read(&wasm).frames(&Frame::new(0, Some(offset)));
        let [frame] = &frames[..] else { panic!("{frames:?}") };
        assert_eq!((frame.function.as_deref(), frame.line), (Some("f"), Some(4)));
        assert!(frame.file.as_deref().unwrap().ends_with("here.wat"), "{frame:?}");
    }

    #[test]
    fn instructions_of_tables_are_told_from_others() {
        let wasm = wat::parse_str(
            "(module (memory 1) (table 1 funcref)
               (func (call_indirect (i32.const 9)))
               (func (table.fill (i32.const 0) (ref.null func) (i32.const 2)))
               (func (drop (i32.load (i32.const 8)))))",
        )
        .unwrap();
        let symbols = Symbols::read(&wasm);
        assert!(symbols.is_of_table(find(&wasm, &[0x11, 0x00, 0x00])));
        assert!(symbols.is_of_table(find(&wasm, &[0xfc, 0x11, 0x00])));
        assert!(!symbols.is_of_table(find(&wasm, &[0x28, 0x02, 0x00])));
        assert!(!symbols.is_of_table(0));
        assert!(!symbols.is_of_table(wasm.len() as u64));
        assert!(!symbols.is_of_table(u64::MAX));
    }

    #[test]
    fn what_is_no_module_says_nothing() {
        let mut wasm = wat::parse_str("(module (func $f unreachable))").unwrap();
        let frame = Frame::new(0, Some(30));
        for length in 0..wasm.len() {
            let symbols = Symbols::read(&wasm[..length]);
            assert_eq!(symbols.frames(&frame).len(), 1);
            assert!(!symbols.is_of_table(30));
        }
        wasm.fill(0xff);
        assert_eq!(Symbols::read(&wasm).frames(&frame), std::slice::from_ref(&frame));
    }
}
