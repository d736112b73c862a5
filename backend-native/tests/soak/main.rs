//! Many threads and processes, one after another and at once: nothing is left behind.
//!
//! These tests look at what a whole process holds, so they are a target of their own, and each runs in a process of its
//! own.

#[path = "../common/mod.rs"]
mod common;

mod alone;
mod bombs;
mod crowds;
mod footprint;
mod processes;
mod threads;
