//! What it costs to read a module's debug information.
//!
//! DWARF refers to itself: many units may share a line program, many functions a list of ranges or a name. Readers
//! follow each reference anew, and recurse into nested inlined functions. So a few kilobytes can expand to gigabytes,
//! or take more stack than a thread has. Compilers' output shares little and nests little; anything that goes far
//! beyond that is not read.

use std::borrow::Cow;

use gimli::{
    AttributeValue, DW_AT_MIPS_linkage_name, DW_AT_abstract_origin, DW_AT_linkage_name, DW_AT_name, DW_AT_ranges,
    DW_AT_specification, DW_FORM_implicit_const, Dwarf, IncompleteLineProgram, Reader, Section, SectionId, UnitRef,
};
use wasmparser::{Parser, Payload};

use crate::sections::{PREFIX, Sections, Slice};

/// How deep entries may be nested. A reader recurses, with a few hundred bytes of stack per level.
const MAX_DEPTH: isize = 200;

/// The longest name or path, in bytes. It may be read once for each entry that refers to it.
const MAX_STRING: usize = 16 << 10;

/// The most names of one entry: for the source, for the linker, and an older one of that.
const MAX_NAMES: usize = 3;

/// The most attributes of one kind of entry. Some take no room in the entry itself.
const MAX_ATTRIBUTES: usize = 256;

/// The module without its debug information, if reading that costs much more than its size suggests: for an engine that
/// reads it whenever a thread traps.
#[must_use]
pub fn without_costly_dwarf(wasm: &[u8]) -> Cow<'_, [u8]> {
    let sections = Sections::of(wasm);
    match sections.dwarf() {
        Some(dwarf) if !is_affordable(&sections, &dwarf) => Cow::Owned(without_dwarf(wasm)),
        _ => Cow::Borrowed(wasm),
    }
}

/// Every section except debug information, byte for byte.
fn without_dwarf(wasm: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(wasm.len());
    let mut copied = 0;
    let mut end = 0;
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let whole = match &payload {
            Payload::Version { range, .. } => range.clone(),
            other => match other.as_section() {
                Some((_, content)) => end..content.end,
                None => continue,
            },
        };
        if matches!(&payload, Payload::CustomSection(section) if section.name().starts_with(PREFIX)) {
            out.extend_from_slice(&wasm[copied..whole.start]);
            copied = whole.end;
        }
        end = whole.end;
    }
    out.extend_from_slice(&wasm[copied..]);
    out
}

/// Whether reading the debug information costs about what its size suggests. At an error a reader stops, so there is no
/// further cost.
pub(crate) fn is_affordable(sections: &Sections<'_>, dwarf: &Dwarf<Slice<'_>>) -> bool {
    let strings = [SectionId::DebugStr, SectionId::DebugLineStr].map(|id| sections.get(id));
    let lengths = strings.iter().flat_map(|strings| strings.split(|&byte| byte == 0).map(<[u8]>::len));
    let longest = lengths.max().unwrap_or(0);
    longest <= MAX_STRING && Budget::of(sections, longest).pay_for(dwarf).is_some()
}

/// What may still be spent. Paying gives `None` when nothing is left.
struct Budget {
    /// For bytes of line programs: each makes a row, which takes many times as much; a program belongs to one unit.
    lines: usize,
    /// For bytes of all else, and for attributes.
    rest: usize,
    /// For bytes of names that are looked for where an entry refers to another. A reader takes a microsecond for thousands.
    names: usize,
    /// The length of the longest name.
    longest: usize,
}

impl Budget {
    fn of(sections: &Sections<'_>, longest: usize) -> Budget {
        Budget {
            lines: 2 * sections.get(SectionId::DebugLine).len(),
            rest: (4 << 20) + 8 * sections.len(),
            names: (512 << 20) + 4096 * sections.len(),
            longest,
        }
    }

    fn pay(&mut self, cost: usize) -> Option<()> {
        self.rest = self.rest.checked_sub(cost)?;
        Some(())
    }

    fn pay_for(mut self, dwarf: &Dwarf<Slice<'_>>) -> Option<()> {
        let mut units = dwarf.units();
        while let Ok(Some(header)) = units.next() {
            let mut kinds = *dwarf.debug_abbrev.reader();
            let _ = kinds.skip(header.debug_abbrev_offset().0);
            self.pay(length_of_kinds(kinds))?;
            let Ok(unit) = dwarf.unit(header) else { continue };
            if let Some(program) = &unit.line_program {
                self.pay_for_lines(UnitRef::new(dwarf, &unit), program)?;
            }
            self.pay_for_entries(UnitRef::new(dwarf, &unit))?;
        }
        Some(())
    }

    /// A unit's line program, and the paths of its files, each of which is put together from up to three strings.
    fn pay_for_lines<'a>(
        &mut self,
        unit: UnitRef<'_, Slice<'a>>,
        program: &IncompleteLineProgram<Slice<'a>>,
    ) -> Option<()> {
        /// What a reader remembers of each file is many bytes, and it may take one.
        const FILE: usize = 32;
        let header = program.header();
        self.lines = self.lines.checked_sub(header.unit_length())?;
        for file in header.file_names() {
            self.pay(FILE)?;
            for part in [Some(file.path_name()), file.directory(header)].into_iter().flatten() {
                self.pay(unit.attr_string(part).map_or(0, |part| part.len()))?;
            }
            self.pay(unit.comp_dir.map_or(0, |directory| directory.len()))?;
        }
        Some(())
    }

    fn pay_for_entries(&mut self, unit: UnitRef<'_, Slice<'_>>) -> Option<()> {
        let Ok(mut entries) = unit.entries_raw(None) else { return Some(()) };
        while !entries.is_empty() {
            let kind = match entries.read_abbreviation() {
                Ok(Some(kind)) => kind,
                Ok(None) => continue,
                Err(_) => break,
            };
            let attributes = kind.attributes();
            if entries.next_depth() > MAX_DEPTH || attributes.len() > MAX_ATTRIBUTES {
                return None;
            }
            self.pay(attributes.len())?;
            let mut names = 0;
            for &attribute in attributes {
                let Ok(attribute) = entries.read_attribute_inline(attribute) else { return Some(()) };
                if [DW_AT_name, DW_AT_linkage_name, DW_AT_MIPS_linkage_name].contains(&attribute.name()) {
                    names += 1;
                }
                if [DW_AT_abstract_origin, DW_AT_specification].contains(&attribute.name()) {
                    self.names = self.names.checked_sub(MAX_NAMES * self.longest)?;
                }
                match attribute.value() {
                    AttributeValue::String(string) if string.len() > MAX_STRING => return None,
                    value if attribute.name() == DW_AT_ranges => self.pay_for_ranges(unit, value)?,
                    _ => {}
                }
            }
            if names > MAX_NAMES {
                return None;
            }
        }
        Some(())
    }

    fn pay_for_ranges<'a>(&mut self, unit: UnitRef<'_, Slice<'a>>, value: AttributeValue<Slice<'a>>) -> Option<()> {
        /// What a reader remembers of each, in bytes.
        const RANGE: usize = 24;
        let Ok(Some(offset)) = unit.attr_ranges_offset(value) else { return Some(()) };
        let Ok(mut ranges) = unit.raw_ranges(offset) else { return Some(()) };
        while let Ok(Some(_)) = ranges.next() {
            self.pay(RANGE)?;
        }
        Some(())
    }
}

/// How many bytes a table of kinds of entries (an abbreviation table) takes. Units may share one, and a reader reads it
/// for each of them.
fn length_of_kinds(table: Slice<'_>) -> usize {
    let mut rest = table;
    while let Ok(true) = skip_kind(&mut rest) {}
    table.len() - rest.len()
}

/// Skips a kind of entry; false at the end of the table.
fn skip_kind(rest: &mut Slice<'_>) -> gimli::Result<bool> {
    /// The form whose value is in the table itself.
    const IMPLICIT_CONST: u64 = DW_FORM_implicit_const.0 as u64;
    if rest.read_uleb128()? == 0 {
        return Ok(false);
    }
    let _tag = rest.read_uleb128()?;
    let _has_children = rest.read_u8()?;
    loop {
        match (rest.read_uleb128()?, rest.read_uleb128()?) {
            (0, 0) => return Ok(true),
            (_, IMPLICIT_CONST) => _ = rest.read_sleb128()?,
            _ => {}
        }
    }
}
