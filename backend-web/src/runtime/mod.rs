//! What all programs of a page share.
//!
//! # Reading order
//! `handle` is the [`Runtime`], as an embedder has it. `modules` compiles what every worker loads, which `assets` has.
//! `nursery` is the page's end of a worker that starts others, and `nurseries` has some ahead of need.
//!
//! # What does not belong here
//! Programs and processes: they have a runtime, and it knows them only as something to kill.

mod assets;
mod handle;
mod modules;
mod nurseries;
mod nursery;

pub(crate) use handle::Kill;
pub use handle::{Runtime, RuntimeOptions};
pub(crate) use modules::compile;
pub(crate) use nursery::{Message, Nursery, Unfit};
