//! The start function that wasm-ld writes for a threaded program, `__wasm_init_memory`.
//!
//! It writes the data segments when a word in memory says that nobody has, waits while somebody does, and drops them in
//! any case. The last thing that it writes is that word, so the second time it does nothing but drop them. It uses no
//! stack and no thread-local variable.

use wasmparser::{BlockType, MemArg, Operator};

use super::{Module, constant};

/// What such a function does beside that.
#[derive(Debug, Default)]
pub(crate) struct InitMemory {
    /// The globals that whoever writes the segments sets.
    globals: Vec<u32>,
    /// Where it writes, the word included: addresses and lengths in bytes.
    writes: Vec<(u64, u64)>,
}

impl InitMemory {
    /// Whether it sets a global that `matters`.
    pub(crate) fn sets(&self, matters: impl Fn(u32) -> bool) -> bool {
        self.globals.iter().any(|&global| matters(global))
    }

    /// The addresses and lengths of what it writes, in bytes, the word included.
    pub(crate) fn writes(&self) -> &[(u64, u64)] {
        &self.writes
    }
}

/// Reads a function; `None` unless it is written just as wasm-ld writes this one.
pub(crate) fn read(module: &Module<'_>, function: u32) -> Option<InitMemory> {
    const WRITE: u32 = 0;
    const WAIT: u32 = 1;
    const DROP: u32 = 2;
    // What the word is when nobody has begun, when somebody writes, and when all is written.
    const NEW: u64 = 0;
    const WRITING: u64 = 1;
    const WRITTEN: u64 = 2;
    let mut init = InitMemory::default();
    let mut operators = module.body(function)?.get_operators_reader().ok()?;
    let mut next = || operators.read().ok();
    for _ in [DROP, WAIT, WRITE] {
        let Operator::Block { blockty: BlockType::Empty } = next()? else { return None };
    }
    let word = constant(&next()?)?;
    let [NEW, WRITING] = [constant(&next()?)?, constant(&next()?)?] else { return None };
    let Operator::I32AtomicRmwCmpxchg { memarg: MemArg { offset, .. } } = next()? else { return None };
    init.writes.push((word.checked_add(offset)?, 4));
    let Operator::BrTable { targets } = next()? else { return None };
    if targets.default() != DROP || targets.len() != 2 || !targets.targets().flatten().eq([WRITE, WAIT]) {
        return None;
    }
    let Operator::End = next()? else { return None };
    let mut operands = Vec::new();
    let mut is_written = false;
    loop {
        match next()? {
            Operator::MemoryInit { .. } | Operator::MemoryFill { .. } if !is_written => {
                let &[address, _, len] = operands.as_slice() else { return None };
                init.writes.push((address, len));
            }
            Operator::GlobalSet { global_index } => init.globals.push(global_index),
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
            Operator::End => return Some(init),
            _ => return None,
        }
    }
}
