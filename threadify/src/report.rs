//! What was done to a module, and what its author should know.

use std::fmt;

use crate::{Class, Symbol};

/// What [`threadify`](crate::threadify) did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Report {
    /// What the input was.
    pub class: Class,
    /// The linker's symbols that were found, and how.
    pub symbols: Vec<Symbol>,
    /// The module defined its memory; it imports it now.
    pub memory_was_defined: bool,
    /// The memory's maximum was its minimum, so that it could never grow.
    pub maximum_raised: Option<MaximumRaised>,
    /// How many data segments every instance would have written again; the host has them written once now.
    pub segments: usize,
    /// How many waits and notifies call the host now.
    pub waits: usize,
    /// How many moves of the stack pointer are checked now.
    pub stack_moves: usize,
    /// Whether a host may grow the memory for more threads' stacks.
    pub growable: bool,
    /// Whether a host may let an instance run one thread after another.
    pub reusable: bool,
    /// Whether debug information and profiles of the input are true of the output.
    pub code_offsets: CodeOffsets,
    /// The names of custom sections that would have been wrong and were left out.
    pub dropped: Vec<String>,
    /// What the author should know.
    pub warnings: Vec<Warning>,
}

/// The maximum of a memory, in pages of 64 KiB, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MaximumRaised {
    /// What the linker wrote.
    pub from: u64,
    /// What is declared now: the most that there can be. Hosts create the memory with the maximum that they allow.
    pub to: u64,
}

/// Where the instructions of the input's functions are in the output, relative to the code section's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum CodeOffsets {
    /// Where they were: DWARF and profiles stay true.
    Kept,
    /// Further back in the first functions, because the number of functions in front of them needs a byte more. The
    /// byte was taken from a number in the last of them that was padded, or, where none was, all functions are meant.
    Shifted {
        /// By how many bytes.
        bytes: usize,
        /// How many functions.
        functions: usize,
    },
    /// Some functions grew; they and what follows them moved.
    Moved {
        /// How many functions grew.
        functions: usize,
    },
}

impl CodeOffsets {
    pub(crate) fn from_parts(shift: usize, shifted: usize, grown: usize) -> CodeOffsets {
        match (shifted, grown) {
            (0, 0) => CodeOffsets::Kept,
            (functions, 0) => CodeOffsets::Shifted { bytes: shift, functions },
            (_, functions) => CodeOffsets::Moved { functions },
        }
    }
}

impl fmt::Display for CodeOffsets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeOffsets::Kept => write!(f, "code offsets are as they were: debug information stays true"),
            CodeOffsets::Shifted { bytes, functions } => write!(
                f,
                "the number of functions needs {bytes} byte more, so the code of the first {functions} functions moved by that, \
                 and their debug information is off by it"
            ),
            CodeOffsets::Moved { functions } => write!(
                f,
                "code offsets moved, as {functions} functions had to grow: debug information is wrong; threadify before \
                 wasm-opt shortens the linker's output"
            ),
        }
    }
}

/// What the author of a module should know, with the mend.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Warning {
    /// Table 0 is missing or holds no functions: a thread cannot be started.
    NoTable,
    /// Exports run every constructor on every call.
    CommandExports {
        /// How many exports.
        count: usize,
    },
    /// An import that no version 1 host provides.
    UnknownImport {
        /// Its name in the ABI's module.
        name: String,
    },
    /// An import of the ABI with another type than the ABI's.
    WrongImportType {
        /// Its name in the ABI's module.
        name: String,
    },
    /// The module expects wasm-bindgen's JavaScript.
    WasmBindgenImports,
    /// An instruction asks for the memory's size, of which the stacks of threads are a part.
    ReadsMemorySize,
    /// The stack check was asked for, and the module has no stack that the host gives out.
    NoStackToCheck,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::NoTable => write!(
                f,
                "the module has no table of functions, so it cannot start threads; a program that takes no function's address \
                 has none"
            ),
            Warning::CommandExports { count } => write!(
                f,
                "{count} exports run all constructors on every call, as nothing calls __wasm_call_ctors; link with \
                 --export=__wasm_call_ctors"
            ),
            Warning::UnknownImport { name } => {
                write!(
                    f,
                    "no host provides the import {}.{name}; build with the raddle that runs it",
                    raddle_runtime_api::abi::MODULE
                )
            }
            Warning::WrongImportType { name } => write!(
                f,
                "the import {}.{name} has another type than in the ABI, so no host provides it; see raddle.h for the right one",
                raddle_runtime_api::abi::MODULE
            ),
            Warning::WasmBindgenImports => write!(
                f,
                "the module imports from wasm-bindgen's placeholder, which only wasm-bindgen's JavaScript can provide; build \
                 without the crates that use js-sys and web-sys"
            ),
            Warning::ReadsMemorySize => write!(
                f,
                "the program reads memory.size, and the host's stacks for threads lie in that memory, above what the linker laid out: \
                 an allocator that takes all up to memory.size overwrites them; take what lies below __heap_end, and what \
                 memory.grow returns"
            ),
            Warning::NoStackToCheck => {
                write!(f, "the stack check was asked for, but the host gives this module's threads no stack in memory")
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "threadified: {}", self.class)?;
        for symbol in &self.symbols {
            writeln!(f, "  found {symbol}")?;
        }
        if self.memory_was_defined {
            writeln!(f, "  the memory is imported now")?;
        }
        if let Some(MaximumRaised { from, to }) = self.maximum_raised {
            writeln!(f, "  the memory's maximum is {to} pages, not {from}, which it could not grow beyond")?;
        }
        if self.segments > 0 {
            writeln!(f, "  {} data segments are written once, by the first instance", self.segments)?;
        }
        writeln!(f, "  {} waits and notifies call the host", self.waits)?;
        if self.stack_moves > 0 {
            writeln!(f, "  {} moves of the stack pointer are checked", self.stack_moves)?;
        }
        if !self.growable {
            writeln!(
                f,
                "  the host does not grow the memory by itself, as the program's allocator may look at its size"
            )?;
        }
        if !self.reusable {
            writeln!(
                f,
                "  every thread needs a new instance, as something of a thread may be left in one: in a global, a table, a segment or \
                 an object, or by a start function that is not the linker's"
            )?;
        }
        for name in &self.dropped {
            writeln!(f, "  left out the section {name}, which would be wrong now")?;
        }
        write!(f, "  {}", self.code_offsets)?;
        for warning in &self.warnings {
            write!(f, "\nwarning: {warning}")?;
        }
        Ok(())
    }
}
