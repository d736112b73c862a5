//! Why something could not be begun.

use std::fmt;

use raddle_runtime_api::ConfigError;

/// Why a program or a process could not be made. How a process that was started *ended* is an
/// [`Outcome`](crate::Outcome), never an error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The engine does not work here.
    #[error(
        "BN0001: the engine cannot be set up: {0:#}; run on a platform that wasmtime compiles for, with a smaller wasm stack if that was set"
    )]
    Engine(wasmtime::Error),
    /// The module was refused by `threadify`; its message begins with its own code.
    #[error(transparent)]
    Threadify(#[from] raddle_threadify::Error),
    /// The module could not be compiled.
    #[error("BN0002: the module cannot be compiled: {0:#}; build it for the features that wasmtime has on by default")]
    Compile(wasmtime::Error),
    /// The module imports what nobody provides. All of it is listed.
    #[error(
        "BN0003: the module imports what nobody provides:{}\nprovide it through Program::linker and Program::process_with, or build the module without it{}",
        list(.imports),
        wasi_mend(.imports)
    )]
    Imports {
        /// The imports, in the module's order.
        imports: Vec<MissingImport>,
    },
    /// An import that is provided has another type, or another part of linking failed.
    #[error(
        "BN0004: the module cannot be linked: {0:#}; define the import with the type that the module asks for, and no name of raddle's own"
    )]
    Link(wasmtime::Error),
    /// There is no such entry function.
    #[error(
        "BN0005: the module exports no function '{name}'; it exports {}",
        if .exports.is_empty() { "no function".to_owned() } else { .exports.join(", ") }
    )]
    NoEntry {
        /// The name that was looked for.
        name: String,
        /// The functions that it exports.
        exports: Vec<String>,
    },
    /// The module exports neither `_start` nor `main`, and no other entry was named.
    #[error(
        "BN0006: the module exports neither '_start' nor 'main': name the function to call; it exports {}",
        if .exports.is_empty() { "no function".to_owned() } else { .exports.join(", ") }
    )]
    NoDefaultEntry {
        /// The functions that it exports.
        exports: Vec<String>,
    },
    /// The entry function takes other arguments.
    #[error("BN0007: '{name}' takes ({expected}) and was given ({found})")]
    Arguments {
        /// The entry.
        name: String,
        /// The types that it takes.
        expected: String,
        /// The types that it was given.
        found: String,
    },
    /// The entry function's type has something that is no number.
    #[error(
        "BN0008: '{name}' takes or returns something other than numbers: name a function of i32, i64, f32 and f64 only"
    )]
    EntryType {
        /// The entry.
        name: String,
    },
    /// The limits make no sense for this module.
    #[error("BN0009: {0}")]
    Limits(#[from] ConfigError),
    /// The shared memory could not be made.
    #[error("BN0010: a memory of at most {maximum} bytes cannot be reserved: {source:#}; lower the limit on memory")]
    Memory {
        /// The maximum in bytes.
        maximum: u64,
        /// What the engine said.
        source: wasmtime::Error,
    },
    /// The operating system gives no thread.
    #[error("BN0011: no thread can be started for the process: {reason}; allow more threads or end other processes")]
    Thread {
        /// What it said.
        reason: String,
    },
    /// The bytes are no program that was saved by this version for this machine.
    #[error("BN0012: not a saved program: {reason}; save it again from the module with this version")]
    Saved {
        /// What is wrong.
        reason: String,
    },
}

/// An import that nobody provides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingImport {
    /// The module name.
    pub module: String,
    /// The field name.
    pub name: String,
}

impl fmt::Display for MissingImport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.module, self.name)
    }
}

impl Error {
    /// The stable code: `BN` and a number, or `TF` and a number for a module that `threadify` refused.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Engine(_) => "BN0001",
            Error::Threadify(error) => error.code(),
            Error::Compile(_) => "BN0002",
            Error::Imports { .. } => "BN0003",
            Error::Link(_) => "BN0004",
            Error::NoEntry { .. } => "BN0005",
            Error::NoDefaultEntry { .. } => "BN0006",
            Error::Arguments { .. } => "BN0007",
            Error::EntryType { .. } => "BN0008",
            Error::Limits(_) => "BN0009",
            Error::Memory { .. } => "BN0010",
            Error::Thread { .. } => "BN0011",
            Error::Saved { .. } => "BN0012",
        }
    }
}

fn list(imports: &[MissingImport]) -> String {
    imports.iter().map(|import| format!("\n  {import}")).collect()
}

fn wasi_mend(imports: &[MissingImport]) -> &'static str {
    if imports.iter().any(|import| import.module.starts_with("wasi")) {
        " (raddle provides no WASI: build for wasm32-unknown-unknown, for instance with `raddle build`)"
    } else {
        ""
    }
}
