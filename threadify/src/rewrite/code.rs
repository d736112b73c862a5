//! Replaces instructions by calls of appended functions.
//!
//! A call is given exactly the length of what it replaces, by padding its LEB128 number, so that nothing moves. Where
//! it does not fit, the bytes that it lacks are taken from padded numbers in the same body; if there are none, the body
//! grows. Where the number of functions needs a byte more, the byte is taken from the first number in the code that was
//! padded.

use std::{collections::BTreeMap, ops::Range};

use wasmparser::{FunctionBody, Operator};

use super::{appendix::Items, content::Content};
use crate::{
    leb,
    module::{
        self, Module,
        code::{Kind, Site},
    },
    report::CodeOffsets,
};

/// `call`.
const CALL: u8 = 0x10;
/// `nop`.
const NOP: u8 = 0x01;
/// The longest LEB128 encoding of a u32.
const LONGEST: usize = 5;

/// A code section's new content.
pub(super) struct Code<'a> {
    pub(super) content: Content<'a>,
    pub(super) offsets: CodeOffsets,
}

/// New bytes for some of the input.
type Replacement = (Range<usize>, Vec<u8>);

/// Replaces the sites in `content`, the code section's content, and appends bodies.
///
/// `sites` are those to replace by the function that `callees` gives for their kind, in the order of the bodies.
pub(super) fn rewrite<'a>(
    module: &Module<'a>,
    content: Range<usize>,
    sites: &[(usize, Vec<Site>)],
    callees: &BTreeMap<Kind, u32>,
    appended: Items,
) -> Option<Code<'a>> {
    let (count, width) = leb::read(module.wasm.get(content.clone())?)?;
    let mut new_count = Vec::with_capacity(LONGEST);
    leb::write_padded(&mut new_count, count.checked_add(appended.count)?, width);
    let shift = new_count.len() - width;
    let mut out = Content::default();
    out.push(new_count);

    let mut bodies: BTreeMap<usize, Vec<Replacement>> = BTreeMap::new();
    // Sections that count the bytes of a function would be wrong if some moved in it.
    let may_squeeze = !module.has_code_metadata();
    let (mut squeezed, mut most, mut grown) = (Vec::new(), shift, 0);
    for (index, sites) in sites {
        let mut replacements: Vec<_> = sites.iter().filter_map(|site| call(site, *callees.get(&site.kind)?)).collect();
        let lacking: usize = replacements.iter().map(|(old, new)| new.len() - old.len()).sum();
        if lacking > 0 {
            let taken = |at: usize| replacements.binary_search_by_key(&at, |(old, _)| old.start).is_ok();
            let shorter = if may_squeeze { squeeze(module, module.bodies.get(*index)?, lacking, taken)? } else { None };
            match shorter {
                Some(shorter) => {
                    replacements.extend(shorter);
                    replacements.sort_by_key(|(old, _)| old.start);
                    squeezed.push(*index);
                    most = most.max(lacking);
                }
                None => grown += 1,
            }
        }
        bodies.insert(*index, replacements);
    }
    let mut shifted = if shift > 0 { module.bodies.len() } else { 0 };
    if shift > 0
        && grown == 0
        && may_squeeze
        && let Some((index, shorter)) = make_up(module, &bodies, shift)?
    {
        bodies.insert(index, shorter);
        shifted = index + 1;
    }
    let moved = shifted + squeezed.iter().filter(|&&index| index >= shifted).count();
    let offsets = CodeOffsets::from_parts(most, moved, grown);

    let mut copied = content.start + width;
    for (index, replacements) in &bodies {
        let body = module.bodies.get(*index)?.range();
        let mut code = Vec::with_capacity(body.len());
        let mut at = body.start;
        for (range, bytes) in replacements {
            code.extend_from_slice(module.wasm.get(at..range.start)?);
            code.extend_from_slice(bytes);
            at = range.end;
        }
        code.extend_from_slice(module.wasm.get(at..body.end)?);
        // The size of the body stands before it; it is as long as it was if it can be.
        let size_width = trailing_leb(module.wasm.get(copied..body.start)?, body.len())?;
        let mut size = Vec::with_capacity(LONGEST);
        leb::write_padded(&mut size, u32::try_from(code.len()).ok()?, size_width);
        out.push(module.wasm.get(copied..body.start - size_width)?);
        out.push(size);
        out.push(code);
        copied = body.end;
    }
    out.push(module.wasm.get(copied..content.end)?);
    out.push(appended.bytes);
    Some(Code { content: out, offsets })
}

/// The call that stands in for a site: as long as it, or longer if it does not fit.
fn call(site: &Site, callee: u32) -> Option<Replacement> {
    let len = site.end.checked_sub(site.start)?;
    let mut bytes = vec![CALL];
    leb::write_padded(&mut bytes, callee, len.saturating_sub(1).min(LONGEST));
    bytes.resize(bytes.len().max(len), NOP);
    Some((site.start..site.end, bytes))
}

/// Shorter encodings in the first body that can do with `by` bytes less and has no replacements.
fn make_up(
    module: &Module<'_>,
    taken: &BTreeMap<usize, Vec<Replacement>>,
    by: usize,
) -> Option<Option<(usize, Vec<Replacement>)>> {
    for (index, body) in module.bodies.iter().enumerate().filter(|(index, _)| !taken.contains_key(index)) {
        if let Some(shorter) = squeeze(module, body, by, |_| false)? {
            return Some(Some((index, shorter)));
        }
    }
    Some(None)
}

/// Shorter encodings of the first padded numbers in a body that save `by` bytes together, if there are so many.
/// Instructions at places that are `taken` are left alone.
fn squeeze(
    module: &Module<'_>,
    body: &FunctionBody<'_>,
    by: usize,
    taken: impl Fn(usize) -> bool,
) -> Option<Option<Vec<Replacement>>> {
    let mut lacking = by;
    let mut shorter = Vec::new();
    module::code::each(body, |start, operator, end| {
        let number = match *operator {
            Operator::Call { function_index } => function_index,
            Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => global_index,
            _ => return,
        };
        let width = end - start - 1;
        let saved = lacking.min(width.saturating_sub(leb::len(number)));
        if saved > 0 && !taken(start) {
            let mut bytes = Vec::from_iter(module.wasm.get(start).copied());
            leb::write_padded(&mut bytes, number, width - saved);
            shorter.push((start..end, bytes));
            lacking -= saved;
        }
    })
    .ok()?;
    Some((lacking == 0).then_some(shorter))
}

/// How long the encoding of `value` at the end of `bytes` is.
fn trailing_leb(bytes: &[u8], value: usize) -> Option<usize> {
    (1..=LONGEST).find(|&len| {
        let tail = bytes.len().checked_sub(len).and_then(|start| bytes.get(start..));
        tail.and_then(leb::read).is_some_and(|(found, width)| found as usize == value && width == len)
    })
}
