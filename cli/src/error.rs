//! What can go wrong before or after a program runs, as messages for the terminal.

use std::{
    io,
    path::{Path, PathBuf},
};

use raddle_runtime_api::{ConfigError, Hints, StartError, report};

use crate::status;

/// An error of the command, which begins with its stable code. How a *program* ended is not an error: see
/// [`crate::run`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Error {
    /// A file cannot be opened, read or written.
    #[error("RD0001: cannot {doing} {}: {source}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },

    /// A directory where a file is expected.
    #[error("RD0002: {} is a directory; name a file in it", path.display())]
    Directory { path: PathBuf },

    /// The file to write is read-only.
    #[error("RD0003: {} is read-only and stays as it is; make it writable or name another file", path.display())]
    ReadOnly { path: PathBuf },

    /// The report would replace the module.
    #[error("RD0016: the report would replace the module {}; name another file", path.display())]
    ReportOverModule { path: PathBuf },

    /// The file is larger than any module can be.
    #[error("RD0004: {} is larger than the {limit} bytes that a module can have; check the file's name", path.display())]
    TooLarge { path: PathBuf, limit: u64 },

    /// threadify refuses the module.
    #[error("{}: {source}", path.display())]
    Module { path: PathBuf, source: raddle_threadify::Error },

    /// The backend refuses the module, or what it shall run with.
    #[error("{}: {}", path.display(), told(error))]
    Program { path: PathBuf, error: raddle_backend_native::Error },

    /// The host cannot run programs at all.
    #[error("{}", told(.0))]
    Host(raddle_backend_native::Error),

    /// The stack check was asked for, but the module was threadified without it.
    #[error(
        "RD0005: {} was threadified without the stack check; run the linker's output with --stack-check, or threadify that with \
         --stack-check",
        path.display()
    )]
    Unchecked { path: PathBuf },

    /// Arguments after the module.
    #[error(
        "RD0006: what follows the module is for the program itself, and this one cannot read it, for it imports \
        nothing of WASI; raddle's own options go before the module, as do numbers for the entry: --entry-args 5,-0.5"
    )]
    ProgramArgs,

    /// What the program is given of WASI is not possible.
    #[error("{}", report(.0, Some(.0.hint())))]
    Wasi(#[from] raddle_backend_native::wasi::Error),

    /// An address cannot be listened at.
    #[error("RD0017: cannot listen at {address}: {source}")]
    Listen { address: std::net::SocketAddr, source: std::io::Error },

    /// The arguments do not fit the entry.
    #[error("RD0007: {0}")]
    Arguments(#[from] ArgumentError),

    /// No handler for Ctrl-C can be installed.
    #[error("RD0009: cannot install the handler for Ctrl-C: {0}")]
    Signals(io::Error),

    /// There is no toolchain for `raddle build`.
    #[error("RD0010: {0}")]
    Toolchain(#[from] crate::build::ToolchainError),

    /// An option of cargo that `raddle build` sets itself.
    #[error("RD0011: raddle sets {option} itself: leave it out")]
    CargoOption { option: String },

    /// cargo failed; it has said why.
    #[error("RD0012: cargo build failed, for the reason above")]
    Cargo,

    /// cargo produced no module.
    #[error(
        "RD0013: the build produced no wasm module: the package needs a binary (src/main.rs) or a library with crate-type = \
         [\"cdylib\"]"
    )]
    NoModule,

    /// A command that is a separate program is not installed.
    #[error(
        "RD0008: `raddle {name}` is a separate program, raddle-{name}, which is neither beside raddle nor on the \
        PATH; install it with `cargo install raddle --features {name}` (in raddle's repository, `--path cli` instead \
        of `raddle`)"
    )]
    NoProgram { name: &'static str },

    /// That program exists but does not start.
    #[error("RD0014: cannot start {}: {source}", path.display())]
    Start { path: PathBuf, source: io::Error },
}

/// What helps a user of the command.
const HINTS: Hints = Hints {
    imports: "`raddle run` provides the calls of raddle_v1 and nothing else: build the module without these",
    wasi: "`raddle run` provides preview 1 of WASI (wasi_snapshot_preview1) and thread-spawn: build for wasm32-wasip1-threads",
    import_type: "declare the import as the guest ABI does",
    entry: "name one of them with --entry",
    entry_args: "give arguments of these types with --entry-args",
    memory: "lower --max-memory, end other programs, or allow more (ulimit -v, vm.max_map_count)",
    thread: "allow more threads (ulimit -u, vm.max_map_count) or end other programs",
};

/// What the backend says, its causes, and what helps.
fn told(error: &raddle_backend_native::Error) -> String {
    match error {
        raddle_backend_native::Error::Start(error) => report(error, error.hint(&HINTS).as_deref()),
        error => error.report(),
    }
}

/// Why arguments do not fit the entry that they are meant for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ArgumentError {
    /// Too many or too few.
    #[error("`{entry}` takes {expected} argument{}, not {found}\nusage: {usage}", if *expected == 1 { "" } else { "s" })]
    Count { entry: String, expected: usize, found: usize, usage: String },

    /// One that is not a number of the parameter's type.
    #[error("argument {position} of `{entry}` is `{text}`, but has to be {expected}\nusage: {usage}")]
    Type { entry: String, position: usize, text: String, expected: &'static str, usage: String },
}

impl Error {
    /// What the backend says about the module at `path`.
    pub(crate) fn program(path: &Path, error: raddle_backend_native::Error) -> Error {
        Error::Program { path: path.to_owned(), error }
    }

    /// The exit status that it gives.
    pub(crate) fn status(&self) -> i32 {
        use raddle_backend_native::Error::Start;

        match self {
            Error::CargoOption { .. } | Error::ProgramArgs | Error::Wasi(_) | Error::Arguments(_) => status::USAGE,
            Error::Program { error: Start(StartError::Limits(ConfigError::Threads { .. })), .. } => status::USAGE,
            _ => status::BAD_INPUT,
        }
    }
}

/// Adds to an I/O error what was being done, and to which file.
pub(crate) trait IoResultExt<T> {
    fn during(self, doing: &'static str, path: &Path) -> Result<T, Error>;
}

impl<T> IoResultExt<T> for io::Result<T> {
    fn during(self, doing: &'static str, path: &Path) -> Result<T, Error> {
        self.map_err(|source| Error::Io { doing, path: path.into(), source })
    }
}
