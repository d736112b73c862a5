//! WASI preview 1 for programs with threads: all of its calls, on one state that every thread of a process shares.
//!
//! # A call never blocks
//! Each call is *tried*: it is [done](raddle_runtime_api::Tried::Done), with an error number, or not yet, with the
//! [`Interests`] that it waits for: descriptors, streams, a time. Whoever runs the threads waits for these in one place,
//! where a thread can be stopped, and tries the call again. So no thread is lost in a read, and nothing here knows how
//! threads are made, parked or stopped, nor which engine runs the program.
//!
//! # One state, any thread
//! [`State`] is `Send` and `Sync`, and a call on it needs nothing but numbers and the guest's memory. Where threads share
//! no objects (web workers), one worker holds the state and tries the calls of all: a call that does not block can be
//! made by anybody who reaches the memory.
//!
//! # Reading order
//! * [`abi`]: the calls in one table, numbers and layouts.
//! * `interests`: what a call that is not done waits for.
//! * [`system`]: what a platform supplies: directories, files, streams, clocks.
//! * `memory_files`, `streams`, `host`: what is there of these: files in memory, streams of any reader and writer, and
//!   the directories, streams and sockets of the host.
//! * `memory`: the guest's memory as calls use it. `path`: what a guest may name.
//! * `table`: descriptors.
//! * `calls`: the calls, a file a family.
//! * `builder`: [`Wasi`], what an embedder gives a process. `state`: what becomes of it.
//!
//! # What does not belong here
//! Engines, threads, parking, and any object that only one thread could reach.
#![forbid(unsafe_code)]

pub mod abi;
mod builder;
mod calls;
mod error;
#[cfg(unix)]
mod host;
mod interests;
mod memory;
mod memory_files;
mod path;
mod state;
mod streams;
pub mod system;
mod table;

#[cfg(unix)]
pub use crate::host::HostDirectory;
pub use crate::{
    builder::Wasi,
    calls::Calls,
    error::Error,
    interests::{Direction, Interest, Interests, Signal, Source},
    memory_files::MemoryFiles,
    state::State,
    streams::{Collected, Input, Output},
};
