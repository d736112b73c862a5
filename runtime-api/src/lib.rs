//! The contract of raddle: what the threads of a WebAssembly program are, whatever host runs them.
//!
//! # Who uses it
//! * *Guests* use [`abi`] alone, without the feature `host` and without `std`.
//! * *Backends* implement [`Host`], [`GuestMemory`] and [`Instance`], and wire a guest's imports to [`Threads`].
//! * *Embedders* use [`Outcome`], [`Limits`] and [`Event`] through a backend.
//!
//! # Reading order
//! From the ground up; each folder uses only those before it, and says in what order to read it.
//!
//! * [`abi`]: what guests and hosts say to each other.
//! * `outcome`: how a process ended, and what it reports until then.
//! * `host`: what a backend supplies.
//! * `words`: the control words as typed records.
//! * `program`: limits, a process's layout and entry, and why it could not be started.
//! * `protocols`: how threads block, wake, join, end; each with a page beside its code.
//! * `process`: what backends and guests call: [`Process`], [`StartJob`], [`Threads`].
//! * [`memory_host`]: a whole host in plain Rust, without wasm: the reference for authors of backends.
//! * `model`: a model checker that runs the protocols' own code. Tests only.
//!
//! # What does not belong here
//! Engines, JavaScript, OS threads; anything that assumes that two threads can reach the same Rust object.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(any(feature = "host", test))]
extern crate std;

pub mod abi;
#[cfg(feature = "host")]
mod host;
#[cfg(feature = "host")]
pub mod memory_host;
#[cfg(all(test, feature = "host"))]
mod model;
#[cfg(feature = "host")]
mod outcome;
#[cfg(feature = "host")]
mod process;
#[cfg(feature = "host")]
mod program;
#[cfg(feature = "host")]
mod protocols;
#[cfg(feature = "host")]
mod words;

#[cfg(feature = "host")]
pub use crate::{
    host::{
        Answer, Call, Capabilities, Capability, GuestBytes, GuestMemory, Host, LaunchError, MemoryFault, StartJob,
        Stream, Tried, Unwind, Words,
    },
    outcome::{
        BlockedThread, Event, Failure, Frame, FunctionType, Limit, Outcome, ThreadLabel, Trap, TrapKind, Value,
        ValueType, Waiting, cycles,
    },
    process::{Instance, InstanceEnd, NoProcess, Process, Stats, Thread, Threads, call_import},
    program::{
        Cause, Config, ConfigError, DEFAULT_MAX_INSTANCE_MEMORY, DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, Entry,
        Exports, Hints, ImportName, LimitInfo, LimitKind, Limits, MAX_THREADS, MAX_TLS_KEYS, MIN_STACK_SIZE,
        MemoryPlan, PAGE, StartError, report,
    },
    protocols::{Notifier, ThreadStack},
    words::AtomicWords,
};
