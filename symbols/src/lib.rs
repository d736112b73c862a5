//! What a module says about its own functions, for backtraces: their names as their authors wrote them, source lines,
//! and the kind of instruction at an offset.
//!
//! [`demangle`] is for every host. `Symbols` (feature `dwarf`) is for hosts whose engine reports only a function's
//! index and an offset, as browsers do, and `without_costly_dwarf` is for those whose engine reads the module itself.
//! What a module says about itself is never trusted: whatever makes no sense is left out, and so is debug information
//! that costs far more to read than its size suggests.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "dwarf")]
mod cost;
mod demangle;
#[cfg(feature = "dwarf")]
mod sections;
#[cfg(feature = "dwarf")]
mod symbols;

#[cfg(feature = "dwarf")]
pub use cost::without_costly_dwarf;
pub use demangle::demangle;
#[cfg(feature = "dwarf")]
pub use symbols::Symbols;
