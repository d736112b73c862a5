//! Wasm in, wasm out: makes a linked module ready for one instance per thread over one shared memory.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let wasm = wat::parse_str("(module (memory 1 4 shared))")?;
//! let done = raddle_threadify::threadify(&wasm, &raddle_threadify::Options::new())?;
//! println!("{}", done.report);
//! assert_eq!(done.section.memory.name, "memory");
//! # Ok(()) }
//! ```
//!
//! [`inspect()`] says what a module is and what it lacks, [`threadify`] rewrites it, [`read_section`] reads back what
//! the rewriting left for hosts. Nothing is run, read from or written to anywhere: bytes go in, bytes come out. The
//! bytes may be anybody's: whatever they are, there is an answer, in a time that grows as the module does.
//!
//! # What is done
//!
//! - The linker's symbols are found: the stack pointer, and the function, size and alignment of thread-local storage.
//!   Those that are missing and needed are named, each with the flag that adds it ([`Error::MissingSymbols`]). A module
//!   without a stack in memory or without thread-local variables needs none.
//! - Functions for the host are added: to make an instance a thread's, to call a start function, to trap. Their names
//!   and types are in [`exports`](raddle_runtime_api::abi::exports).
//! - A memory of the module's own becomes an import, and a maximum that does not let it grow is raised.
//! - Active data segments, which every instance would write again over live data, are written once.
//! - Waits and notifies call the host, so that it can end a waiting thread and see a deadlock. The start function,
//!   which may wait, runs when the host can answer, and not by instantiating.
//! - With [`Options::stack_check`], every move of the stack pointer is checked.
//! - A custom section tells hosts all that they must know ([`ThreadsSection`]), so that none parses wasm.
//!
//! No index of the input changes, and code keeps its offsets, so that debug information stays true; [`CodeOffsets`]
//! says when that was not possible. Everything else is copied byte by byte.
//!
//! # What is refused
//!
//! What is no linked, threaded core module, or was bound to another runtime's threads: see [`Class`] for the kinds of
//! module and [`Error`] for each reason with its mend.
//!
//! # Cost
//!
//! Some milliseconds for a program of some megabytes. Most is validation, of the input and of the output, which
//! [`Options::validate`] turns off; only bodies that may hold an instruction of interest are decoded.
//!
//! # The code
//!
//! It reads in this order: [`Options`], [`Class`], [`Error`] and [`Report`] are the vocabulary; `module` holds a
//! module's parts, `symbols` finds what the linker left, `analysis` decides, `rewrite` writes. What must not come in:
//! an engine, I/O, and anything about threads at run time.
#![forbid(unsafe_code)]

mod analysis;
mod claims;
mod class;
mod error;
mod inspect;
mod leb;
mod module;
mod options;
mod report;
mod rewrite;
mod symbols;

use analysis::Analysis;
use module::Module;

pub use class::Class;
pub use error::Error;
pub use inspect::{Function, Import, Inspection, Memory};
pub use options::Options;
pub use raddle_runtime_api::abi::section::ThreadsSection;
pub use report::{CodeOffsets, MaximumRaised, Report, Warning};
pub use symbols::{How, Missing, Symbol};

/// A module that was rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Threadified {
    /// The rewritten module.
    pub wasm: Vec<u8>,
    /// What hosts must know of it; the module holds it, too.
    pub section: ThreadsSection,
    /// What was done.
    pub report: Report,
}

/// Makes a module ready for one instance per thread.
///
/// # Errors
/// [`Error`] says why a module is refused, and what to do: it is no valid module, it is not a threaded one, it was done
/// before, or the linker left out what is needed.
pub fn threadify(wasm: &[u8], options: &Options) -> Result<Threadified, Error> {
    module::recognise(wasm)?;
    if options.validate {
        module::validate(wasm)?;
    }
    let analysis = Analysis::new(Module::parse(wasm)?);
    if let Some(refusal) = analysis.refusal {
        return Err(refusal);
    }
    let (wasm, section, report) = rewrite::rewrite(&analysis, options)?;
    if options.validate {
        module::validate(&wasm)
            .map_err(|error| Error::Output { message: error.message().to_owned(), offset: error.offset() })?;
    }
    Ok(Threadified { wasm, section, report })
}

/// Says what a module is, what was found in it and how, what it lacks with the mend, and what its author should know.
///
/// # Errors
/// Only what is no valid core module is an error here; why a valid one cannot be threadified is in the answer.
pub fn inspect(wasm: &[u8]) -> Result<Inspection, Error> {
    module::recognise(wasm)?;
    module::validate(wasm)?;
    Inspection::new(Analysis::new(Module::parse(wasm)?))
}

/// The section `raddle.threads` of a module that was threadified; `None` of one that was not.
///
/// Anybody can write such a section. So it is compared with the module where a host's hold on its threads and memory
/// rests on it: there is no wait but by the host, no memory but the host's, and nothing that instantiating does to it.
///
/// # Errors
/// [`Error::Section`] if the section cannot be read, [`Error::FalseSection`] if it is not of this module, and
/// [`Error::Invalid`] and its like if the module cannot be read.
pub fn read_section(wasm: &[u8]) -> Result<Option<ThreadsSection>, Error> {
    module::recognise(wasm)?;
    if !module::has_custom_section(wasm, raddle_runtime_api::abi::section::NAME)? {
        return Ok(None);
    }
    let module = Module::parse(wasm)?;
    inspect::section(&module, &module::code::scan(&module, None)?)
}
