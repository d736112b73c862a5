//! What a module would cost a host to compile, beyond what its size says.
//!
//! Hosts compile before anything runs, so no limit on a process holds there. What grows faster than the module does is
//! bounded here, far above what compilers write.

use memchr::memchr_iter;
use wasmparser::Operator;

use crate::{
    Error,
    module::{Module, code},
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
