//! Which waits are turned into calls, and where the calls go.

use std::collections::BTreeMap;

use raddle_runtime_api::abi::{self, exports};
use wasm_encoder::ExportKind;
use wasmparser::TypeRef;

use super::{
    appendix::Appendix,
    helpers::{self, Target},
};
use crate::module::{
    Module,
    code::{Kind, Site},
};

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
    let mut redirected = Redirected { callees: BTreeMap::new(), hooks: false, count: count(sites, Kind::is_wait) };
    if redirected.count == 0 {
        return redirected;
    }
    let target = own_imports(module).map(Target::Imports).unwrap_or_else(|| {
        redirected.hooks = true;
        let table = appendix.table(exports::HOOK_COUNT);
        appendix.export(exports::HOOKS, ExportKind::Table, table);
        Target::Hooks { table }
    });
    for kind in sites.iter().flat_map(|(_, sites)| sites).map(|site| site.kind).filter(|kind| kind.is_wait()) {
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
