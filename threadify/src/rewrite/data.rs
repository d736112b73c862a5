//! Active data segments become passive, and one call of the host writes them once; so does the linker's start function,
//! which that call runs.

use raddle_runtime_api::abi::exports;
use wasm_encoder::{BlockType, Encode, InstructionSink};

use super::{appendix::Appendix, content::Content, steps::Steps};
use crate::{
    Error, leb,
    module::{Module, code::Bulk},
};

/// The size of the largest function that engines accept, less what every function has.
const LONGEST_BODY: usize = 7_654_321 - 16;

/// Adds `raddle_init`, which initialises the memory as instantiating did: it writes the active segments in their order,
/// on the first instance only, drops them on every instance, and runs the linker's own start function, if there is one.
pub(super) fn init(
    appendix: &mut Appendix,
    steps: &mut Steps<'_, '_>,
    module: &Module<'_>,
    init_memory: Option<u32>,
) -> Result<(), Error> {
    let active = || (0u32..).zip(&module.data).filter_map(|(index, data)| Some((index, data.offset?, data.bytes)));
    let mut code = Vec::new();
    if active().next().is_some() {
        InstructionSink::new(&mut code).local_get(0).if_(BlockType::Empty);
        for (index, offset, bytes) in active() {
            // A constant expression is a sequence of instructions like any other, but for its `end`.
            code.extend_from_slice(offset.split_last().map_or(&[], |(_, instructions)| instructions));
            let mut sink = InstructionSink::new(&mut code);
            sink.i32_const(0).i32_const(bytes.len() as i32);
            let bulk = Bulk::MemoryInit { segment: index };
            let in_steps = if bulk.is_short(None, module) { None } else { steps.function(appendix, bulk) };
            match in_steps {
                Some(function) => sink.call(function),
                None => sink.memory_init(0, index),
            };
        }
        InstructionSink::new(&mut code).end();
    }
    for (index, ..) in active() {
        InstructionSink::new(&mut code).data_drop(index);
    }
    if let Some(function) = init_memory {
        InstructionSink::new(&mut code).call(function);
    }
    if code.len() >= LONGEST_BODY {
        let count = u32::try_from(code.len()).unwrap_or(u32::MAX);
        return Err(Error::TooMany { what: "bytes of data segment offsets", count, limit: LONGEST_BODY as u32 });
    }
    appendix.exported_raw(exports::INIT, exports::INIT_SIGNATURE, &code);
    Ok(())
}

/// The content of the data section with every segment passive.
pub(super) fn all_passive<'a>(module: &Module<'a>) -> Content<'a> {
    const PASSIVE: u8 = 1;
    let mut out = Content::default();
    let mut before = Vec::new();
    (module.data.len() as u32).encode(&mut before);
    for data in &module.data {
        before.push(PASSIVE);
        data.bytes.len().encode(&mut before);
        out.push(std::mem::take(&mut before));
        out.push(data.bytes);
    }
    out.push(before);
    out
}

/// The content of the section that tells the number of segments ahead of the code that uses them.
pub(super) fn count(module: &Module<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    leb::write_padded(&mut out, module.data.len() as u32, 1);
    out
}
