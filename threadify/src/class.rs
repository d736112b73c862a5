//! What a module is.

use std::fmt;

/// What a module is, which decides what to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Class {
    /// A threaded program that has everything needed: threadify it.
    Ready,
    /// A threaded program that lacks linker symbols: link it again with the flags that the error names.
    Incomplete,
    /// Already threadified: run it as it is.
    RaddleDone,
    /// A wasi-threads program, which manages its own stacks and TLS: threadify it; only its waits are rewritten.
    WasiThreads,
    /// wasm-bindgen has applied its thread transform: threadify the module from before that step.
    WasmBindgenThreads,
    /// An Emscripten pthreads program, tied to Emscripten's JavaScript: build it another way.
    Emscripten,
    /// Linked for dynamic loading: link it statically.
    Dynamic,
    /// An object file: link it.
    Object,
    /// Built without threads: build it with atomics and a shared memory.
    NotThreaded,
    /// It has several memories, or one with pages of another size than 64 KiB: link it with one, of 64 KiB pages.
    Unsupported,
}

impl Class {
    /// Whether [`threadify`](crate::threadify) accepts it.
    #[must_use]
    pub fn is_accepted(self) -> bool {
        matches!(self, Class::Ready | Class::WasiThreads)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Class::Ready => "a threaded program, ready to be threadified",
            Class::Incomplete => "a threaded program that lacks linker symbols",
            Class::RaddleDone => "already threadified",
            Class::WasiThreads => "a wasi-threads program, ready to be threadified",
            Class::WasmBindgenThreads => "a program with wasm-bindgen's own threads",
            Class::Emscripten => "an Emscripten pthreads program",
            Class::Dynamic => "a dynamically linked program",
            Class::Object => "an object file",
            Class::NotThreaded => "a program built without threads",
            Class::Unsupported => "a program with memories that threads cannot share",
        })
    }
}
