//! One run of a program, as its page has it.
//!
//! # Reading order
//! An embedder meets `builder`, `handle`, `notifier` and, in `end`, the counts. `start` makes the one out of the other:
//! with `entry`, which function is called, and `job`, what workers are given. `page_process` is what the page does from
//! then on; it has its primitives from `host`, hands on what the workers send by `delivery`, and names the functions of
//! backtraces by `backtrace`.
//!
//! # What does not belong here
//! What threads mean is in `raddle-runtime-api`, and what workers do in `raddle-web-worker` and the workers' script.

mod backtrace;
mod builder;
mod delivery;
mod end;
mod entry;
mod handle;
mod host;
mod job;
mod notifier;
mod page_process;
mod start;

pub use builder::ProcessBuilder;
pub use end::Stats;
pub use handle::Process;
pub use notifier::Notifier;
#[cfg(feature = "js")]
pub(crate) use {entry::to_js, start::start};
