//! Many threads and processes, one after another and at once: nothing is left behind.
//!
//! These tests look at what the whole test process holds, so they are a target of their own, and run one after another.

#[path = "../common/mod.rs"]
mod common;

mod footprint;
mod processes;
mod threads;
