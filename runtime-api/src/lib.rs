//! The contract of raddle: what threads of a WebAssembly program are, whatever host runs them.
//!
//! # Who uses it
//! * *Guests* use [`abi`] alone, without the feature `host` and without `std`.
//! * *Backends* implement [`Host`], [`GuestMemory`] and [`Guest`], and wire a guest's imports to [`Threads`].
//! * *Embedders* meet its [`Outcome`], [`Limits`] and [`Event`] through a backend.
//!
//! # Reading order
//! [`abi`], what guests and hosts say to each other; [`Threads`], the calls; [`Host`], the primitives. Then the one
//! implementation of the former over the latter: `lot` (how a thread blocks), `table`, `join`, `mutex`, `condvar`,
//! `waits`, `keys`, `slots` and `end`, all over the control words in `words`. The protocols have a page beside their
//! code, and in the tests' `model` a model checker runs each of them as it stands. [`memory_host`] is a whole host in
//! plain Rust, without wasm: the reference for authors of backends.
//!
//! # What does not belong here
//! An engine, JavaScript, a thread of an operating system; anything that assumes that two threads can reach the same
//! Rust object.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(any(feature = "host", test))]
extern crate std;

pub mod abi;
mod codec;

#[cfg(feature = "host")]
mod attributes;
#[cfg(feature = "host")]
mod capability;
#[cfg(feature = "host")]
mod condvar;
#[cfg(feature = "host")]
mod config;
#[cfg(feature = "host")]
mod deadlock;
#[cfg(feature = "host")]
mod end;
#[cfg(feature = "host")]
mod event;
#[cfg(feature = "host")]
mod guest_bytes;
#[cfg(feature = "host")]
mod host;
#[cfg(feature = "host")]
mod join;
#[cfg(feature = "serde")]
mod json;
#[cfg(feature = "host")]
mod kernel;
#[cfg(feature = "host")]
mod keys;
#[cfg(feature = "host")]
mod lot;
#[cfg(feature = "host")]
pub mod memory_host;
#[cfg(all(test, feature = "host"))]
mod model;
#[cfg(feature = "host")]
mod mutex;
#[cfg(feature = "host")]
mod notifier;
#[cfg(feature = "host")]
mod outcome;
#[cfg(feature = "host")]
mod output;
#[cfg(feature = "host")]
mod postmortem;
#[cfg(feature = "host")]
mod process;
#[cfg(feature = "host")]
mod slots;
#[cfg(feature = "host")]
mod start;
#[cfg(feature = "host")]
mod table;
#[cfg(feature = "host")]
mod thread;
#[cfg(feature = "host")]
mod threads;
#[cfg(feature = "host")]
mod trap;
#[cfg(feature = "host")]
mod unwind;
#[cfg(feature = "host")]
mod waits;
#[cfg(feature = "host")]
mod words;

#[cfg(feature = "host")]
pub use crate::{
    capability::{Capabilities, Capability},
    config::{
        Config, ConfigError, DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, Limits, MAX_THREADS, MAX_TLS_KEYS,
        MIN_STACK_SIZE, MemoryPlan, PAGE,
    },
    deadlock::{BlockedThread, Waiting, cycles},
    event::{Event, Limit},
    guest_bytes::GuestBytes,
    host::{GuestMemory, Host, LaunchError, MemoryFault, Stream, Words},
    notifier::Notifier,
    outcome::{Outcome, ThreadLabel, Value},
    process::{NoProcess, Process, Stats},
    slots::ThreadStack,
    start::{Guest, GuestEnd, StartJob},
    thread::Thread,
    threads::Threads,
    trap::{Frame, Trap, TrapKind},
    unwind::{Call, Unwind},
    words::AtomicWords,
};
