//! Whether an instance can run one thread after another, as if it were a new one each time.
//!
//! What an instance has of its own are its globals, its tables, and which of its segments are dropped; the memory is
//! everybody's. `raddle_enter` sets the stack pointer and the base of the thread-local variables. So nothing of a
//! thread is left when no instruction changes any other global or any table or drops a segment, and when the start
//! function, which `raddle_init` runs again, does nothing the second time. Programs from LLVM are like that. Objects of
//! a garbage-collected heap can be changed though the global that has them cannot: a module with types of any is not
//! looked at further.

use memchr::memchr2_iter;
use wasmparser::{BlockType, MemArg, Operator};

use crate::{
    module::{Global, Module, code, constant},
    symbols::Symbols,
};

/// Whether an instance of the module is as good as new after `raddle_init` and `raddle_enter`, whatever has run in it.
pub(super) fn is_reusable(module: &Module<'_>, symbols: &Symbols) -> Result<bool, wasmparser::Error> {
    if module.types.iter().any(Option::is_none) {
        return Ok(false);
    }
    let stack_pointer = symbols.stack.map(|stack| stack.global);
    let tls_base = symbols.tls.and_then(|tls| set_first(module, tls.init));
    let kept = Kept::new(module, &[stack_pointer, tls_base]);
    if module.start.is_some_and(|start| !writes_once(module, start, &kept)) {
        return Ok(false);
    }
    let start = module.start.and_then(|start| module.body(start)).map(|body| body.range());
    for body in &module.bodies {
        if !may_change(body.as_bytes(), module.tables.len(), &kept) || Some(body.range()) == start {
            continue;
        }
        let mut changes = false;
        code::each(body, |_, operator, _| {
            changes |= match *operator {
                Operator::GlobalSet { global_index } => kept.has(global_index),
                Operator::TableSet { .. }
                | Operator::TableGrow { .. }
                | Operator::TableFill { .. }
                | Operator::TableCopy { .. }
                | Operator::TableInit { .. }
                | Operator::ElemDrop { .. }
                | Operator::DataDrop { .. } => true,
                _ => false,
            };
        })?;
        if changes {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The globals that keep what a thread sets them to, by index up to the last of them: a module may have a million.
struct Kept(Vec<bool>);

impl Kept {
    /// All mutable ones but those that each thread sets anew.
    fn new(module: &Module<'_>, set_anew: &[Option<u32>]) -> Kept {
        let is_kept = |index, global: &Global<'_>| global.ty.mutable && !set_anew.contains(&Some(index));
        let mut kept: Vec<bool> = (0..).zip(&module.globals).map(|(index, global)| is_kept(index, global)).collect();
        kept.truncate(kept.iter().rposition(|&kept| kept).map_or(0, |last| last + 1));
        Kept(kept)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn has(&self, global: u32) -> bool {
        self.0.get(global as usize).copied().unwrap_or(false)
    }
}

/// Whether the bytes hold what may be the beginning of an instruction that changes an instance. What is not sure is
/// said to be one.
fn may_change(body: &[u8], tables: usize, kept: &Kept) -> bool {
    const TABLE_SET: u8 = 0x26;
    const PREFIX: u8 = 0xfc;
    let begins = |at: usize| match (body[at], code::number_after(body, at)) {
        (TABLE_SET, Some(table)) => (table as usize) < tables,
        // data.drop; table.init, elem.drop, table.copy, table.grow; table.fill.
        (_, Some(operation)) => matches!(operation, 9 | 12..=15 | 17),
        (_, None) => false,
    };
    memchr2_iter(TABLE_SET, PREFIX, body).any(begins)
        || !kept.is_empty() && code::may_set(body, |global| kept.has(global))
}

/// The global that a function sets to its argument before all else, as `__wasm_init_tls` sets the base of the block
/// that it fills.
fn set_first(module: &Module<'_>, function: u32) -> Option<u32> {
    let mut operators = module.body(function)?.get_operators_reader().ok()?;
    let Operator::LocalGet { local_index: 0 } = operators.read().ok()? else { return None };
    let Operator::GlobalSet { global_index } = operators.read().ok()? else { return None };
    Some(global_index)
}

/// Whether a function is wasm-ld's `__wasm_init_memory`: it writes the segments when a word in memory tells that nobody
/// has, waits while somebody does, and drops them in any case. The last thing that it writes is that word, so that the
/// second time it does nothing but drop them; and none of the `kept` globals is set by whoever has written them.
fn writes_once(module: &Module<'_>, function: u32, kept: &Kept) -> bool {
    read_writes_once(module, function, kept).is_some()
}

fn read_writes_once(module: &Module<'_>, function: u32, kept: &Kept) -> Option<()> {
    const WRITE: u32 = 0;
    const WAIT: u32 = 1;
    const DROP: u32 = 2;
    // What the word is when nobody has begun, when somebody writes, and when all is written.
    const NEW: u64 = 0;
    const WRITING: u64 = 1;
    const WRITTEN: u64 = 2;
    let mut operators = module.body(function)?.get_operators_reader().ok()?;
    let mut next = || operators.read().ok();
    for _ in [DROP, WAIT, WRITE] {
        let Operator::Block { blockty: BlockType::Empty } = next()? else { return None };
    }
    let word = constant(&next()?)?;
    let [NEW, WRITING] = [constant(&next()?)?, constant(&next()?)?] else { return None };
    let Operator::I32AtomicRmwCmpxchg { memarg: MemArg { offset, .. } } = next()? else { return None };
    let Operator::BrTable { targets } = next()? else { return None };
    if targets.default() != DROP || targets.len() != 2 || !targets.targets().flatten().eq([WRITE, WAIT]) {
        return None;
    }
    let Operator::End = next()? else { return None };
    let mut operands = Vec::new();
    let mut is_written = false;
    loop {
        match next()? {
            Operator::MemoryInit { .. } | Operator::MemoryFill { .. } if !is_written => {}
            Operator::GlobalSet { global_index } if !kept.has(global_index) => {}
            Operator::I32AtomicStore { memarg } if memarg.offset == offset && operands == [word, WRITTEN] => {
                is_written = true;
            }
            Operator::MemoryAtomicNotify { .. } | Operator::Drop if is_written => {}
            Operator::Br { relative_depth: 1 } if is_written => break,
            other => {
                operands.push(constant(&other)?);
                continue;
            }
        }
        operands.clear();
    }
    let Operator::End = next()? else { return None };
    loop {
        match next()? {
            Operator::MemoryAtomicWait32 { .. } | Operator::Drop => {}
            Operator::End => break,
            other => _ = constant(&other)?,
        }
    }
    loop {
        match next()? {
            Operator::DataDrop { .. } => {}
            Operator::End => return Some(()),
            _ => return None,
        }
    }
}
