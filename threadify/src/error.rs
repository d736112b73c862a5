//! Why a module was refused.

use raddle_runtime_api::abi::{section::SectionError, text::Shown};

use crate::symbols::Missing;

/// Why a module was refused: what is wrong, where, and what to do. The text begins with the stable
/// [`code`](Error::code).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is WebAssembly text.
    #[error(
        "TF0001: this is WebAssembly text, not a binary module; assemble it first (wasm-tools parse in.wat -o out.wasm)"
    )]
    Text,
    /// The input does not begin like a wasm module.
    #[error(
        "TF0002: this is not WebAssembly: it does not begin with the bytes 00 61 73 6d (\\0asm); give the linked .wasm file"
    )]
    NotWasm,
    /// The input is a component.
    #[error(
        "TF0003: this is a component, not a core module; threads need a core module: build for wasm32-unknown-unknown, without \
         a componentizing step"
    )]
    Component,
    /// The input is an object file.
    #[error(
        "TF0004: this is an object file (it has a section \"linking\"), not a linked module; link it with wasm-ld first"
    )]
    Object,
    /// The input is not a valid module.
    #[error(
        "TF0005: not a valid module: {} (at offset {offset:#x}); build it again (with a newer linker, if \
        yours is old), or download it again",
        Shown(.message)
    )]
    Invalid {
        /// What the validator said.
        message: String,
        /// The offset in the input, in bytes.
        offset: usize,
    },
    /// The input is already threadified.
    #[error(
        "TF0006: the module is already threadified (it has a section raddle.threads); run it as it is, or start from \
        the \
         linker's output"
    )]
    AlreadyDone,
    /// The input's threads cannot share a memory.
    #[error(
        "TF0007: the module is not built for threads: {why}; compile with atomics (rustc -Ctarget-feature=+atomics,+bulk-memory \
         with -Zbuild-std=std,panic_abort, or clang -matomics -mbulk-memory) and link with {}; `raddle build` does it all",
        crate::flags::all()
    )]
    NotThreaded {
        /// What is missing.
        why: String,
    },
    /// Symbols that the linker leaves out by default are missing. All of them are listed.
    #[error("TF0008: the linker left out what every thread needs: {}; link again with {}", list(.symbols),
        crate::flags::exporting(.symbols.iter().map(|symbol| symbol.name)))]
    MissingSymbols {
        /// The symbols, each with its linker flag.
        symbols: Vec<Missing>,
    },
    /// A global is used like a stack pointer, and nothing says whether it is one.
    #[error(
        "TF0009: global {global} is used like a stack pointer, but it has no name and is not where wasm-ld puts that, so nothing \
        says whether it is one; link again with {}, or, if it is something else, give it a name",
        crate::flags::exporting(["__stack_pointer"])
    )]
    UnmarkedStackPointer {
        /// The global's index.
        global: u32,
    },
    /// A symbol exists, but is not what its name says.
    #[error("TF0010: `{name}` is {found}, not {expected}; do not define linker symbols yourself, or rename yours")]
    WrongSymbol {
        /// The symbol.
        name: String,
        /// What it is.
        found: String,
        /// What it has to be.
        expected: String,
    },
    /// The module is linked for dynamic loading.
    #[error(
        "TF0011: the module is linked for dynamic loading ({}); link it statically, without -shared, -pie and \
         --experimental-pic",
        Shown(.by)
    )]
    Dynamic {
        /// The section or the import that says so.
        by: String,
    },
    /// wasm-bindgen has applied its thread transform to the module.
    #[error(
        "TF0012: wasm-bindgen has transformed the module for its own threads ({}); threadify the module that cargo wrote \
         (target/wasm32-unknown-unknown/...), from before wasm-bindgen or wasm-pack ran",
        Shown(.by)
    )]
    WasmBindgenThreads {
        /// The export that says so.
        by: String,
    },
    /// The module needs Emscripten's own thread runtime in JavaScript.
    #[error(
        "TF0013: this is an Emscripten pthreads module ({}): it runs only with the JavaScript that emcc wrote for it; build \
         it with clang for wasm32-unknown-unknown, with the calls of raddle.h instead of pthreads",
        Shown(.by)
    )]
    Emscripten {
        /// The import or export that says so.
        by: String,
    },
    /// A memory's pages are not 64 KiB.
    #[error(
        "TF0014: the module's memory has pages of 2^{log2} bytes; link it without --page-size, to get pages of 64 KiB"
    )]
    PageSize {
        /// The base-2 logarithm of the page size.
        log2: u32,
    },
    /// The module has more than one memory.
    #[error("TF0015: the module has {count} memories, but threads share one; link it with one memory")]
    Memories {
        /// How many.
        count: usize,
    },
    /// The rewritten module would exceed a limit that engines share.
    #[error(
        "TF0016: with raddle's additions, the module has {count} {what}, but engines accept at most {limit}; split \
        the program"
    )]
    TooMany {
        /// What there would be too many of.
        what: &'static str,
        /// How many the output would have.
        count: u32,
        /// The limit.
        limit: u32,
    },
    /// The section `raddle.threads` cannot be read.
    #[error("TF0017: {0}")]
    Section(#[from] SectionError),
    /// The module uses a feature of WebAssembly that hosts do not have by default.
    #[error(
        "TF0019: the module uses a feature that hosts do not support by default: {} (at offset {offset:#x}); \
        build it without that feature \
         (for legacy exceptions: -Cpanic=abort with rustc, -fno-exceptions or -mllvm -wasm-use-legacy-eh=false with clang)",
        Shown(.message)
    )]
    Feature {
        /// What the validator said.
        message: String,
        /// The offset in the input, in bytes.
        offset: usize,
    },
    /// The section `raddle.threads` does not belong to this module.
    #[error(
        "TF0020: the section raddle.threads does not belong to this module: {}; threadify the original module again",
        Shown(.what)
    )]
    FalseSection {
        /// How the module differs from it.
        what: String,
    },
    /// The module has an export of threadified modules, but no section `raddle.threads`.
    #[error(
        "TF0021: the module exports `{export}`, as threadified modules do, but has no section raddle.threads; if a \
        tool stripped it, strip before threadify or make the tool keep that section; if the export is your own, \
        rename it"
    )]
    Stripped {
        /// The export.
        export: String,
    },
    /// `__wasm_init_tls` does something before it sets the TLS base.
    #[error(
        "TF0022: `__wasm_init_tls` does not begin by setting the thread's TLS base: an optimiser has merged the constructors \
        into it, which would run on every thread, before the thread has its variables; link again with {}",
        crate::flags::exporting(["__wasm_call_ctors"])
    )]
    TlsInit,
    /// Compiling the module would cost a host far more than its size suggests.
    #[error(
        "TF0023: the module has {count} {what}, which would take too long or too much memory to compile; hosts accept {limit}: \
        split what has so many"
    )]
    TooCostly {
        /// What there are too many of.
        what: &'static str,
        /// How many.
        count: u64,
        /// The limit.
        limit: u64,
    },
    /// The output is not valid: a bug in this crate, or an input that was not validated.
    #[error(
        "TF0018: the rewritten module is not valid: {} (at offset {offset:#x} of the output); this is a bug \
        in raddle, please report it with the module",
        Shown(.message)
    )]
    Output {
        /// What the validator said.
        message: String,
        /// The offset in the output, in bytes.
        offset: usize,
    },
}

impl Error {
    /// The stable code, such as `TF0008`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Text => "TF0001",
            Error::NotWasm => "TF0002",
            Error::Component => "TF0003",
            Error::Object => "TF0004",
            Error::Invalid { .. } => "TF0005",
            Error::AlreadyDone => "TF0006",
            Error::NotThreaded { .. } => "TF0007",
            Error::MissingSymbols { .. } => "TF0008",
            Error::UnmarkedStackPointer { .. } => "TF0009",
            Error::WrongSymbol { .. } => "TF0010",
            Error::Dynamic { .. } => "TF0011",
            Error::WasmBindgenThreads { .. } => "TF0012",
            Error::Emscripten { .. } => "TF0013",
            Error::PageSize { .. } => "TF0014",
            Error::Memories { .. } => "TF0015",
            Error::TooMany { .. } => "TF0016",
            Error::Section(_) => "TF0017",
            Error::Output { .. } => "TF0018",
            Error::Feature { .. } => "TF0019",
            Error::FalseSection { .. } => "TF0020",
            Error::Stripped { .. } => "TF0021",
            Error::TlsInit => "TF0022",
            Error::TooCostly { .. } => "TF0023",
        }
    }
}

impl From<wasmparser::Error> for Error {
    fn from(error: wasmparser::Error) -> Error {
        if error.missing_wasm_feature().is_some() {
            return Error::Feature { message: error.message().to_owned(), offset: error.offset() };
        }
        Error::Invalid { message: error.message().to_owned(), offset: error.offset() }
    }
}

fn list(symbols: &[Missing]) -> String {
    symbols.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_begins_with_the_code_and_no_code_is_used_twice() {
        let (text, offset) = (String::new, 0);
        let all = [
            Error::Text,
            Error::NotWasm,
            Error::Component,
            Error::Object,
            Error::Invalid { message: text(), offset },
            Error::AlreadyDone,
            Error::NotThreaded { why: text() },
            Error::MissingSymbols { symbols: Vec::new() },
            Error::UnmarkedStackPointer { global: 0 },
            Error::WrongSymbol { name: text(), found: text(), expected: text() },
            Error::Dynamic { by: text() },
            Error::WasmBindgenThreads { by: text() },
            Error::Emscripten { by: text() },
            Error::PageSize { log2: 0 },
            Error::Memories { count: 2 },
            Error::TooMany { what: "tables", count: 101, limit: 100 },
            Error::Section(SectionError::Missing { tag: 1 }),
            Error::Output { message: text(), offset },
            Error::Feature { message: text(), offset },
            Error::FalseSection { what: text() },
            Error::Stripped { export: text() },
            Error::TlsInit,
            Error::TooCostly { what: "loops", count: 2, limit: 1 },
        ];
        for (number, error) in (1..).zip(&all) {
            assert_eq!(error.code(), format!("TF{number:04}"));
            assert!(error.to_string().starts_with(&format!("{}: ", error.code())), "{error}");
        }
    }
}
