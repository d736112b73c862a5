//! What a module would cost a host: to compile, beyond what its size says, and for each thread.
//!
//! Hosts compile before anything runs, so no limit on a process holds there. What grows faster than the module does is
//! bounded here, far above what compilers write. An instance for each thread is what a process pays for while it runs:
//! its size is told to hosts, which limit it.

use memchr::memchr_iter;
use wasmparser::Operator;

use crate::{
    Error,
    module::{Elements, Module, code},
};

/// The most loops that are nested. Each looks whether its thread is to stop, and engines keep track of that in every
/// loop around it.
const MAX_NESTED_LOOPS: usize = 256;

/// The most elements of passive and declared segments. An engine takes some kilobytes for each, and an instance some
/// bytes as long as it lives.
const MAX_KEPT_ELEMENTS: u64 = 65_536;

/// Refuses a module that would cost too much.
pub(crate) fn check(module: &Module<'_>) -> Result<(), Error> {
    let count = module.elements.kept;
    if count > MAX_KEPT_ELEMENTS {
        let what = "elements in passive and declared segments";
        return Err(Error::TooCostly { what, count, limit: MAX_KEPT_ELEMENTS });
    }
    const LOOP: u8 = 0x03;
    for body in &module.bodies {
        if memchr_iter(LOOP, body.as_bytes()).nth(MAX_NESTED_LOOPS).is_none() {
            continue;
        }
        // Whether each block is a loop, from the outermost one.
        let mut blocks = Vec::new();
        let (mut depth, mut most) = (0, 0);
        code::each(body, |_, operator, _| match *operator {
            Operator::Loop { .. } => {
                blocks.push(true);
                depth += 1;
                most = most.max(depth);
            }
            Operator::Block { .. } | Operator::If { .. } | Operator::TryTable { .. } => blocks.push(false),
            Operator::End => depth -= usize::from(blocks.pop().unwrap_or(false)),
            _ => {}
        })?;
        if most > MAX_NESTED_LOOPS {
            let (what, count, limit) = ("loops, each in the one before", most as u64, MAX_NESTED_LOOPS as u64);
            return Err(Error::TooCostly { what, count, limit });
        }
    }
    Ok(())
}

/// About how much an instance takes in a host, in bytes: what engines keep for each thing that it has of its own.
///
/// A function needs something in each instance only if a reference can be made of it: that is, if it is exported or
/// stands in an element or a global.
pub(crate) fn of_instance(module: &Module<'_>) -> u64 {
    const BASE: u64 = 4096;
    const IMPORT: u64 = 32;
    const GLOBAL: u64 = 16;
    const TABLE: u64 = 64;
    const TABLE_ELEMENT: u64 = 8;
    const REFERENCE: u64 = 32;
    const SEGMENT: u64 = 32;
    const KEPT_ELEMENT: u64 = 16;
    let Elements { segments, items, kept, .. } = module.elements;
    let count = |len: usize| len as u64;
    let references = count(module.exports.len() + module.globals.len()).saturating_add(items);
    let parts = [
        (IMPORT, count(module.imports.len())),
        (GLOBAL, count(module.globals.len())),
        (TABLE, count(module.tables.len())),
        (TABLE_ELEMENT, module.tables.iter().fold(0, |sum: u64, table| sum.saturating_add(table.initial))),
        (REFERENCE, references.min(count(module.functions.len()))),
        (SEGMENT, segments.saturating_add(count(module.data.len()))),
        (KEPT_ELEMENT, kept),
    ];
    parts.iter().fold(BASE, |sum, (size, number)| sum.saturating_add(size.saturating_mul(*number)))
}

/// What to believe of a size that a section tells: it may be less than the module's instances take, but for what this
/// crate has added.
pub(crate) fn told(size: u64, module: &Module<'_>) -> u64 {
    const ADDED: u64 = 4096;
    let found = of_instance(module);
    if found > size.saturating_add(ADDED) { found } else { size }
}
