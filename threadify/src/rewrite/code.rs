//! Replaces instructions by calls of appended functions.
//!
//! A call is given exactly the length of what it replaces, by padding its LEB128 number, so that nothing moves. Where it
//! does not fit, the body that holds it is written anew and grows.

use std::collections::BTreeMap;

use super::appendix::Items;
use crate::{
    leb,
    module::{
        Module,
        code::{Kind, Site},
    },
};

/// `call`.
const CALL: u8 = 0x10;
/// `nop`.
const NOP: u8 = 0x01;
/// The longest LEB128 encoding of a u32.
const LONGEST: usize = 5;

/// A code section's new content.
pub(super) struct Code {
    pub(super) content: Vec<u8>,
    /// How many bytes the function count grew by, which moves every body.
    pub(super) shift: usize,
    /// How many bodies were written anew.
    pub(super) reencoded: u32,
}

/// Replaces the sites in `content`, the code section's content, and appends bodies.
///
/// `sites` are those to replace by the function that `callees` gives for their kind, in the order of the bodies.
pub(super) fn rewrite(
    module: &Module<'_>,
    content: std::ops::Range<usize>,
    sites: &[(usize, Vec<Site>)],
    callees: &BTreeMap<Kind, u32>,
    appended: &Items,
) -> Option<Code> {
    let old = module.wasm.get(content.clone())?;
    let (count, width) = leb::read(old)?;
    let mut out = Vec::with_capacity(old.len() + appended.bytes.len() + LONGEST);
    leb::write_padded(&mut out, count.checked_add(appended.count)?, width);
    let shift = out.len() - width;

    let mut reencoded = 0;
    let mut copied = content.start + width;
    for (index, sites) in sites {
        let body = module.bodies.get(*index)?.range();
        let mut replacements = Vec::new();
        for site in sites {
            if let Some(&callee) = callees.get(&site.kind) {
                replacements.push((site.start..site.end, callee));
            }
        }
        let fits = replacements.iter().all(|(site, callee)| leb::len(*callee) < site.len());
        if fits {
            out.extend_from_slice(module.wasm.get(copied..body.start)?);
            replace(module.wasm, body.clone(), &replacements, &mut out)?;
        } else {
            // The size of the body stands before it; it is written again, as long as it was if it can be.
            let size_width = trailing_leb(module.wasm.get(copied..body.start)?, body.len())?;
            out.extend_from_slice(module.wasm.get(copied..body.start - size_width)?);
            let mut anew = Vec::new();
            replace(module.wasm, body.clone(), &replacements, &mut anew)?;
            leb::write_padded(&mut out, u32::try_from(anew.len()).ok()?, size_width);
            out.extend_from_slice(&anew);
            reencoded += 1;
        }
        copied = body.end;
    }
    out.extend_from_slice(module.wasm.get(copied..content.end)?);
    out.extend_from_slice(&appended.bytes);
    Some(Code { content: out, shift, reencoded })
}

/// Copies `body` with each replacement's instruction turned into a call.
fn replace(
    wasm: &[u8],
    body: std::ops::Range<usize>,
    replacements: &[(std::ops::Range<usize>, u32)],
    out: &mut Vec<u8>,
) -> Option<()> {
    let mut copied = body.start;
    for (site, callee) in replacements {
        out.extend_from_slice(wasm.get(copied..site.start)?);
        let start = out.len();
        out.push(CALL);
        leb::write_padded(out, *callee, (site.len() - 1).min(LONGEST));
        while out.len() - start < site.len() {
            out.push(NOP);
        }
        copied = site.end;
    }
    out.extend_from_slice(wasm.get(copied..body.end)?);
    Some(())
}

/// How long the encoding of `value` at the end of `bytes` is.
fn trailing_leb(bytes: &[u8], value: usize) -> Option<usize> {
    (1..=LONGEST).find(|&len| {
        let tail = bytes.len().checked_sub(len).and_then(|start| bytes.get(start..));
        tail.and_then(leb::read).is_some_and(|(found, width)| found as usize == value && width == len)
    })
}
