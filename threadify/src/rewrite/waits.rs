//! Which waits are turned into calls, and where the calls go.

use std::collections::BTreeMap;

use raddle_runtime_api::abi::{self, exports};
use wasm_encoder::ExportKind;
use wasmparser::{Operator, TypeRef};

use super::{
    appendix::Appendix,
    helpers::{self, Target},
};
use crate::module::{
    self, Module,
    code::{Kind, Site},
};

/// The sites to replace: all but the waits of the start function. It runs before the host can set the hooks, and it is how
/// the first instance keeps the others waiting.
pub(super) fn replaceable(module: &Module<'_>, bodies: Vec<(usize, Vec<Site>)>) -> Vec<(usize, Vec<Site>)> {
    let start = module.start.and_then(|start| start.checked_sub(module.imported_functions)).map(|index| index as usize);
    bodies
        .into_iter()
        .map(|(index, mut sites)| {
            sites.retain(|site| Some(index) != start || site.kind == Kind::SetStackPointer);
            (index, sites)
        })
        .filter(|(_, sites)| !sites.is_empty())
        .collect()
}

/// What the waits were turned into.
pub(super) struct Redirected {
    /// The function that stands in for each kind of wait.
    pub(super) callees: BTreeMap<Kind, u32>,
    /// Whether there is a table of hooks for the host to fill.
    pub(super) hooks: bool,
    /// How many waits and notifies there are.
    pub(super) count: usize,
}

/// Adds a function for each kind of wait among the sites, and the table of hooks if they need it.
pub(super) fn redirect(appendix: &mut Appendix, module: &Module<'_>, sites: &[(usize, Vec<Site>)]) -> Redirected {
    let mut redirected = Redirected {
        callees: BTreeMap::new(),
        hooks: false,
        count: count(sites, |kind| kind != Kind::SetStackPointer),
    };
    if redirected.count == 0 {
        return redirected;
    }
    let target = own_imports(module).map(Target::Imports).unwrap_or_else(|| {
        redirected.hooks = true;
        let table = appendix.table(exports::HOOK_COUNT);
        appendix.export(exports::HOOKS, ExportKind::Table, table);
        Target::Hooks { table, or_instruction: start_calls(module) }
    });
    for kind in sites.iter().flat_map(|(_, sites)| sites).map(|site| site.kind) {
        if !redirected.callees.contains_key(&kind) {
            let helper = helpers::wait(appendix, module.pointer_width(), kind, target);
            redirected.callees.extend(helper.map(|helper| (kind, helper)));
        }
    }
    redirected
}

/// How many sites are of some kind.
pub(super) fn count(sites: &[(usize, Vec<Site>)], of: impl Fn(Kind) -> bool) -> usize {
    sites.iter().flat_map(|(_, sites)| sites).filter(|site| of(site.kind)).count()
}

/// The module's own imports of the three calls, if it has all of them with the ABI's types.
fn own_imports(module: &Module<'_>) -> Option<[u32; exports::HOOK_COUNT as usize]> {
    let mut found = [None; exports::HOOK_COUNT as usize];
    let mut index = 0;
    for import in &module.imports {
        let (TypeRef::Func(_) | TypeRef::FuncExact(_)) = import.ty else { continue };
        if import.module == abi::MODULE
            && let Some(slot) = exports::HOOK_IMPORTS.iter().position(|name| *name == import.name)
            && crate::analysis::has_abi_type(module, import.name, index)
        {
            found[slot] = Some(index);
        }
        index += 1;
    }
    match found {
        [Some(wait32), Some(wait64), Some(notify)] => Some([wait32, wait64, notify]),
        _ => None,
    }
}

/// Whether the start function calls others, which may then wait before the host has set the hooks.
fn start_calls(module: &Module<'_>) -> bool {
    let Some(body) = module.start.and_then(|start| module.body(start)) else { return false };
    let mut calls = false;
    let read = module::code::each(body, |_, operator, _| {
        calls |= matches!(
            operator,
            Operator::Call { .. }
                | Operator::CallIndirect { .. }
                | Operator::CallRef { .. }
                | Operator::ReturnCall { .. }
                | Operator::ReturnCallIndirect { .. }
                | Operator::ReturnCallRef { .. }
        );
    });
    calls || read.is_err()
}
