//! The protocols between a process's threads, over its control words. Each has a page beside its code, and in the
//! tests' `model` a model checker runs that code.
//!
//! Read `kernel`, what they all work on, then `lot`, the one way to block. `waits`, `mutex`, `condvar` and `join` are
//! ways to be blocked in it; `outside` is how a thread waits for what no thread of the process does, and `streams` who writes meanwhile. `thread_table` has the lives of threads, `slots` their stacks, `keys` their values. `end`
//! stops everybody, `postmortem` keeps where they stood, and `notifier` is the embedder's part.
//!
//! Instances, and who makes a call, do not belong here.

mod condvar;
pub(crate) mod end;
mod join;
pub(crate) mod kernel;
pub(crate) mod keys;
pub(crate) mod lot;
mod mutex;
mod notifier;
mod outside;
mod postmortem;
mod slots;
mod streams;
pub(crate) mod thread_table;
mod waits;

pub use self::{notifier::Notifier, slots::ThreadStack};
