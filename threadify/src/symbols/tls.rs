//! The compiler's thread-local storage: the function that fills a block, and the block's size and alignment.
//!
//! A linker writes `__wasm_init_tls` only if it is exported or called. So its absence proves nothing: a module has TLS
//! if its code reads `__tls_base`, or if it has the segment from which a block is filled.

use std::collections::{BTreeMap, HashSet};

use wasmparser::{ExternalKind, Operator};

use super::{How, Missing, Symbol, Symbols, describe, global, value};
use crate::{
    Error,
    module::{Module, code, constant, names::TLS_INIT as INIT},
};

pub(super) const BASE: &str = "__tls_base";
const SIZE: &str = "__tls_size";
const ALIGN: &str = "__tls_align";

/// What every thread's TLS block needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tls {
    /// The function `__wasm_init_tls`.
    pub(crate) init: u32,
    /// The size of a block in bytes, at least 1.
    pub(crate) size: u64,
    /// Its alignment in bytes, a power of two.
    pub(crate) align: u32,
}

pub(super) fn find(module: &Module<'_>, symbols: &mut Symbols) -> Result<(), Error> {
    let size = value(module, SIZE, &mut symbols.found)?;
    let align = value(module, ALIGN, &mut symbols.found)?;
    if size == Some(0) {
        return Ok(());
    }
    let Some((init, how)) = init_function(module)? else {
        if size.is_some() || is_used(module, symbols)? {
            symbols.missing.push(Missing { name: INIT, why: "it fills a thread's copy of the thread-local variables" });
            need_align(align, symbols);
        }
        return Ok(());
    };
    let size = match (size, filling(module, init)) {
        (Some(size), _) => Some(size),
        (None, Some(Filling::Nothing)) => return Ok(()),
        (None, Some(Filling::Block(size))) => {
            symbols.found.push(Symbol { name: SIZE, how: How::Shape, value: Some(size) });
            Some(size)
        }
        (None, None) => None,
    };
    symbols.found.push(Symbol { name: INIT, how, value: None });
    if size.is_none() {
        symbols.missing.push(Missing { name: SIZE, why: "the size of a thread's thread-local variables" });
    }
    let align = need_align(align, symbols);
    if let (Some(size), Some(align)) = (size, align) {
        let power = u32::try_from(align).ok().filter(|align| align.is_power_of_two());
        let align = power.ok_or_else(|| Error::WrongSymbol {
            name: ALIGN.to_owned(),
            found: align.to_string(),
            expected: "a power of two".to_owned(),
        })?;
        symbols.tls = Some(Tls { init, size, align }).filter(|_| size > 0);
    }
    Ok(())
}

fn need_align(align: Option<u64>, symbols: &mut Symbols) -> Option<u64> {
    if align.is_none() {
        symbols.missing.push(Missing { name: ALIGN, why: "the alignment of a thread's thread-local variables" });
    }
    align
}

/// Finds `__wasm_init_tls` by its export, by its name, or as the only function that fills a block.
fn init_function(module: &Module<'_>) -> Result<Option<(u32, How)>, Error> {
    let pointer = module.pointer();
    let fits = |index: u32| {
        module.body(index).is_some()
            && module.function_type(index).is_some_and(|ty| ty.params() == [pointer] && ty.results().is_empty())
    };
    if let Some(export) = module.export(INIT) {
        if export.kind == ExternalKind::Func && fits(export.index) {
            let wrapped = wrapped_by_command_export(module, export.index).filter(|&index| fits(index));
            let init = wrapped.unwrap_or(export.index);
            return if begins_well(module, init) { Ok(Some((init, How::Export))) } else { Err(Error::TlsInit) };
        }
        return Err(Error::WrongSymbol {
            name: INIT.to_owned(),
            found: format!("an exported {}", describe(module, export.kind, export.index)),
            expected: format!("a defined function ({pointer}) -> ()"),
        });
    }
    if let Some(index) = module.names.tls_init().filter(|&index| fits(index)) {
        return Ok(Some((index, How::NameSection)));
    }
    let last = u32::try_from(module.functions.len()).unwrap_or(u32::MAX);
    let mut shaped = (module.imported_functions..last)
        .filter(|&index| fits(index) && matches!(filling(module, index), Some(Filling::Block(_))));
    let only = shaped.next().filter(|_| shaped.next().is_none());
    Ok(only.map(|index| (index, How::Shape)))
}

/// The function that an export's wrapper calls, if the linker made each export run all constructors first (and
/// destructors after): on a new thread they must not run again.
fn wrapped_by_command_export(module: &Module<'_>, wrapper: u32) -> Option<u32> {
    let mut operators = module.body(wrapper)?.get_operators_reader().ok()?;
    let mut next = || operators.read().ok();
    let takes_nothing =
        |index: u32| module.function_type(index).is_some_and(|ty| ty.params().is_empty() && ty.results().is_empty());
    let Operator::Call { function_index: constructors } = next()? else { return None };
    let Operator::LocalGet { local_index: 0 } = next()? else { return None };
    let Operator::Call { function_index: wrapped } = next()? else { return None };
    let end = match next()? {
        Operator::Call { function_index: destructors } if takes_nothing(destructors) => next()?,
        other => other,
    };
    (matches!(end, Operator::End) && takes_nothing(constructors)).then_some(wrapped)
}

/// Whether a function sets a global to its argument before all else, as linkers write it, or does nothing. An optimiser
/// may have put the constructors into it, which would then run on every thread, before it has its block.
fn begins_well(module: &Module<'_>, function: u32) -> bool {
    let first = || {
        let mut operators = module.body(function)?.get_operators_reader().ok()?;
        let first = operators.read().ok()?;
        let second = if matches!(first, Operator::End) { None } else { operators.read().ok() };
        Some((first, second))
    };
    matches!(
        first(),
        Some((Operator::End, None) | (Operator::LocalGet { local_index: 0 }, Some(Operator::GlobalSet { .. })))
    )
}

/// What a function of the type of `__wasm_init_tls` does to the block.
enum Filling {
    /// Nothing: there is no TLS.
    Nothing,
    /// Makes it the thread's block and copies this many bytes into it, in the form that linkers emit.
    Block(u64),
}

/// Reads a body in the form that linkers emit: `__tls_base = block; memory.init(block, 0, size)`, then perhaps
/// relocations.
fn filling(module: &Module<'_>, function: u32) -> Option<Filling> {
    let mut operators = module.body(function)?.get_operators_reader().ok()?;
    let mut next = || operators.read().ok();
    match next()? {
        Operator::End => return Some(Filling::Nothing),
        Operator::LocalGet { local_index: 0 } => {}
        _ => return None,
    }
    let Operator::GlobalSet { .. } = next()? else { return None };
    let Operator::LocalGet { local_index: 0 } = next()? else { return None };
    let 0 = constant(&next()?)? else { return None };
    let size = constant(&next()?)?;
    let Operator::MemoryInit { .. } = next()? else { return None };
    Some(Filling::Block(size))
}

/// Whether the module has thread-local variables, although nothing that fills them was found.
fn is_used(module: &Module<'_>, symbols: &Symbols) -> Result<bool, Error> {
    if module.names.data.values().any(|&name| name == ".tdata") {
        return Ok(true);
    }
    let mut uses: BTreeMap<u32, Uses> = match global(module, BASE, true)? {
        Some((index, _)) => BTreeMap::from([(index, Uses { known: true, ..Uses::default() })]),
        None if symbols.stack.is_some() => nameless(module).map(|index| (index, Uses::default())).collect(),
        None => BTreeMap::new(),
    };
    if uses.is_empty() {
        return Ok(false);
    }
    let start = module.start.and_then(|start| start.checked_sub(module.imported_functions));
    for (index, body) in (0..).zip(&module.bodies) {
        code::each(body, |_, operator, _| match *operator {
            Operator::GlobalGet { global_index } => {
                uses.entry(global_index).and_modify(|uses| uses.read = true);
            }
            Operator::GlobalSet { global_index } if Some(index) != start => {
                uses.entry(global_index).and_modify(|uses| uses.written = true);
            }
            _ => {}
        })?;
    }
    Ok(uses.values().any(|uses| uses.read && (uses.known || !uses.written)))
}

/// What the code does with a global that may be `__tls_base`.
#[derive(Default)]
struct Uses {
    /// It is `__tls_base`.
    known: bool,
    read: bool,
    /// Written by another function than the start function.
    written: bool,
}

/// Globals that may be `__tls_base` if the symbols were stripped: it starts at 0, and only the start function writes
/// it. A program would have no use for such a global of its own.
fn nameless(module: &Module<'_>) -> impl Iterator<Item = u32> {
    let exported: HashSet<u32> =
        module.exports.iter().filter(|export| export.kind == ExternalKind::Global).map(|export| export.index).collect();
    let named = move |index: u32| module.names.globals.contains_key(&index) || exported.contains(&index);
    let is_pointer =
        |global: &crate::module::Global<'_>| global.ty.mutable && global.ty.content_type == module.pointer();
    (0..)
        .zip(&module.globals)
        .filter(move |(_, global)| is_pointer(global))
        .map(|(index, _)| index)
        .filter(move |&index| module.initial(index) == Some(0) && !named(index))
}
