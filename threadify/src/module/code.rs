//! Finds the instructions that concern threads.
//!
//! Decoding every body would take as long as validating it. So a body is first searched for the bytes that begin what
//! is wanted; only one that has them (they may be part of a constant) is decoded.

use std::{collections::HashSet, ops::RangeInclusive};

use memchr::{memchr_iter, memchr3_iter};
use wasmparser::{FunctionBody, Operator};

use super::{Module, constant};
use crate::leb;

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
    /// A bulk operation that may take long.
    Bulk(Bulk),
}

impl Kind {
    /// Whether it is a wait or a notify.
    pub(crate) fn is_wait(self) -> bool {
        matches!(self, Kind::Wait32 { .. } | Kind::Wait64 { .. } | Kind::Notify { .. })
    }

    /// Whether it is a bulk operation.
    pub(crate) fn is_bulk(self) -> bool {
        matches!(self, Kind::Bulk(_))
    }
}

/// An operation on as much of the memory or of tables as its last operand says, with what its immediates name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bulk {
    /// `memory.fill`.
    MemoryFill,
    /// `memory.copy`.
    MemoryCopy,
    /// `memory.init`.
    MemoryInit { segment: u32 },
    /// `table.fill`.
    TableFill { table: u32 },
    /// `table.copy`.
    TableCopy { to: u32, from: u32 },
    /// `table.init`.
    TableInit { segment: u32, table: u32 },
    /// `table.grow`.
    TableGrow { table: u32 },
}

impl Bulk {
    /// What an instruction does, if it is one of these.
    fn of(operator: &Operator<'_>) -> Option<Bulk> {
        Some(match *operator {
            Operator::MemoryFill { .. } => Bulk::MemoryFill,
            Operator::MemoryCopy { .. } => Bulk::MemoryCopy,
            Operator::MemoryInit { data_index, .. } => Bulk::MemoryInit { segment: data_index },
            Operator::TableFill { table } => Bulk::TableFill { table },
            Operator::TableCopy { dst_table, src_table } => Bulk::TableCopy { to: dst_table, from: src_table },
            Operator::TableInit { elem_index, table } => Bulk::TableInit { segment: elem_index, table },
            Operator::TableGrow { table } => Bulk::TableGrow { table },
            _ => return None,
        })
    }

    /// Whether it takes so little, with that constant length if it has one, that as many in a row as a function can hold
    /// are done in milliseconds. Engines do a short copy of a known length without a call.
    pub(crate) fn is_short(self, len: Option<u64>, module: &Module<'_>) -> bool {
        const SHORT: u64 = 1024;
        let segment = |segment: u32| module.data.get(segment as usize).map(|data| data.bytes.len() as u64);
        match self {
            Bulk::MemoryFill | Bulk::MemoryCopy => len.is_some_and(|len| len <= SHORT),
            Bulk::MemoryInit { segment: index } => {
                let most = [len, segment(index)].into_iter().flatten().min();
                most.is_some_and(|most| most <= SHORT)
            }
            Bulk::TableFill { .. } | Bulk::TableCopy { .. } | Bulk::TableInit { .. } | Bulk::TableGrow { .. } => false,
        }
    }
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
    /// Whether any body asks for the memory's size: by `memory.size`, or by growing it by nothing.
    pub(crate) reads_memory_size: bool,
}

/// Looks for waits, for long bulk operations and for the memory's size, and for moves of `stack_pointer` if given.
pub(crate) fn scan(module: &Module<'_>, stack_pointer: Option<u32>) -> Result<Scan, wasmparser::Error> {
    let mut scan = Scan::default();
    for (index, body) in module.bodies.iter().enumerate() {
        if !may_concern(body.as_bytes(), stack_pointer, !scan.reads_memory_size) {
            continue;
        }
        let mut sites = Vec::new();
        let mut zero = Zero::default();
        // What the last instruction has pushed, if that is a constant.
        let mut pushed = None;
        each(body, |start, operator, end| {
            let is_zero = zero.step(operator);
            let len = std::mem::replace(&mut pushed, constant(operator));
            let kind = match *operator {
                Operator::MemoryAtomicWait32 { memarg } => Kind::Wait32 { offset: memarg.offset },
                Operator::MemoryAtomicWait64 { memarg } => Kind::Wait64 { offset: memarg.offset },
                Operator::MemoryAtomicNotify { memarg } => Kind::Notify { offset: memarg.offset },
                Operator::GlobalSet { global_index } if Some(global_index) == stack_pointer => Kind::SetStackPointer,
                Operator::MemorySize { .. } => {
                    scan.reads_memory_size = true;
                    return;
                }
                Operator::MemoryGrow { .. } => {
                    scan.reads_memory_size |= is_zero;
                    return;
                }
                ref other => match Bulk::of(other) {
                    Some(bulk) if !bulk.is_short(len, module) => Kind::Bulk(bulk),
                    _ => return,
                },
            };
            sites.push(Site { start, end, kind });
        })?;
        if !sites.is_empty() {
            scan.bodies.push((index, sites));
        }
    }
    Ok(scan)
}

/// Whether the last instruction has pushed a zero: a constant, or a local that was last set to one, as unoptimised code
/// has it.
#[derive(Default)]
struct Zero {
    on_top: bool,
    locals: HashSet<u32>,
}

impl Zero {
    /// Goes on by one instruction; returns whether a zero was on top before it.
    fn step(&mut self, operator: &Operator<'_>) -> bool {
        let before = self.on_top;
        self.on_top = match *operator {
            Operator::LocalGet { local_index } => self.locals.contains(&local_index),
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                if before {
                    self.locals.insert(local_index);
                } else {
                    self.locals.remove(&local_index);
                }
                before && matches!(operator, Operator::LocalTee { .. })
            }
            _ => constant(operator) == Some(0),
        };
        before
    }
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

/// Whether the bytes hold what may be the beginning of an instruction of interest. What is not sure is said to be one.
fn may_concern(body: &[u8], stack_pointer: Option<u32>, memory_size: bool) -> bool {
    const ATOMIC: u8 = 0xfe;
    const MEMORY_SIZE: u8 = 0x3f;
    const MEMORY_GROW: u8 = 0x40;
    let begins_wait = |at| body.get(at + 1..).is_some_and(may_be_wait);
    let begins_size = |at| number_after(body, at) == Some(0);
    let has_wait_or_size = if memory_size {
        let begins = |at| match body[at] {
            ATOMIC => begins_wait(at),
            MEMORY_GROW => begins_size(at) && may_grow(body, at),
            _ => begins_size(at),
        };
        memchr3_iter(ATOMIC, MEMORY_SIZE, MEMORY_GROW, body).any(begins)
    } else {
        memchr_iter(ATOMIC, body).any(begins_wait)
    };
    has_wait_or_size
        || may_be_bulk(body)
        || stack_pointer.is_some_and(|stack_pointer| may_set(body, |global| global == stack_pointer))
}

/// Whether the bytes hold what may be the beginning of a bulk operation. `data.drop` and `elem.drop` are none.
fn may_be_bulk(body: &[u8]) -> bool {
    const PREFIX: u8 = 0xfc;
    memchr_iter(PREFIX, body).any(|at| matches!(number_after(body, at), Some(8 | 10..=12 | 14 | 15 | 17)))
}

/// Whether the byte at a place, which is that of `memory.grow` and of blocks without a type, may be the former: behind
/// the beginning of a block it is seldom one.
fn may_grow(body: &[u8], at: usize) -> bool {
    const BLOCKS: RangeInclusive<u8> = 0x02..=0x04;
    let before = |back: usize| at.checked_sub(back).and_then(|at| body.get(at));
    // The same number may be a local's.
    !before(1).is_some_and(|byte| BLOCKS.contains(byte)) || before(2).is_some_and(|byte| (0x20..=0x22).contains(byte))
}

/// Whether the bytes hold what may be a `global.set` of a global that `matters`.
pub(crate) fn may_set(body: &[u8], matters: impl Fn(u32) -> bool) -> bool {
    const GLOBAL_SET: u8 = 0x24;
    memchr_iter(GLOBAL_SET, body).any(|at| number_after(body, at).is_some_and(&matters))
}

/// The number behind the byte at a place: the operation behind a prefix, the index behind an instruction, however it is
/// written.
pub(crate) fn number_after(body: &[u8], at: usize) -> Option<u32> {
    body.get(at + 1..).and_then(leb::read).map(|(number, _)| number)
}

/// Whether what follows the prefix of atomic instructions may be a wait or a notify: the operation, 0 to 2, and the
/// only alignment that it may have. An integer constant may look like it, too, but seldom does.
fn may_be_wait(bytes: &[u8]) -> bool {
    /// In an alignment, says that the number of the memory follows.
    const NUMBERED: u32 = 0x40;
    // Either may be written longer than need be.
    let Some((operation @ 0..=2, width)) = leb::read(bytes) else { return false };
    let log2 = if operation < 2 { 2 } else { 3 };
    bytes.get(width..).and_then(leb::read).is_some_and(|(alignment, _)| alignment & !NUMBERED == log2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_seen_however_they_are_written() {
        let wait32: &[&[u8]] = &[
            &[0xfe, 0x01, 0x02, 0x00],
            &[0xfe, 0x81, 0x00, 0x02, 0x00],
            &[0xfe, 0x81, 0x80, 0x80, 0x80, 0x00, 0x02, 0x00],
            &[0xfe, 0x01, 0x82, 0x00, 0x00],
            &[0xfe, 0x01, 0x42, 0x00, 0x00],
        ];
        let others: &[&[u8]] = &[&[0xfe, 0x00, 0x02, 0x00], &[0xfe, 0x02, 0x03, 0x00], &[0xfe, 0x80, 0x00, 0x02, 0x00]];
        for body in wait32.iter().chain(others) {
            assert!(may_concern(body, None, false), "{body:x?}");
            assert!(may_concern(&[&[0x20, 0x00], *body].concat(), None, true), "{body:x?}");
        }
    }

    #[test]
    fn constants_are_no_waits() {
        // i32.const 126, i32.const 254 and i32.const 382, each with an instruction that often follows.
        for body in [[0x41, 0xfe, 0x00, 0x6a], [0x41, 0xfe, 0x01, 0x71], [0x41, 0xfe, 0x02, 0x21]] {
            assert!(!may_concern(&body, None, true), "{body:x?}");
        }
        // An atomic load; i32.const 63.
        assert!(!may_concern(&[0xfe, 0x10, 0x02, 0x00], None, true));
        assert!(!may_concern(&[0x41, 0x3f, 0x6a], None, true));
        assert!(!may_concern(&[0xfe], None, true));
    }

    #[test]
    fn the_memorys_size_is_seen_if_it_is_looked_for() {
        for body in [&[0x3f, 0x00][..], &[0x3f, 0x80, 0x00]] {
            assert!(may_concern(body, None, true) && !may_concern(body, None, false));
        }
    }

    #[test]
    fn moves_of_the_stack_pointer_are_seen_if_they_are_looked_for() {
        for body in [&[0x24, 0x03][..], &[0x24, 0x83, 0x80, 0x80, 0x80, 0x00]] {
            assert!(may_concern(body, Some(3), false));
            assert!(!may_concern(body, Some(4), false) && !may_concern(body, None, false));
        }
    }
}
