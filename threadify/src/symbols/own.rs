//! The program's own mutable globals. Every thread's instance has its own copy of each.

use std::collections::BTreeSet;

use wasmparser::Operator;

use super::Symbols;
use crate::module::{Global, Module, code};

/// Those that some instruction sets, as names or indices. What may be the TLS base is left out where nothing says which
/// global that is.
pub(crate) fn changed(module: &Module<'_>, symbols: &Symbols) -> Vec<String> {
    let kept = Kept::new(module, symbols);
    let mut set = BTreeSet::new();
    if !kept.is_empty() {
        for body in module.bodies.iter().filter(|body| code::may_set(body.as_bytes(), |global| kept.has(global))) {
            // The module was read before.
            let _ = code::each(body, |_, operator, _| {
                if let Operator::GlobalSet { global_index } = *operator
                    && kept.has(global_index)
                {
                    set.insert(global_index);
                }
            });
        }
    }
    let linkers = |name: &str| name == super::tls::BASE;
    let name = |index: u32| module.names.globals.get(&index).copied();
    let named = set.into_iter().filter(|&index| !name(index).is_some_and(linkers));
    named.map(|index| name(index).map_or_else(|| index.to_string(), |name| format!("{name:?}"))).collect()
}

/// The globals that keep what a thread sets them to, by index up to the last of them: a module may have a million.
pub(crate) struct Kept(Vec<bool>);

impl Kept {
    /// All mutable ones but those that each thread sets anew.
    pub(crate) fn new(module: &Module<'_>, symbols: &Symbols) -> Kept {
        let stack_pointer = symbols.stack.map(|stack| stack.global);
        let tls_base = symbols.tls.and_then(|tls| set_first(module, tls.init));
        let set_anew = [stack_pointer, tls_base];
        let is_kept = |index, global: &Global<'_>| global.ty.mutable && !set_anew.contains(&Some(index));
        let mut kept: Vec<bool> = (0..).zip(&module.globals).map(|(index, global)| is_kept(index, global)).collect();
        kept.truncate(kept.iter().rposition(|&kept| kept).map_or(0, |last| last + 1));
        Kept(kept)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn has(&self, global: u32) -> bool {
        self.0.get(global as usize).copied().unwrap_or(false)
    }
}

/// The global that a function sets to its argument before all else, as `__wasm_init_tls` sets the base of the block
/// that it fills.
fn set_first(module: &Module<'_>, function: u32) -> Option<u32> {
    let mut operators = module.body(function)?.get_operators_reader().ok()?;
    let Operator::LocalGet { local_index: 0 } = operators.read().ok()? else { return None };
    let Operator::GlobalSet { global_index } = operators.read().ok()? else { return None };
    Some(global_index)
}
