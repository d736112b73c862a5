//! The stack pointer and the linker's own stack.
//!
//! Even in a module whose symbols were stripped, the stack pointer is moved like no other global: down by a multiple of
//! the stack's alignment at the start of a function, up by the same at its end. A small leaf function writes nothing
//! back (it uses the red zone), so a global that is never written but read with a constant subtracted is a stack
//! pointer, too. Unoptimised code from old compilers computes both through locals; there, wasm-ld's first global is
//! taken to be the stack pointer.

use std::collections::{BTreeMap, HashSet};

use wasmparser::Operator;

use super::{How, Symbol, by_llvm, computed, global, value};
use crate::{
    Error,
    module::{Module, code, constant},
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
    /// The lowest address of the stack, 0 if it is not known.
    pub(crate) limit: u64,
}

pub(super) fn find(module: &Module<'_>, found: &mut Vec<Symbol>) -> Result<Option<StackPointer>, Error> {
    const NAME: &str = "__stack_pointer";
    let by_name = global(module, NAME, true)?;
    let Some((global, how)) = by_name.map_or_else(|| by_shape(module), |found| Ok(Some(found)))? else {
        return Ok(None);
    };
    let top = module.initial(global).ok_or_else(|| computed(NAME))?;
    found.push(Symbol { name: NAME, how, value: Some(top) });
    Ok(Some(StackPointer { global, top, limit: limit(module, top, found) }))
}

/// The lowest address of the linker's stack. If the data lies below the stack, the stack ends where the data ends; if
/// the stack comes first, it reaches down to 0.
fn limit(module: &Module<'_>, top: u64, found: &mut Vec<Symbol>) -> u64 {
    if let Some(low) = lenient(module, "__stack_low", found) {
        return if low < top { low } else { 0 };
    }
    let data_end = lenient(module, "__data_end", found).filter(|&end| end < top);
    data_end.and_then(|end| end.checked_next_multiple_of(FRAME_ALIGN)).filter(|&end| end < top).unwrap_or(0)
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
    /// Some function writes it.
    written: bool,
}

fn by_shape(module: &Module<'_>) -> Result<Option<(u32, How)>, Error> {
    let mut candidates: BTreeMap<u32, Evidence> = (0..)
        .zip(&module.globals)
        .filter(|(_, global)| global.ty.mutable && global.ty.content_type == module.pointer())
        .filter(|&(index, _)| module.initial(index).is_some_and(|value| value != 0))
        .map(|(index, _)| (index, Evidence::default()))
        .collect();
    if candidates.is_empty() {
        return Ok(None);
    }
    for body in &module.bodies {
        const GLOBAL_GET: u8 = 0x23;
        const GLOBAL_SET: u8 = 0x24;
        if body.as_bytes().iter().any(|&byte| byte == GLOBAL_GET || byte == GLOBAL_SET) {
            look_at(body, &mut candidates)?;
        }
    }
    let all = |is: fn(&Evidence) -> bool| {
        candidates.iter().filter(|(_, evidence)| is(evidence)).map(|(&index, _)| index).collect::<Vec<_>>()
    };
    let certain = all(|evidence| evidence.restored);
    if let [first, second, ..] = certain[..] {
        return Err(Error::AmbiguousStackPointer { first, second });
    }
    let leaf = all(|evidence| evidence.framed && !evidence.written);
    let lowered = if by_llvm(module) { all(|evidence| evidence.lowered) } else { Vec::new() };
    let linkers = first_of_wasm_ld(module).filter(|index| candidates.get(index).is_some_and(|evidence| evidence.read));
    let found =
        [certain, leaf, lowered, linkers.into_iter().collect()].into_iter().find_map(|indices| match indices[..] {
            [index] => Some(index),
            _ => None,
        });
    Ok(found.map(|index| (index, How::Shape)))
}

/// The first defined global of a module that wasm-ld has linked for threads, if its value could be where a stack
/// starts. wasm-ld is recognised by its start function, which writes the segments once for all threads.
fn first_of_wasm_ld(module: &Module<'_>) -> Option<u32> {
    let mut guards = false;
    let mut writes = false;
    code::each(module.body(module.start?)?, |_, operator, _| match operator {
        Operator::I32AtomicRmwCmpxchg { .. } => guards = true,
        Operator::MemoryInit { .. } | Operator::MemoryFill { .. } => writes = true,
        _ => {}
    })
    .ok()?;
    let (index, top) = (0..).zip(&module.globals).find_map(|(index, _)| Some((index, module.initial(index)?)))?;
    (guards && writes && top.is_multiple_of(FRAME_ALIGN)).then_some(index)
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
            evidence.written = true;
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
