//! The guest ABI, version 1: what a wasm module may import from its host, and what the host calls in it.
//!
//! This is the only place where the ABI is defined. `threadify`, every backend and the guest SDK take names, numbers
//! and layouts from here, and the book's reference chapter is tested against it.
//!
//! Read in this order: `calls` (the calls, in one table), [`imports`] (their names and types), [`status`] (what they
//! return), [`attributes`] and [`mutex`] (what they find in guest memory), [`exports`] and [`section`] (what
//! `threadify` adds to a module for its host), [`entry`] (what else the host calls). [`wasi_threads`] has the
//! few names of another ABI that threads are started by. `named` and `codec` are tools.
//!
//! Nothing here may need `std`, a host or an engine, because guests compile this module, too.

pub mod attributes;
mod calls;
pub(crate) mod codec;
pub mod entry;
pub mod exports;
pub mod imports;
pub mod mutex;
mod named;
pub mod section;
pub mod status;
pub mod text;
pub mod wasi_threads;

pub use imports::MODULE;
pub(crate) use named::named;
pub use status::Status;

/// The version that [`MODULE`] stands for.
pub const VERSION: u32 = 1;

/// The largest thread id: ids are 1 to this, so that they also fit the 29 bits that wasi-threads allows.
pub const MAX_THREAD_ID: u32 = 0x1fff_ffff;

/// How many bytes of a thread's name are kept. A longer name is cut at a character boundary.
pub const MAX_NAME_LEN: usize = 63;

/// How many times the destructors of a thread's TLS keys are run if they keep setting new values.
pub const TLS_DESTRUCTOR_ROUNDS: u32 = 4;

/// The `fd` of standard output in the import `write`.
pub const STDOUT: i32 = 1;

/// The `fd` of standard error in the import `write`.
pub const STDERR: i32 = 2;

/// The time-out that waits for ever. Any negative number does; this is the one to use.
pub const FOREVER: i64 = -1;

/// The width of a module's pointers: that of its memory's addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointerWidth {
    /// 32-bit addresses, `P` is `i32`.
    Bits32,
    /// 64-bit addresses (the memory64 proposal), `P` is `i64`.
    Bits64,
}

impl PointerWidth {
    /// The size of a pointer in bytes: 4 or 8.
    #[must_use]
    pub const fn bytes(self) -> u32 {
        match self {
            PointerWidth::Bits32 => 4,
            PointerWidth::Bits64 => 8,
        }
    }

    /// The address in a number that an engine gave for a `P`: of 32-bit pointers its lower half counts.
    #[must_use]
    pub const fn address(self, value: i64) -> u64 {
        match self {
            PointerWidth::Bits32 => value as u32 as u64,
            PointerWidth::Bits64 => value as u64,
        }
    }
}

/// A value type of an ABI signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ty {
    /// The pointer type of the module's memory: `i32` or `i64`, by its [`PointerWidth`].
    P,
    /// A 32-bit integer, whatever the memory.
    I32,
    /// A 64-bit integer, whatever the memory.
    I64,
}

/// The type of a function of the ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The types of the parameters, in order.
    pub params: &'static [Ty],
    /// The types of the results: none or one.
    pub results: &'static [Ty],
}
