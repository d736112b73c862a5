//! What a module is.

use std::fmt;

/// What a module is, and so what to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Class {
    /// A threaded program that has all that is needed: threadify it.
    Ready,
    /// A threaded program that lacks symbols of the linker: link it again with the flags that the error names.
    Incomplete,
    /// Threadified already: run it as it is.
    RaddleDone,
    /// A wasi-threads program, which makes its own stacks and TLS: threadify it, only its waits are turned.
    WasiThreads,
    /// wasm-bindgen's thread transform is in it: threadify the module from before.
    WasmBindgenThreads,
    /// An Emscripten pthreads program, bound to Emscripten's JavaScript: build it otherwise.
    Emscripten,
    /// Linked for dynamic loading: link it statically.
    Dynamic,
    /// An object file: link it.
    Object,
    /// Built without threads: build it with atomics and a shared memory.
    NotThreaded,
    /// It has several memories, or one with pages of another size than 64 KiB: link it otherwise.
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
            Class::Incomplete => "a threaded program that lacks symbols of the linker",
            Class::RaddleDone => "threadified already",
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
