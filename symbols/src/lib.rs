//! What a module says of its own functions, for backtraces: their names as their authors wrote them, source lines, and what instruction stands
//! where.
//!
//! [`demangle`] is for every host. `Symbols` (feature `dwarf`) is for hosts whose engine tells only a function's index and an offset, as browsers do. What
//! a module says of itself is never trusted: whatever makes no sense is left out, and nothing takes longer than reading it once.
#![forbid(unsafe_code)]

mod demangle;
#[cfg(feature = "dwarf")]
mod symbols;

pub use demangle::demangle;
#[cfg(feature = "dwarf")]
pub use symbols::Symbols;
