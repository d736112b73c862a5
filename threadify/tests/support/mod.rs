//! What must be true of every rewritten module, checked without the code that rewrote it.

use std::{collections::BTreeMap, ops::Range};

use raddle_threadify::{CodeOffsets, Report, Threadified};
use wasmparser::{BinaryReader, FunctionBody, Operator, OperatorsReader};

/// A section as its bytes stand in a module.
pub(crate) struct Section<'a> {
    pub(crate) id: u8,
    pub(crate) whole: &'a [u8],
    pub(crate) content: &'a [u8],
    /// Where the content begins in the module.
    pub(crate) offset: usize,
}

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const TABLE: u8 = 4;
const MEMORY: u8 = 5;
const START: u8 = 8;
const CODE: u8 = 10;
const DATA: u8 = 11;
const DATA_COUNT: u8 = 12;

/// The sections of a valid module.
pub(crate) fn sections(wasm: &[u8]) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let mut at = 8;
    while at < wasm.len() {
        let (size, width) = leb(&wasm[at + 1..]);
        let start = at + 1 + width;
        let end = start + size as usize;
        sections.push(Section { id: wasm[at], whole: &wasm[at..end], content: &wasm[start..end], offset: start });
        at = end;
    }
    sections
}

/// The number at the start and its length.
pub(crate) fn leb(bytes: &[u8]) -> (u64, usize) {
    let mut reader = BinaryReader::new(bytes, 0);
    (reader.read_var_u32().unwrap().into(), reader.original_position())
}

fn known<'a, 'b>(sections: &'b [Section<'a>]) -> BTreeMap<u8, &'b Section<'a>> {
    sections.iter().filter(|section| section.id != CUSTOM).map(|section| (section.id, section)).collect()
}

/// Panics unless `done` holds everything of `input` as it was, but for what its report tells.
pub(crate) fn assert_preserved(input: &[u8], done: &Threadified) {
    assert_eq!(raddle_threadify::read_section(&done.wasm).unwrap().as_ref(), Some(&done.section));

    let (before, after) = (sections(input), sections(&done.wasm));
    let customs = |sections: &[Section<'_>]| -> Vec<Vec<u8>> {
        sections.iter().filter(|section| section.id == CUSTOM).map(|section| section.whole.to_vec()).collect()
    };
    let mut kept = customs(&before);
    kept.retain(|whole| !done.report.dropped.iter().any(|name| contains(whole, name.as_bytes())));
    let all = customs(&after);
    let (last, others) = all.split_last().unwrap();
    assert!(contains(last, b"raddle.threads"));
    assert_eq!(others, kept, "custom sections");

    let (old, new) = (known(&before), known(&after));
    for (&id, old) in &old {
        let Some(new) = new.get(&id) else {
            // What was the start function is called by one of the functions that are added.
            let moved = (id == MEMORY && done.report.memory_was_defined) || id == START;
            assert!(moved, "section {id} is gone");
            continue;
        };
        match id {
            CODE | DATA_COUNT => {}
            DATA if done.report.segments > 0 => {}
            IMPORT if done.report.maximum_raised.is_some() || done.report.tables_made > 0 => {}
            TABLE if done.report.tables_made > 0 => {
                assert!(contains(new.content, &old.content[leb(old.content).1..]), "the old tables");
            }
            _ if old.content == new.content => assert_eq!(old.whole, new.whole, "section {id}"),
            _ => {
                let ((few, skip), (more, skip_new)) = (leb(old.content), leb(new.content));
                assert!(more > few, "section {id}");
                assert!(new.content[skip_new..].starts_with(&old.content[skip..]), "the old items of section {id}");
            }
        }
    }
    if let Some(old) = old.get(&CODE) {
        assert_code(old, new[&CODE], done);
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len().max(1)).any(|window| window == part)
}

/// Where each body lies in a code section's content.
fn bodies(content: &[u8]) -> Vec<Range<usize>> {
    let (count, mut at) = leb(content);
    (0..count)
        .map(|_| {
            let (size, width) = leb(&content[at..]);
            let start = at + width;
            at = start + size as usize;
            start..at
        })
        .collect()
}

fn assert_code(old: &Section<'_>, new: &Section<'_>, done: &Threadified) {
    let (old_bodies, new_bodies) = (bodies(old.content), bodies(new.content));
    assert!(new_bodies.len() > old_bodies.len(), "functions are appended");
    // How many functions are longer, and in how many something is at another place.
    let (mut grown, mut moved) = (0, 0);
    let mut waits = 0;
    let mut bulk = 0;
    let mut moves = 0;
    for (index, (before, after)) in old_bodies.iter().zip(&new_bodies).enumerate() {
        match done.report.code_offsets {
            CodeOffsets::Kept => assert_eq!(before, after, "the place of function {index}"),
            CodeOffsets::Shifted { bytes, .. } => {
                for (before, after) in [(before.start, after.start), (before.end, after.end)] {
                    assert!((before..=before + bytes).contains(&after), "the place of function {index}");
                }
            }
            _ => grown += usize::from(before.len() < after.len()),
        }
        // How many bytes longer instructions have become, and how many shorter.
        let (mut longer, mut shorter) = (0, 0);
        let mut constant = None;
        let mut old_code = operators(old, before.clone());
        let mut new_code = operators(new, after.clone());
        while !old_code.eof() {
            let (old_operator, old_bytes) = next(&mut old_code, old);
            let (new_operator, new_bytes) = next(&mut new_code, new);
            let waits_here = is_wait(&old_operator);
            let len = std::mem::replace(&mut constant, integer(&old_operator));
            let is_bulk = match old_operator {
                Operator::MemoryFill { .. } | Operator::MemoryCopy { .. } => len.is_none_or(|len| len > 1024),
                // Of a short segment it stays.
                Operator::MemoryInit { .. } => old_operator != new_operator,
                Operator::TableFill { .. }
                | Operator::TableCopy { .. }
                | Operator::TableInit { .. }
                | Operator::TableGrow { .. } => true,
                _ => false,
            };
            let is_move = matches!(old_operator, Operator::GlobalSet { .. })
                && done.section.stack_checked
                && matches!(new_operator, Operator::Call { .. });
            if waits_here || is_bulk || is_move {
                assert!(matches!(new_operator, Operator::Call { .. }), "{new_operator:?} for {old_operator:?}");
                let mut length = new_bytes.len();
                while length < old_bytes.len() {
                    let (filler, bytes) = next(&mut new_code, new);
                    assert_eq!(filler, Operator::Nop);
                    length += bytes.len();
                }
                longer += length - old_bytes.len();
                bulk += usize::from(is_bulk);
                waits += usize::from(waits_here);
                moves += usize::from(is_move);
            } else if new_bytes.len() < old_bytes.len() {
                assert_eq!(old_operator, new_operator, "a shorter encoding in function {index}");
                shorter += old_bytes.len() - new_bytes.len();
            } else {
                assert_eq!(old_bytes, new_bytes, "function {index}: {old_operator:?} became {new_operator:?}");
            }
        }
        assert!(new_code.eof(), "function {index} has grown at its end");
        assert_eq!(before.len() + longer, after.len() + shorter, "the length of function {index}");
        moved += usize::from(before != after || shorter > 0);
    }
    if let CodeOffsets::Shifted { functions, .. } = done.report.code_offsets {
        assert_eq!(moved, functions, "functions in which something moved");
    }
    if let CodeOffsets::Moved { functions } = done.report.code_offsets {
        assert_eq!(grown, functions, "functions that grew");
    }
    let Report { waits: told_waits, bulk_operations, stack_moves, .. } = done.report;
    assert_eq!((waits, bulk, moves), (told_waits, bulk_operations, stack_moves));
    for body in &new_bodies[old_bodies.len()..] {
        let mut code = operators(new, body.clone());
        while !code.eof() {
            assert!(!is_wait(&next(&mut code, new).0), "a wait in a function that was appended");
        }
    }
}

fn integer(operator: &Operator<'_>) -> Option<u64> {
    match *operator {
        Operator::I32Const { value } => Some(u64::from(value.cast_unsigned())),
        Operator::I64Const { value } => Some(value.cast_unsigned()),
        _ => None,
    }
}

fn is_wait(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::MemoryAtomicWait32 { .. } | Operator::MemoryAtomicWait64 { .. } | Operator::MemoryAtomicNotify { .. }
    )
}

fn operators<'a>(section: &Section<'a>, body: Range<usize>) -> OperatorsReader<'a> {
    let reader = BinaryReader::new(&section.content[body.clone()], section.offset + body.start);
    FunctionBody::new(reader).get_operators_reader().unwrap()
}

fn next<'a>(code: &mut OperatorsReader<'a>, section: &Section<'a>) -> (Operator<'a>, &'a [u8]) {
    let start = code.original_position() - section.offset;
    let operator = code.read().unwrap();
    (operator, &section.content[start..code.original_position() - section.offset])
}

/// Numbers that look random and are the same every time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number.
    pub(crate) fn number(&mut self) -> u64 {
        // Splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound as u64) as usize
    }
}
