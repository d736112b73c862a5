//! Why something could not be begun.

use raddle_runtime_api::{ConfigError, Hints, StartError, report};

/// Why a program or a process could not be made. How a process that was started *ended* is an
/// [`Outcome`](crate::Outcome), never an error.
///
/// The message is a sentence of its own: what caused the error is its [`source`](std::error::Error::source), what helps
/// its [`hint`](Error::hint), and its [`report`](Error::report) has all of them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The engine does not work here, or the system refuses what it needs.
    #[error("BN0001: the engine cannot work here")]
    Engine(#[source] wasmtime::Error),
    /// The module was refused by `threadify`; its message begins with its own code.
    #[error(transparent)]
    Threadify(#[from] raddle_threadify::Error),
    /// The module could not be compiled.
    #[error("BN0002: the module cannot be compiled")]
    Compile(#[source] wasmtime::Error),
    /// Linking failed, though every import is there and has the type that the module asks for.
    #[error("BN0003: the module cannot be linked")]
    Link(#[source] wasmtime::Error),
    /// The process could not be started; its message begins with a code that all backends share.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The bytes are no program that was saved by this version for this machine.
    #[error("BN0004: not a saved program: {reason}")]
    Saved {
        /// What is wrong.
        reason: String,
    },
    /// This process was forked from the one in which the runtime was made, and the runtime's threads are only there.
    #[error("BN0005: the runtime was made before this process was forked, and its threads are not here")]
    Forked,
}

/// What helps an embedder in Rust.
const HINTS: Hints = Hints {
    imports: "provide it through Program::linker and Program::process_with, or build the module without it",
    wasi: "give the process WASI with ProcessBuilder::wasi, of the feature `wasi`; of its versions that is preview 1",
    import_type: "define the import with the type that the module asks for",
    entry: "name one of them with ProcessBuilder::entry",
    entry_args: "give arguments of these types with ProcessBuilder::entry_args",
    memory: "lower the limit on memory, end other processes, or allow more (ulimit -v, vm.max_map_count)",
    thread: "allow more threads (ulimit -u, vm.max_map_count) or end other processes",
};

impl Error {
    /// The stable code: `BN` and a number; `ST` and a number, which all backends share, for a process that could not be
    /// started; or `TF` and a number for a module that `threadify` refused.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Engine(_) => "BN0001",
            Error::Threadify(error) => error.code(),
            Error::Compile(_) => "BN0002",
            Error::Link(_) => "BN0003",
            Error::Start(error) => error.code(),
            Error::Saved { .. } => "BN0004",
            Error::Forked => "BN0005",
        }
    }

    /// What helps; `None` when the message says it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Error::Engine(_) => {
                "run on a platform that wasmtime compiles for, where the system gives it memory and threads and lets it \
                 make memory executable; with a smaller wasm stack if that was set"
            }
            Error::Threadify(_) => return None,
            Error::Compile(_) => "build the module for the features that wasmtime has on by default",
            Error::Link(_) => "define no name of raddle's own",
            Error::Start(error) => return error.hint(&HINTS),
            Error::Saved { .. } => "save it again from the module with this version",
            Error::Forked => "make a Runtime in this process, or none before the fork",
        };
        Some(hint.into())
    }

    /// The error as people are told it: the message, then on lines of their own each cause, once, and the hint.
    #[must_use]
    pub fn report(&self) -> String {
        report(self, self.hint().as_deref())
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Error {
        Error::Start(error.into())
    }
}
