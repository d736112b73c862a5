//! Whether an instance can run one thread after another, as if it were a new one each time.
//!
//! What an instance has of its own are its globals, its tables, and which of its segments are dropped; the memory is
//! everybody's. `raddle_enter` sets the stack pointer and the base of the thread-local variables. So nothing of a
//! thread is left when no instruction changes any other global or any table or drops a segment, and when the start
//! function, which `raddle_init` runs again, does nothing the second time. Programs from LLVM are like that. Objects of
//! a garbage-collected heap can be changed though the global that has them cannot: a module with types of any is not
//! looked at further.

use memchr::memchr2_iter;
use wasmparser::Operator;

use crate::{
    module::{Module, code, init_memory},
    symbols::{Symbols, own::Kept},
};

/// Whether an instance of the module is as good as new after `raddle_init` and `raddle_enter`, whatever has run in it.
pub(super) fn is_reusable(module: &Module<'_>, symbols: &Symbols) -> Result<bool, wasmparser::Error> {
    if module.types.iter().any(Option::is_none) {
        return Ok(false);
    }
    let kept = Kept::new(module, symbols);
    let does_nothing_again =
        |start| init_memory::read(module, start).is_some_and(|init| !init.sets(|global| kept.has(global)));
    if !module.start.is_none_or(does_nothing_again) {
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
