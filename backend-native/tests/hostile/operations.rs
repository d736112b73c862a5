//! What a step of a guest can do: every call of the ABI, as the ABI's own list has them, and some instructions.

use std::sync::LazyLock;

use raddle_runtime_api::abi::{
    Signature,
    Ty::{self, I32, I64, P},
    imports::IMPORTS,
};

/// Something that a step can do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    /// The name of an import, or of an instruction.
    pub(crate) name: &'static str,
    pub(crate) signature: Signature,
    pub(crate) is_import: bool,
}

/// The most arguments that an operation takes.
pub(crate) const MAX_ARGS: usize = 4;

/// Computes until somebody ends it; not the name of an instruction.
pub(crate) const SPIN: &str = "spin";

/// Calls a function of table 0 in place: `(argument, function)`.
pub(crate) const CALL_INDIRECT: &str = "call_indirect";

/// Reads a word, and with it what a call has stored.
pub(crate) const LOAD: &str = "i32.atomic.load";

/// Writes a word.
pub(crate) const STORE: &str = "i32.atomic.store";

/// Makes the driver a module whose memory the host may not grow: see [`Driver`](crate::driver::Driver).
pub(crate) const MEMORY_SIZE: &str = "memory.size";

const INSTRUCTIONS: &[(&str, &[Ty], &[Ty])] = &[
    (SPIN, &[], &[]),
    ("unreachable", &[], &[]),
    (CALL_INDIRECT, &[P, I32], &[P]),
    (LOAD, &[P], &[I32]),
    (STORE, &[P, I32], &[]),
    ("i32.store", &[P, I32], &[]),
    ("i64.atomic.store", &[P, I64], &[]),
    ("i32.atomic.rmw.add", &[P, I32], &[I32]),
    ("i32.atomic.rmw.cmpxchg", &[P, I32, I32], &[I32]),
    ("memory.atomic.wait32", &[P, I32, I64], &[I32]),
    ("memory.atomic.wait64", &[P, I64, I64], &[I32]),
    ("memory.atomic.notify", &[P, I32], &[I32]),
    ("memory.grow", &[P], &[P]),
    ("memory.fill", &[P, I32, P], &[]),
    ("memory.copy", &[P, P, P], &[]),
    (MEMORY_SIZE, &[], &[P]),
];

/// All operations; a step names one by its place in this list.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let imports =
        IMPORTS.iter().map(|import| Operation { name: import.name, signature: import.signature, is_import: true });
    let instructions = INSTRUCTIONS.iter().map(|&(name, params, results)| Operation {
        name,
        signature: Signature { params, results },
        is_import: false,
    });
    imports.chain(instructions).collect()
});

/// The place of an operation in [`OPERATIONS`].
pub(crate) fn place(name: &str) -> usize {
    OPERATIONS.iter().position(|operation| operation.name == name).unwrap_or_else(|| panic!("no operation {name}"))
}
