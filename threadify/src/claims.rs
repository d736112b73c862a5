//! Checks what a section `raddle.threads` claims about its module, as far as a host must be able to rely on it, whoever
//! wrote the section.
//!
//! A host believes the rest, at the module's own risk: a wrong stack size harms only the guest's stack.

use raddle_runtime_api::abi::section::ThreadsSection;

use crate::{
    Error,
    module::{Module, code::Scan},
};

/// Refuses a module that uses the engine's own wait, from which a host cannot bring a thread back; that has any memory
/// except the shared one that the host makes and limits; or whose instantiation would do anything to that memory.
pub(crate) fn check(module: &Module<'_>, section: &ThreadsSection, scan: &Scan) -> Result<(), Error> {
    let refuse = |what: String| Err(Error::FalseSection { what });
    let expected = (section.memory.module.as_str(), section.memory.name.as_str());
    let import = |index: usize| module.imports.get(index).map(|import| (import.module, import.name));
    match module.memories.as_slice() {
        [memory] if memory.ty.shared && memory.import.and_then(import) == Some(expected) => {}
        [_] => return refuse(format!("its memory is not a shared one imported as {}.{}", expected.0, expected.1)),
        memories => return refuse(format!("it has {} memories", memories.len())),
    }
    // A host may make instances while others run.
    if module.start.is_some() {
        return refuse("its instantiation runs a start function".to_owned());
    }
    if let Some(segment) = module.data.iter().position(|data| data.offset.is_some()) {
        return refuse(format!("its instantiation writes data segment {segment}"));
    }
    match scan.bodies.iter().flat_map(|(_, sites)| sites).next() {
        Some(site) => refuse(format!("the wait or notify at offset {:#x} does not call the host", site.start)),
        None => Ok(()),
    }
}
