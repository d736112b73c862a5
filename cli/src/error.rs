//! What goes wrong before or after a program runs, in words for the terminal.

use std::{
    io,
    path::{Path, PathBuf},
};

use raddle_backend_native::MissingImport;

use crate::{run::ArgumentError, status};

/// An error of the command, which begins with its stable code. How a *program* ended is no error: see [`crate::run`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Error {
    /// A file cannot be opened, read or written.
    #[error("RD0001: cannot {doing} {}: {source}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },

    /// A directory where a file is meant.
    #[error("RD0002: {} is a directory; name a file in it", path.display())]
    Directory { path: PathBuf },

    /// The file to write is read-only.
    #[error("RD0003: {} is read-only and stays as it is; make it writable or name another file", path.display())]
    ReadOnly { path: PathBuf },

    /// The file is larger than any module.
    #[error("RD0004: {} is larger than the {limit} bytes that a module can have; check the file's name", path.display())]
    TooLarge { path: PathBuf, limit: u64 },

    /// threadify refuses the module.
    #[error("{}: {source}", path.display())]
    Module { path: PathBuf, source: raddle_threadify::Error },

    /// The backend refuses the module, or the limits that it shall run with.
    #[error("{}: {source}", path.display())]
    Program { path: PathBuf, source: raddle_backend_native::Error },

    /// The module imports what the command does not provide: all of it is listed.
    #[error(
        "RD0014: {} imports what nobody provides:{}\n`raddle run` provides the calls of {} and nothing else: build the module \
         without these{}",
        path.display(),
        list(imports),
        raddle_runtime_api::abi::MODULE,
        wasi_mend(imports)
    )]
    Imports { path: PathBuf, imports: Vec<MissingImport> },

    /// The host cannot run programs at all.
    #[error(transparent)]
    Host(raddle_backend_native::Error),

    /// The stack check was asked for a module that was threadified without.
    #[error(
        "RD0005: {} was threadified without the stack check; run the linker's output with --stack-check, or threadify that with \
         --stack-check",
        path.display()
    )]
    Unchecked { path: PathBuf },

    /// There is nothing to run without being told what.
    #[error("RD0006: {} exports neither `_start` nor `main`; name what to run with --invoke\n{exports}", path.display())]
    NoEntry { path: PathBuf, exports: String },

    /// The export that `--invoke` names is not there.
    #[error("RD0007: {} exports no function `{name}` of numbers\n{exports}", path.display())]
    NoExport { path: PathBuf, name: String, exports: String },

    /// The arguments do not fit the export.
    #[error("RD0008: {0}")]
    Arguments(#[from] ArgumentError),

    /// The handler of Ctrl-C cannot be set.
    #[error("RD0009: cannot take the signals that end the program: {0}")]
    Signals(#[from] ctrlc::Error),

    /// There is no toolchain for `raddle build`.
    #[error("RD0010: {0}")]
    Toolchain(#[from] crate::build::ToolchainError),

    /// An option of `raddle build` that is raddle's to choose.
    #[error("RD0011: {option} is chosen by raddle: leave it out")]
    CargoOption { option: String },

    /// cargo failed, and has said why.
    #[error("RD0012: cargo build failed; what it says above is the reason")]
    Cargo,

    /// cargo made no module.
    #[error(
        "RD0013: the build made no wasm module: the package needs a binary (src/main.rs) or a library with crate-type = \
         [\"cdylib\"]"
    )]
    NoModule,

    /// A command that is a program of its own is not installed.
    #[error(
        "RD0016: `raddle {name}` is a program of its own, raddle-{name}, and there is none beside raddle or on the PATH; \
         `cargo install raddle --features {name}` installs it (in raddle's repository `--path cli` instead of `raddle`)"
    )]
    NoProgram { name: &'static str },

    /// That program is there and does not start.
    #[error("RD0017: cannot start {}: {source}", path.display())]
    Start { path: PathBuf, source: io::Error },
}

impl Error {
    /// What the backend says of the module at `path`.
    pub(crate) fn program(path: &Path, error: raddle_backend_native::Error) -> Error {
        let path = path.to_owned();
        match error {
            raddle_backend_native::Error::Imports { imports } => Error::Imports { path, imports },
            source => Error::Program { path, source },
        }
    }

    /// The exit status that it gives.
    pub(crate) fn status(&self) -> i32 {
        match self {
            Error::CargoOption { .. } | Error::Arguments(_) => status::USAGE,
            _ => status::BAD_INPUT,
        }
    }
}

fn list(imports: &[MissingImport]) -> String {
    imports.iter().map(|import| format!("\n  {import}")).collect()
}

fn wasi_mend(imports: &[MissingImport]) -> &'static str {
    match imports.iter().any(|import| import.module.starts_with("wasi")) {
        true => ", for wasm32-unknown-unknown instead of WASI (as `raddle build` does)",
        false => "",
    }
}

/// Says of an I/O error what was being done, and to which file.
pub(crate) trait IoResultExt<T> {
    fn during(self, doing: &'static str, path: &Path) -> Result<T, Error>;
}

impl<T> IoResultExt<T> for io::Result<T> {
    fn during(self, doing: &'static str, path: &Path) -> Result<T, Error> {
        self.map_err(|source| Error::Io { doing, path: path.into(), source })
    }
}
