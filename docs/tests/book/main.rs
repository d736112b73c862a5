//! The book is true: its tables are those of the code, its samples and links exist.
//!
//! Nothing here runs a program; `samples.rs` does.

mod abi;
mod calls;
mod columns;
mod commands;
mod conformance;
mod errors;
mod flags;
mod invariants;
mod limits;
mod links;
mod names;
mod published;
mod readme;
mod text;
mod wasi;
