//! What was done to a module, and what its author should know.

use std::fmt;

use raddle_runtime_api::abi::text::Shown;

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
    /// Whether the module defined its memory, which it now imports.
    pub memory_was_defined: bool,
    /// How many tables the module imported, which it now has of its own.
    pub tables_made: usize,
    /// Set if the memory's maximum was its minimum, so that it could never grow.
    pub maximum_raised: Option<MaximumRaised>,
    /// How many data segments every instance would have written again; they are now written once.
    pub segments: usize,
    /// How many waits and notifies now call the host.
    pub waits: usize,
    /// How many bulk operations on the memory and on tables now go in steps, so that a stop reaches them.
    pub bulk_operations: usize,
    /// How many moves of the stack pointer are now checked.
    pub stack_moves: usize,
    /// Whether a host may grow the memory for more threads' stacks.
    pub growable: bool,
    /// Whether a host may let an instance run one thread after another.
    pub reusable: bool,
    /// Whether debug information and profiles of the input are also valid for the output.
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
    /// What is declared now: the largest possible. Hosts create the memory with the maximum that they allow.
    pub to: u64,
}

/// Where the instructions of the input's functions are in the output, relative to the code section's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum CodeOffsets {
    /// Where they were: DWARF and profiles stay valid.
    Kept,
    /// A little off in some functions, because a number in front of the code needs more bytes: the number of functions,
    /// or the index of one that is called instead of an instruction. The bytes were saved from padded numbers behind
    /// or before it; if there was none that would make up for the number of functions, all functions have moved.
    Shifted {
        /// By how many bytes at most.
        bytes: usize,
        /// In how many functions.
        functions: usize,
    },
    /// Some functions grew; they and everything after them moved. There is no debug information in the output.
    Moved {
        /// How many functions grew.
        functions: usize,
    },
}

impl CodeOffsets {
    /// By how many bytes at most some functions' code has moved, and how many functions grew.
    pub(crate) fn from_parts(bytes: usize, shifted: usize, grown: usize) -> CodeOffsets {
        match (shifted, grown) {
            (0, 0) => CodeOffsets::Kept,
            (functions, 0) => CodeOffsets::Shifted { bytes, functions },
            (_, functions) => CodeOffsets::Moved { functions },
        }
    }
}

impl fmt::Display for CodeOffsets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeOffsets::Kept => write!(f, "code offsets are unchanged: debug information stays valid"),
            CodeOffsets::Shifted { bytes, functions } => write!(
                f,
                "indices take more bytes than before, so code in {functions} functions moved, by {bytes} {} at most, \
                and their debug information is off by as much",
                if *bytes == 1 { "byte" } else { "bytes" }
            ),
            CodeOffsets::Moved { functions } => write!(
                f,
                "code offsets changed because {functions} functions had to grow, so there is no debug information; \
                threadify the linker's output before wasm-opt shortens it"
            ),
        }
    }
}

/// What the author of a module should know, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Warning {
    /// Table 0 is missing or holds no functions: a thread cannot be started.
    NoTable,
    /// The program sets globals of its own, and each thread has its own copy of them.
    GlobalsOfEachThread {
        /// Their names, or their indices where they have none.
        globals: Vec<String>,
    },
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
    /// An import of the ABI whose type is not the ABI's.
    WrongImportType {
        /// Its name in the ABI's module.
        name: String,
    },
    /// The module expects wasm-bindgen's JavaScript.
    WasmBindgenImports,
    /// An instruction asks for the memory's size, which includes the stacks of threads.
    ReadsMemorySize,
    /// The stack check was asked for, but the host does not provide the module's stacks.
    NoStackToCheck,
    /// The stack check was asked for, and where the main thread's stack ends is not known.
    StackLimitUnknown,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::NoTable => write!(
                f,
                "the module has no table of functions, so it cannot start threads: a program has none if it never takes the \
                address of a function, and an optimiser drops one that is not exported; link with --export-table"
            ),
            Warning::GlobalsOfEachThread { globals } => {
                const SHOWN: usize = 5;
                let shown = globals[..globals.len().min(SHOWN)].join(", ");
                let more =
                    if globals.len() > SHOWN { format!(" and {} more", globals.len() - SHOWN) } else { String::new() };
                write!(
                    f,
                    "the program changes globals (global {shown}{more}), and each thread has its own copy of them: what is meant \
                     for all threads, such as the state of an allocator or a garbage collector, belongs in memory"
                )
            }
            Warning::CommandExports { count } => write!(
                f,
                "every call of an export runs all constructors ({count} exports do), because nothing calls \
                 __wasm_call_ctors; link with --export=__wasm_call_ctors"
            ),
            Warning::UnknownImport { name } => {
                write!(
                    f,
                    "no host provides the import {}.{}; build with the same version of raddle that runs the module",
                    raddle_runtime_api::abi::MODULE,
                    Shown(name)
                )
            }
            Warning::WrongImportType { name } => write!(
                f,
                "the type of the import {}.{} is not the ABI's, so no host provides it; see raddle.h for the \
                right one",
                raddle_runtime_api::abi::MODULE,
                Shown(name)
            ),
            Warning::WasmBindgenImports => write!(
                f,
                "the module imports from wasm-bindgen's placeholder, which only wasm-bindgen's JavaScript can provide; build \
                 without the crates that use js-sys and web-sys"
            ),
            Warning::ReadsMemorySize => write!(
                f,
                "the program asks for the memory's size (by memory.size, or by growing it by 0), which includes the stacks \
                that the host puts above what the linker laid out: an allocator that uses all memory up to there \
                overwrites them; use what lies below __heap_end, and what memory.grow returns"
            ),
            Warning::NoStackToCheck => {
                write!(f, "the stack check was asked for, but the host provides no stacks for this module's threads")
            }
            Warning::StackLimitUnknown => write!(
                f,
                "where the main thread's stack ends is not known, so an overflow there may overwrite the program's data before it \
                 traps; link with --export=__data_end, or set a stack size, which gives the main thread a stack of the host's"
            ),
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
            writeln!(f, "  the memory is now imported")?;
        }
        if self.tables_made > 0 {
            writeln!(f, "  {} imported tables are now the module's own, one for each thread", self.tables_made)?;
        }
        if let Some(MaximumRaised { from, to }) = self.maximum_raised {
            writeln!(f, "  the memory's maximum is now {to} pages: with the linker's {from} it could not grow")?;
        }
        if self.segments > 0 {
            writeln!(f, "  {} data segments are written once, by the first instance", self.segments)?;
        }
        writeln!(f, "  {} waits and notifies call the host", self.waits)?;
        if self.bulk_operations > 0 {
            writeln!(f, "  {} bulk operations go in steps", self.bulk_operations)?;
        }
        if self.stack_moves > 0 {
            writeln!(f, "  {} moves of the stack pointer are checked", self.stack_moves)?;
        }
        if !self.growable {
            writeln!(
                f,
                "  the host does not grow the memory by itself, because the program's allocator may look at its size"
            )?;
        }
        if !self.reusable {
            writeln!(
                f,
                "  every thread needs a new instance, because threads may leave something in theirs: in a global, a \
                table, a segment or an object, or by a start function that is not the linker's"
            )?;
        }
        for name in &self.dropped {
            writeln!(f, "  left out the section {}, which would now be wrong", Shown(name))?;
        }
        write!(f, "  {}", self.code_offsets)?;
        for warning in &self.warnings {
            write!(f, "\nwarning: {warning}")?;
        }
        Ok(())
    }
}
