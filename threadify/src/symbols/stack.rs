//! The stack pointer and the linker's own stack.
//!
//! In a module whose symbols were stripped, two things together tell. wasm-ld puts the stack pointer first among the
//! globals of a program with threads, and leaves marks of its own beside it; and compilers move it like no other
//! global: down by a multiple of the stack's alignment at the start of a function, up by the same at its end. (A small
//! leaf function writes nothing back, because it uses the red zone; and unoptimised code from old compilers computes
//! both through locals, so there it is enough that the first global is read.) Neither proves anything alone: a program
//! may well have a counter that goes down by 16 and up again. A module in which only the code suggests a stack pointer
//! is refused, with the flag that settles it; a global that is merely used a little like one is not a stack pointer.

use std::collections::{BTreeMap, HashSet};

use memchr::memchr2;
use wasmparser::{BinaryReader, ExternalKind, Operator, OperatorsReader, ValType};

use super::{How, Symbol, by_llvm, computed, global, value};
use crate::{
    Error,
    module::{Data, Module, code, constant, init_memory},
};

/// The alignment of every frame, in bytes.
const FRAME_ALIGN: u64 = 16;

/// The stack of the main thread as the linker laid it out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StackPointer {
    /// The index of the global.
    pub(crate) global: u32,
    /// Where it starts.
    pub(crate) top: u64,
    /// The lowest address of the stack, or one below it where that is not certain.
    pub(crate) limit: u64,
    /// Whether that is certain.
    pub(crate) limit_is_known: bool,
}

const NAME: &str = "__stack_pointer";

pub(super) fn find(module: &Module<'_>, found: &mut Vec<Symbol>) -> Result<Option<StackPointer>, Error> {
    let by_name = global(module, NAME, true)?;
    let Some((global, how)) = by_name.map_or_else(|| by_shape(module), |found| Ok(Some(found)))? else {
        return Ok(None);
    };
    let top = module.initial(global).ok_or_else(|| computed(NAME))?;
    found.push(Symbol { name: NAME, how, value: Some(top) });
    let (limit, limit_is_known) = limit(module, top, found);
    Ok(Some(StackPointer { global, top, limit, limit_is_known }))
}

/// The lowest address of the linker's stack, and whether it is certain. If the data lies below the stack, the stack
/// ends where the data ends; if the stack comes first, it reaches down to 0.
fn limit(module: &Module<'_>, top: u64, found: &mut Vec<Symbol>) -> (u64, bool) {
    if let Some(low) = lenient(module, "__stack_low", found) {
        return if low < top { (low, true) } else { (0, false) };
    }
    let above = |end: u64| end.checked_next_multiple_of(FRAME_ALIGN).filter(|&end| end < top);
    if let Some(end) = lenient(module, "__data_end", found) {
        return (above(end).unwrap_or(0), true);
    }
    let Some(writes) = initial_writes(module) else { return (0, false) };
    match writes.iter().filter(|(address, _)| *address < top).map(|(address, len)| address.saturating_add(*len)).max() {
        None => (0, true),
        // What is zero from the start is not written to a memory of the module's own, and may lie behind.
        Some(end) => (
            above(end).unwrap_or(0),
            above(end).is_some() && module.memories.iter().all(|memory| memory.import.is_some()),
        ),
    }
}

/// Where the data is written at the start, as addresses and lengths in bytes. `None` if that cannot be seen.
fn initial_writes(module: &Module<'_>) -> Option<Vec<(u64, u64)>> {
    if module.data.is_empty() {
        return Some(Vec::new());
    }
    if let Some(init) = module.start.and_then(|start| init_memory::read(module, start)) {
        return Some(init.writes().to_vec());
    }
    let write = |data: &Data<'_>| Some((constant_expression(data.offset?, module)?, data.bytes.len() as u64));
    module.data.iter().map(write).collect()
}

/// The value of a constant expression that is one constant.
fn constant_expression(bytes: &[u8], module: &Module<'_>) -> Option<u64> {
    let mut operators = OperatorsReader::new(BinaryReader::new(bytes, 0));
    let value = constant(&operators.read().ok()?)?;
    let value = if module.pointer() == ValType::I32 { u64::from(value as u32) } else { value };
    matches!(operators.read().ok()?, Operator::End).then_some(value)
}

/// The value of a symbol that nothing depends on: one that is not what its name says is ignored.
fn lenient(module: &Module<'_>, name: &'static str, found: &mut Vec<Symbol>) -> Option<u64> {
    value(module, name, found).ok().flatten()
}

/// What the code does with a global that may be the stack pointer.
#[derive(Default)]
struct Evidence {
    /// Some function moves it down by a constant.
    lowered: bool,
    /// Some function moves it down by a constant and up again by the same constant.
    restored: bool,
    /// Some function subtracts a frame's size from it.
    framed: bool,
    /// Some function reads it.
    read: bool,
}

impl Evidence {
    /// Whether the code treats it as compilers treat the stack pointer, if it stands where that stands.
    fn fits(&self) -> bool {
        self.lowered || self.framed
    }
}

fn by_shape(module: &Module<'_>) -> Result<Option<(u32, How)>, Error> {
    let mut candidates: BTreeMap<u32, Evidence> = (0..)
        .zip(&module.globals)
        .filter(|(_, global)| global.ty.mutable && global.ty.content_type == module.pointer())
        .filter(|&(index, _)| module.initial(index).is_some_and(|value| value != 0))
        .map(|(index, _)| (index, Evidence::default()))
        .collect();
    // One that has another name is something else.
    for export in module.exports.iter().filter(|export| export.kind == ExternalKind::Global) {
        candidates.remove(&export.index);
    }
    candidates.retain(|index, _| module.names.globals.get(index).is_none_or(|&name| name == NAME));
    if candidates.is_empty() {
        return Ok(None);
    }
    for body in &module.bodies {
        const GLOBAL_GET: u8 = 0x23;
        const GLOBAL_SET: u8 = 0x24;
        if memchr2(GLOBAL_GET, GLOBAL_SET, body.as_bytes()).is_some() {
            look_at(body, &mut candidates)?;
        }
    }
    if let Some(Marked { global, by_start }) = marked(module)
        && candidates.get(&global).is_some_and(|evidence| evidence.fits() || by_start && evidence.read)
    {
        return Ok(Some((global, How::Shape)));
    }
    let by_llvm = by_llvm(module);
    match candidates.iter().find(|(_, evidence)| evidence.restored || by_llvm && evidence.fits()) {
        Some((&global, _)) => Err(Error::UnmarkedStackPointer { global }),
        None => Ok(None),
    }
}

/// A global that stands where wasm-ld puts the stack pointer.
struct Marked {
    global: u32,
    /// The start function is wasm-ld's, too: it writes the segments once for all threads.
    by_start: bool,
}

/// The first defined global, if wasm-ld's marks are beside it: its start function, or `__tls_base`, which is 0 until it
/// is set, as the next global.
fn marked(module: &Module<'_>) -> Option<Marked> {
    let mut defined = (0..).zip(&module.globals).filter(|(_, global)| global.init.is_some());
    let mut pointer = || {
        let (index, global) = defined.next()?;
        (global.ty.mutable && global.ty.content_type == module.pointer()).then_some((index, module.initial(index)?))
    };
    let (global, top) = pointer()?;
    let by_start = module.start.is_some_and(|start| is_guarded_write(module, start));
    let by_base = pointer().is_some_and(|(_, base)| base == 0);
    (top.is_multiple_of(FRAME_ALIGN) && (by_start || by_base)).then_some(Marked { global, by_start })
}

/// Whether a function writes segments and has a guard against doing it twice, also after an optimiser.
fn is_guarded_write(module: &Module<'_>, function: u32) -> bool {
    let mut guards = false;
    let mut writes = false;
    let Some(body) = module.body(function) else { return false };
    let read = code::each(body, |_, operator, _| match operator {
        Operator::I32AtomicRmwCmpxchg { .. } => guards = true,
        Operator::MemoryInit { .. } | Operator::MemoryFill { .. } => writes = true,
        _ => {}
    });
    read.is_ok() && guards && writes
}

/// The latest instructions, as far as they matter.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Get(u32),
    Constant(i64),
    Add,
    Subtract,
    Tee,
    Other,
}

fn look_at(
    body: &wasmparser::FunctionBody<'_>,
    candidates: &mut BTreeMap<u32, Evidence>,
) -> Result<(), wasmparser::Error> {
    let mut last = [Step::Other; 4];
    let mut lowered: HashSet<(u32, i64)> = HashSet::new();
    code::each(body, |_, operator, _| {
        let step = step(operator);
        if let Step::Get(index) = step
            && let Some(evidence) = candidates.get_mut(&index)
        {
            evidence.read = true;
        }
        if let Operator::GlobalSet { global_index } = *operator
            && let Some(evidence) = candidates.get_mut(&global_index)
        {
            let moved = match last {
                [.., Step::Tee] => by(&last[..3]),
                _ => by(&last[1..]),
            };
            match moved {
                Some((Step::Get(from), amount)) if from == global_index && is_frame(amount) => {
                    evidence.lowered = true;
                    lowered.insert((global_index, amount.saturating_neg()));
                }
                Some((_, amount)) if amount > 0 && lowered.contains(&(global_index, amount)) => {
                    evidence.restored = true
                }
                _ => {}
            }
        }
        last = [last[1], last[2], last[3], step];
        if let Some((Step::Get(from), amount)) = by(&last[1..])
            && is_frame(amount)
            && let Some(evidence) = candidates.get_mut(&from)
        {
            evidence.framed = true;
        }
    })
}

/// Whether adding this makes room for a frame.
fn is_frame(amount: i64) -> bool {
    amount < 0 && amount.unsigned_abs().is_multiple_of(FRAME_ALIGN)
}

/// What was added to what, when the three steps are an addition of a constant.
fn by(steps: &[Step]) -> Option<(Step, i64)> {
    match *steps {
        [from, Step::Constant(amount), Step::Add] => Some((from, amount)),
        [from, Step::Constant(amount), Step::Subtract] => Some((from, amount.checked_neg()?)),
        _ => None,
    }
}

fn step(operator: &Operator<'_>) -> Step {
    match *operator {
        Operator::GlobalGet { global_index } => Step::Get(global_index),
        Operator::I32Add | Operator::I64Add => Step::Add,
        Operator::I32Sub | Operator::I64Sub => Step::Subtract,
        Operator::LocalTee { .. } => Step::Tee,
        Operator::I32Const { value } => Step::Constant(i64::from(value)),
        _ => constant(operator).map_or(Step::Other, |value| Step::Constant(value as i64)),
    }
}
