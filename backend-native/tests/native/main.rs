//! Programs on the native backend, from start to outcome: that the primitives are wired to the semantics, which
//! `runtime-api` tests for itself.
//!
//! One target for all of it, as each would link the engine. What looks at the whole test process is not here, but in
//! `soak`: these tests run beside each other.

#[path = "../common/mod.rs"]
mod common;

mod awaits;
mod deadlocks;
mod ends;
mod engines;
mod exceptions;
mod neighbours;
mod outside;
mod processes;
mod stacks;
#[cfg(unix)]
mod wasi;
