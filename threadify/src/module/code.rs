//! Finds the instructions that concern threads.
//!
//! Decoding every body would take as long as validating it. So a body is first searched for the bytes that begin what is
//! wanted; only one that has them (they may be part of a constant) is decoded.

use wasmparser::{FunctionBody, Operator};

use super::Module;

/// What an instruction of interest does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `memory.atomic.wait32`, with the offset that it adds to its address.
    Wait32 { offset: u64 },
    /// `memory.atomic.wait64`.
    Wait64 { offset: u64 },
    /// `memory.atomic.notify`.
    Notify { offset: u64 },
    /// `global.set` of the stack pointer.
    SetStackPointer,
}

/// An instruction of interest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    /// Where it begins in the input, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
}

/// What was found in all bodies.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Position in [`Module::bodies`] and what is in that body, in order; only bodies that have something.
    pub(crate) bodies: Vec<(usize, Vec<Site>)>,
    /// Whether any body has a `memory.size`.
    pub(crate) reads_memory_size: bool,
}

/// Looks for waits and `memory.size`, and for moves of `stack_pointer` if given.
pub(crate) fn scan(module: &Module<'_>, stack_pointer: Option<u32>) -> Result<Scan, wasmparser::Error> {
    let mut scan = Scan::default();
    for (index, body) in module.bodies.iter().enumerate() {
        if !may_concern(body.as_bytes(), stack_pointer.is_some(), !scan.reads_memory_size) {
            continue;
        }
        let mut sites = Vec::new();
        each(body, |start, operator, end| {
            let kind = match *operator {
                Operator::MemoryAtomicWait32 { memarg } => Kind::Wait32 { offset: memarg.offset },
                Operator::MemoryAtomicWait64 { memarg } => Kind::Wait64 { offset: memarg.offset },
                Operator::MemoryAtomicNotify { memarg } => Kind::Notify { offset: memarg.offset },
                Operator::GlobalSet { global_index } if Some(global_index) == stack_pointer => Kind::SetStackPointer,
                Operator::MemorySize { .. } => {
                    scan.reads_memory_size = true;
                    return;
                }
                _ => return,
            };
            sites.push(Site { start, end, kind });
        })?;
        if !sites.is_empty() {
            scan.bodies.push((index, sites));
        }
    }
    Ok(scan)
}

/// Calls `visit` with the start, the instruction and the end of each instruction of a body.
pub(crate) fn each<'a>(
    body: &FunctionBody<'a>,
    mut visit: impl FnMut(usize, &Operator<'a>, usize),
) -> Result<(), wasmparser::Error> {
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        let start = operators.original_position();
        let operator = operators.read()?;
        visit(start, &operator, operators.original_position());
    }
    Ok(())
}

/// Whether the bytes hold what may be the beginning of an instruction of interest.
fn may_concern(body: &[u8], stack_pointer: bool, memory_size: bool) -> bool {
    const ATOMIC: u8 = 0xfe;
    const MEMORY_SIZE: u8 = 0x3f;
    const GLOBAL_SET: u8 = 0x24;
    body.iter().enumerate().any(|(at, &byte)| match byte {
        // The second part is a LEB128 number, 0 to 2, which may be padded.
        ATOMIC => body.get(at + 1).is_some_and(|&operation| operation & 0x7f <= 2),
        MEMORY_SIZE => memory_size,
        GLOBAL_SET => stack_pointer,
        _ => false,
    })
}
