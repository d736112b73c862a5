//! What the application that embeds raddle, and the system around it, may do to it: each is answered or works.
//!
//! The book's chapter on architecture has the list. These tests change what belongs to a whole process, so each runs in
//! one of its own.
#![cfg(target_os = "linux")]

#[path = "../common/mod.rs"]
mod common;

mod fork;
mod refused;
mod signals;
mod stacks;
