//! Why something could not be begun.

use std::fmt;

use raddle_runtime_api::ConfigError;

/// Why a runtime, a program or a process could not be made. How a process that was started *ended* is an
/// [`Outcome`](crate::Outcome), never an error.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The page may share no memory with workers.
    #[error(
        "BW0001: this page is not cross-origin isolated, so it can share no memory with workers: have its server send the headers \
         'Cross-Origin-Opener-Policy: same-origin' and 'Cross-Origin-Embedder-Policy: require-corp' with the page, over HTTPS or from localhost; \
         `raddle serve` does"
    )]
    NotIsolated,
    /// The browser lacks something that threads need.
    #[error("BW0002: this browser has no {missing}: use Chromium 96, Firefox 145 or Safari 16.4, or a later one")]
    Browser {
        /// What it lacks.
        missing: &'static str,
    },
    /// The page may hold no locks, by which it learns that its workers are gone.
    #[error(
        "BW0002: the browser gives this page no locks (navigator.locks): {message}; have its user allow it cookies and site data, and give a frame with \
         `sandbox` the word `allow-same-origin`"
    )]
    Locks {
        /// What the browser said.
        message: String,
    },
    /// A worker could not be started, or has not answered for 30 seconds.
    #[error(
        "BW0003: a worker cannot be started: {message}; where the page has a Content-Security-Policy, it must allow `worker-src blob:`, or give the \
         URL of the package's worker.js as workerUrl and allow that, and `script-src 'wasm-unsafe-eval'`"
    )]
    Worker {
        /// What the browser said.
        message: String,
    },
    /// The worker's script is of another version.
    #[error(
        "BW0004: the worker's script at {url} is of version {found}, and this is {expected}: copy worker.js from the same package"
    )]
    WorkerVersion {
        /// Where it is.
        url: String,
        /// Its version.
        found: String,
        /// The version of this package.
        expected: &'static str,
    },
    /// The page has as many workers as it may.
    #[error(
        "BW0005: this page has {limit} workers, as many as it may: end other processes, or raise maxWorkers (browsers may stop at 512 without a word)"
    )]
    TooManyWorkers {
        /// The limit.
        limit: u32,
    },
    /// The module was refused by `threadify`; its message begins with its own code.
    #[error("{message}")]
    Threadify {
        /// Its code.
        code: &'static str,
        /// Its message, with what to do.
        message: String,
    },
    /// The module could not be compiled.
    #[error("BW0006: the module cannot be compiled: {message}; build it for features that this browser has")]
    Compile {
        /// What the browser said.
        message: String,
    },
    /// The module imports what nobody provides. All of it is listed.
    #[error(
        "BW0007: the module imports what nobody provides:{}\ngive the URL of a JavaScript module that provides it as imports, or build the module without it",
        list(.imports)
    )]
    Imports {
        /// The imports, in the module's order.
        imports: Vec<MissingImport>,
    },
    /// There is no such entry function.
    #[error("BW0008: the module exports no function '{name}'; it exports {}", names(.exports))]
    NoEntry {
        /// The name that was looked for.
        name: String,
        /// The functions that it exports.
        exports: Vec<String>,
    },
    /// The module exports neither `_start` nor `main`, and no other entry was named.
    #[error(
        "BW0009: the module exports neither '_start' nor 'main': name the function to call; it exports {}",
        names(.exports)
    )]
    NoDefaultEntry {
        /// The functions that it exports.
        exports: Vec<String>,
    },
    /// The entry function takes other arguments.
    #[error("BW0010: '{name}' takes ({expected}) and was given ({found})")]
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
        "BW0011: '{name}' takes or returns something other than numbers: name a function of i32, i64, f32 and f64 only"
    )]
    EntryType {
        /// The entry.
        name: String,
    },
    /// The limits make no sense for this module.
    #[error("BW0012: {0}")]
    Limits(#[from] ConfigError),
    /// The shared memory could not be made.
    #[error(
        "BW0013: a memory of at most {maximum} bytes cannot be reserved: {message}; lower the limit on memory, end other processes, or let go of those that \
         have ended, which JavaScript does with free() (a page can have about a hundred)"
    )]
    Memory {
        /// The maximum in bytes.
        maximum: u64,
        /// What the browser said.
        message: String,
    },
    /// An import of the guest ABI has another type than that has.
    #[error("BW0015: the module imports {import} as {found}, and it is {expected}: declare it as the guest ABI does")]
    ImportType {
        /// The import.
        import: MissingImport,
        /// Its type in the module.
        found: String,
        /// Its type in the ABI.
        expected: String,
    },
    /// The JavaScript module of the embedder's own imports cannot be loaded, or throws.
    #[error(
        "BW0017: the module of imports at {url} cannot be loaded: {message}; serve it as text/javascript, from another origin with the header \
         'Access-Control-Allow-Origin: *', and where the page has a Content-Security-Policy, have `script-src` allow it"
    )]
    ImportsModule {
        /// Where it is.
        url: String,
        /// What the browser said.
        message: String,
    },
    /// An option makes no sense.
    #[error("BW0014: {message}")]
    Option {
        /// What is wrong, with what to do.
        message: String,
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
    /// The stable code: `BW` and a number, or `TF` and a number for a module that `threadify` refused.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotIsolated => "BW0001",
            Error::Browser { .. } | Error::Locks { .. } => "BW0002",
            Error::Worker { .. } => "BW0003",
            Error::WorkerVersion { .. } => "BW0004",
            Error::TooManyWorkers { .. } => "BW0005",
            Error::Threadify { code, .. } => code,
            Error::Compile { .. } => "BW0006",
            Error::Imports { .. } => "BW0007",
            Error::NoEntry { .. } => "BW0008",
            Error::NoDefaultEntry { .. } => "BW0009",
            Error::Arguments { .. } => "BW0010",
            Error::EntryType { .. } => "BW0011",
            Error::Limits(_) => "BW0012",
            Error::Memory { .. } => "BW0013",
            Error::Option { .. } => "BW0014",
            Error::ImportType { .. } => "BW0015",
            // BW0016 is in npm/index.js: this module cannot tell that it is not there.
            Error::ImportsModule { .. } => "BW0017",
        }
    }
}

impl From<raddle_threadify::Error> for Error {
    fn from(error: raddle_threadify::Error) -> Error {
        Error::Threadify { code: error.code(), message: error.to_string() }
    }
}

fn list(imports: &[MissingImport]) -> String {
    imports.iter().map(|import| format!("\n  {import}")).collect()
}

fn names(exports: &[String]) -> String {
    if exports.is_empty() { "no function".to_owned() } else { exports.join(", ") }
}
