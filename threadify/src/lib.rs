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
//! the rewriting left for hosts. The crate runs nothing and does no I/O: bytes go in, bytes come out. The bytes need
//! not be trusted: whatever they are, there is a result, in time proportional to the module's size.
//!
//! # What is done
//!
//! - The linker's symbols are found: the stack pointer, and the function, size and alignment of thread-local storage.
//!   If needed ones are missing, the error names each with the flag that adds it ([`Error::MissingSymbols`]). A module
//!   without a stack in memory or without thread-local variables needs none.
//! - Functions for the host are added: to prepare an instance for a thread, to call a start function, to trap. Their
//!   names and types are in [`exports`](raddle_runtime_api::abi::exports).
//! - A memory that the module defines becomes an import, and a maximum that does not let it grow is raised.
//! - Active data segments, which every instance would write again over live data, are written only once.
//! - Waits and notifies call the host, so that it can stop a waiting thread and detect a deadlock. The start function,
//!   which may wait, runs once the host can handle waits, and not during instantiation.
//! - Bulk operations that may take long go in steps, so that a stop reaches their thread.
//! - With [`Options::stack_check`], every move of the stack pointer is checked.
//! - A custom section tells hosts everything that they must know ([`ThreadsSection`]), so that none has to parse wasm.
//!
//! No index of the input changes, and code keeps its offsets, so that debug information stays valid; [`CodeOffsets`]
//! says if that was not possible. Everything else is copied byte for byte.
//!
//! # What is refused
//!
//! Anything that is not a linked, threaded core module, or is tied to another runtime's threads: see [`Class`] for the
//! kinds of module, and [`Error`] for the reasons and what to do about each.
//!
//! # Cost
//!
//! A few milliseconds for a program of a few megabytes. Most of it is validation of the input and the output, which
//! [`Options::validate`] turns off; only bodies that may hold an instruction of interest are decoded. A [`Validation`]
//! does it in steps, for a caller that must not be held up.
//!
//! # The code
//!
//! It reads in this order: [`Options`], [`Class`], [`Error`] and [`Report`] are the vocabulary; `module` holds a
//! module's parts, `symbols` finds what the linker left, `analysis` decides, `rewrite` writes. What must not come in:
//! an engine, I/O, and anything about threads at run time.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod analysis;
mod claims;
mod class;
mod cost;
mod error;
mod flags;
mod inspect;
mod leb;
mod module;
mod options;
mod report;
mod rewrite;
mod symbols;
mod validation;

use analysis::Analysis;
use module::Module;

pub use class::Class;
pub use error::Error;
pub use flags::LINKER_FLAGS;
pub use inspect::{Function, Import, Inspection, Interface, Memory};
pub use options::Options;
pub use raddle_runtime_api::abi::section::ThreadsSection;
pub use report::{CodeOffsets, MaximumRaised, Report, Warning};
pub use symbols::{How, Missing, Symbol};
pub use validation::Validation;

/// A module that was rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Threadified {
    /// The rewritten module.
    pub wasm: Vec<u8>,
    /// What hosts must know about it; the module contains it, too.
    pub section: ThreadsSection,
    /// What was done.
    pub report: Report,
}

/// Makes a module ready for one instance per thread.
///
/// # Errors
/// [`Error`] says why a module is refused, and what to do: it is not a valid module, not a threaded one, already
/// threadified, or the linker left out something needed.
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

/// Says what a module is, what was found in it and how, what is missing and how to supply it, and what its author
/// should know.
///
/// # Errors
/// Only if the input is not a valid core module. Why a valid one cannot be threadified is in the result.
pub fn inspect(wasm: &[u8]) -> Result<Inspection, Error> {
    module::recognise(wasm)?;
    module::validate(wasm)?;
    Inspection::new(Analysis::new(Module::parse(wasm)?))
}

/// What a module imports, and which functions it exports. It is not validated: an engine that compiles it does that.
///
/// # Errors
/// [`Error::Invalid`] or a similar error if the module cannot be read.
pub fn interface(wasm: &[u8]) -> Result<Interface, Error> {
    module::recognise(wasm)?;
    Ok(Interface::new(&Module::parse(wasm)?))
}

/// The section `raddle.threads` of a threadified module; `None` for a module that is not threadified.
///
/// Anyone can write such a section. So the claims on which a host's control over its threads and memory rests are
/// checked against the module: all waits go through the host, the only memory is the host's, and instantiation does
/// nothing to it.
///
/// # Errors
/// [`Error::Section`] if the section cannot be read, [`Error::FalseSection`] if it does not belong to this module, and
/// [`Error::Invalid`] or a similar error if the module cannot be read.
pub fn read_section(wasm: &[u8]) -> Result<Option<ThreadsSection>, Error> {
    module::recognise(wasm)?;
    if !module::has_custom_section(wasm, raddle_runtime_api::abi::section::NAME)? {
        return Ok(None);
    }
    let module = Module::parse(wasm)?;
    cost::check(&module)?;
    inspect::section(&module, &module::code::scan(&module, None)?)
}
