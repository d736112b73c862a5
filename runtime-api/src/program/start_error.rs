//! [`StartError`]: why a process could not be started, the same for every backend; and how any error is told.

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::{error::Error, fmt};

use super::ConfigError;
use crate::{
    abi::text::{Lines, Shown},
    outcome::{FunctionType, ValueType},
};

/// Why a process could not be started. Nothing of it has run.
///
/// The message is a sentence of its own; what caused it is its [`source`](Error::source), and what helps its
/// [`hint`](StartError::hint). [`report`] has all of them.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The module imports what nobody provides. The message lists the first twenty.
    #[error("ST0001: the module imports what nobody provides:{}", lines(imports))]
    MissingImports {
        /// The imports, in the module's order.
        imports: Vec<ImportName>,
    },
    /// An import has another type than what is provided under its name.
    #[error("ST0002: the module imports {import} as {found}, and it is {expected}")]
    ImportType {
        /// The import.
        import: ImportName,
        /// Its type in the module.
        found: String,
        /// The type of what is provided.
        expected: String,
    },
    /// An import is no function. What else there is belongs to one instance, and each thread has its own.
    #[error("ST0010: the module imports {import} as {kind}, and only functions can be provided")]
    ImportKind {
        /// The import.
        import: ImportName,
        /// What it is.
        kind: String,
    },
    /// There is no such entry.
    #[error("ST0003: the module exports no function '{}'; it exports {}", Shown(name), list(exports))]
    NoEntry {
        /// The name that was looked for.
        name: String,
        /// What can be called.
        exports: Vec<(String, FunctionType)>,
    },
    /// The module exports neither `_start` nor `main`, and no entry was named.
    #[error("ST0004: the module exports neither '_start' nor 'main'; it exports {}", list(exports))]
    NoDefaultEntry {
        /// What can be called.
        exports: Vec<(String, FunctionType)>,
    },
    /// The entry takes other arguments.
    #[error("ST0005: '{}' takes ({}) and was given ({})", Shown(name), types(expected), types(found))]
    EntryArgs {
        /// The entry.
        name: String,
        /// The types that it takes.
        expected: Vec<ValueType>,
        /// The types that it was given.
        found: Vec<ValueType>,
    },
    /// The entry takes or returns something other than numbers.
    #[error("ST0006: '{}' takes or returns something other than numbers", Shown(name))]
    EntryType {
        /// The entry.
        name: String,
    },
    /// The limits make no sense for this module.
    #[error("ST0007: {0}")]
    Limits(ConfigError),
    /// The shared memory could not be made.
    #[error("ST0008: a memory of at most {maximum} bytes cannot be reserved")]
    Memory {
        /// The maximum in bytes.
        maximum: u64,
        /// What the engine said.
        source: Cause,
    },
    /// The host has no thread for the main thread, or none to watch its time limit.
    #[error("ST0009: the host has no thread for the process")]
    Thread {
        /// What the host said.
        source: Cause,
    },
}

/// What the engine or the system said.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// An import's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ImportName {
    /// The module name.
    pub module: String,
    /// The field name.
    pub name: String,
}

impl fmt::Display for ImportName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", Shown(&self.module), Shown(&self.name))
    }
}

/// What helps, in the words of whoever starts processes: an embedder in Rust, a page, a command. Each is a clause that
/// begins in lower case and has no full stop.
#[derive(Debug, Clone, Copy)]
pub struct Hints {
    /// Against [`StartError::MissingImports`].
    pub imports: &'static str,
    /// Against the same, if one of them is of WASI.
    pub wasi: &'static str,
    /// Against [`StartError::ImportType`].
    pub import_type: &'static str,
    /// Against [`StartError::NoEntry`] and [`StartError::NoDefaultEntry`].
    pub entry: &'static str,
    /// Against [`StartError::EntryArgs`].
    pub entry_args: &'static str,
    /// Against [`StartError::Memory`].
    pub memory: &'static str,
    /// Against [`StartError::Thread`].
    pub thread: &'static str,
}

impl StartError {
    /// The shared memory could not be made: of at most so many bytes, and why.
    pub fn memory(maximum: u64, cause: impl Into<Box<dyn Error + Send + Sync>>) -> StartError {
        StartError::Memory { maximum, source: cause.into().into() }
    }

    /// The host has no thread, and why.
    pub fn thread(cause: impl Into<Box<dyn Error + Send + Sync>>) -> StartError {
        StartError::Thread { source: cause.into().into() }
    }

    /// The stable code: `ST` and a number.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            StartError::MissingImports { .. } => "ST0001",
            StartError::ImportType { .. } => "ST0002",
            StartError::ImportKind { .. } => "ST0010",
            StartError::NoEntry { .. } => "ST0003",
            StartError::NoDefaultEntry { .. } => "ST0004",
            StartError::EntryArgs { .. } => "ST0005",
            StartError::EntryType { .. } => "ST0006",
            StartError::Limits(_) => "ST0007",
            StartError::Memory { .. } => "ST0008",
            StartError::Thread { .. } => "ST0009",
        }
    }

    /// What helps; `None` when the message says it.
    #[must_use]
    pub fn hint(&self, hints: &Hints) -> Option<String> {
        Some(match self {
            StartError::MissingImports { imports }
                if imports.iter().any(|import| import.module.starts_with("wasi")) =>
            {
                hints.wasi.into()
            }
            StartError::MissingImports { .. } => hints.imports.into(),
            StartError::ImportType { .. } => hints.import_type.into(),
            StartError::ImportKind { .. } => {
                "build the module so that it has that itself: link it without the flag that imports it, or define it in the program"
                    .into()
            }
            StartError::NoEntry { exports, .. } | StartError::NoDefaultEntry { exports } if exports.is_empty() => {
                "export a function with the linker's --export=NAME".into()
            }
            StartError::NoEntry { .. } | StartError::NoDefaultEntry { .. } => hints.entry.into(),
            StartError::EntryArgs { .. } => hints.entry_args.into(),
            StartError::EntryType { .. } => "name a function of i32, i64, f32 and f64 only".into(),
            StartError::Limits(_) => return None,
            StartError::Memory { .. } => hints.memory.into(),
            StartError::Thread { .. } => hints.thread.into(),
        })
    }
}

impl From<ConfigError> for StartError {
    fn from(error: ConfigError) -> StartError {
        StartError::Limits(error)
    }
}

/// An error as people are told it: its message, then on lines of their own each cause, once, and what helps.
#[must_use]
pub fn report(error: &dyn Error, hint: Option<&str>) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // An engine's message may quote the module.
        text += &format!("\ncaused by: {}", Lines(&error.to_string()));
        cause = error.source();
    }
    if let Some(hint) = hint {
        text += &format!("\nhint: {hint}");
    }
    text
}

/// How many names a message lists. The error has all of them.
const LISTED: usize = 20;

/// Lines for a message, and how many there are beyond it.
fn lines(items: &[impl fmt::Display]) -> String {
    let mut text: String = items.iter().take(LISTED).map(|item| format!("\n  {item}")).collect();
    if items.len() > LISTED {
        text += &format!("\n  and {} more", items.len() - LISTED);
    }
    text
}

fn list(exports: &[(String, FunctionType)]) -> String {
    if exports.is_empty() {
        return "none that can be called".into();
    }
    let mut functions: Vec<_> = exports.iter().map(|(name, ty)| format!("{}{ty}", Shown(name))).collect();
    functions.sort();
    format!("these:{}", lines(&functions))
}

fn types(types: &[ValueType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    const HINTS: Hints = Hints {
        imports: "provide it",
        wasi: "give it WASI",
        import_type: "declare it so",
        entry: "name one",
        entry_args: "give them",
        memory: "ask for less",
        thread: "wait",
    };

    fn told(error: &StartError) -> String {
        report(error, error.hint(&HINTS).as_deref())
    }

    fn import(module: &str, name: &str) -> ImportName {
        ImportName { module: module.into(), name: name.into() }
    }

    #[test]
    fn each_says_what_is_wrong_and_what_helps() {
        let f = || {
            vec![
                ("g".into(), FunctionType::new([], [])),
                ("f".into(), FunctionType::new([ValueType::I32], [ValueType::F64])),
            ]
        };
        let errors = [
            (
                StartError::MissingImports { imports: vec![import("env", "f"), import("env", "g")] },
                "ST0001: the module imports what nobody provides:\n  env.f\n  env.g\nhint: provide it",
            ),
            (
                StartError::ImportType {
                    import: import("env", "f"),
                    found: "a memory".into(),
                    expected: "a table".into(),
                },
                "ST0002: the module imports env.f as a memory, and it is a table\nhint: declare it so",
            ),
            (
                StartError::ImportKind { import: import("env", "g"), kind: "a var global of the type i32".into() },
                "ST0010: the module imports env.g as a var global of the type i32, and only functions can be provided\n\
                 hint: build the module so that it has that itself: link it without the flag that imports it, or define it in \
                 the program",
            ),
            (
                StartError::NoEntry { name: "h".into(), exports: f() },
                "ST0003: the module exports no function 'h'; it exports these:\n  f(i32) -> (f64)\n  g() -> ()\nhint: name one",
            ),
            (
                StartError::NoDefaultEntry { exports: vec![] },
                "ST0004: the module exports neither '_start' nor 'main'; it exports none that can be called\n\
                hint: export a function with the linker's --export=NAME",
            ),
            (
                StartError::EntryArgs {
                    name: "f".into(),
                    expected: vec![ValueType::I32, ValueType::F64],
                    found: vec![],
                },
                "ST0005: 'f' takes (i32, f64) and was given ()\nhint: give them",
            ),
            (
                StartError::EntryType { name: "f".into() },
                "ST0006: 'f' takes or returns something other than numbers\nhint: name a function of i32, i64, f32 and f64 only",
            ),
            (
                ConfigError::Threads { found: 0 }.into(),
                "ST0007: a process cannot have 0 threads: give a limit from 1 to 32768",
            ),
            (
                StartError::memory(65536, "the system is full"),
                "ST0008: a memory of at most 65536 bytes cannot be reserved\ncaused by: the system is full\nhint: ask for less",
            ),
            (
                StartError::thread("no more"),
                "ST0009: the host has no thread for the process\ncaused by: no more\nhint: wait",
            ),
        ];
        for (error, text) in errors {
            assert_eq!(told(&error), text);
            assert!(text.starts_with(error.code()));
        }
    }

    #[test]
    fn a_module_for_wasi_is_told_so() {
        let error = StartError::MissingImports { imports: vec![import("wasi_snapshot_preview1", "fd_write")] };
        let hint = error.hint(&HINTS).unwrap();
        assert_eq!(hint, "give it WASI");
    }

    #[test]
    fn a_message_is_bounded_however_many_names_a_module_has() {
        let imports = (0..40_000).map(|number| import("env", &number.to_string())).collect();
        let text = StartError::MissingImports { imports }.to_string();
        assert!(text.ends_with("\n  env.19\n  and 39980 more"), "{text}");
        let exports = (0..21).map(|number| (format!("f{number:02}"), FunctionType::new([], []))).collect();
        let text = StartError::NoDefaultEntry { exports }.to_string();
        assert!(text.ends_with("\n  f19() -> ()\n  and 1 more"), "{text}");
    }
}
