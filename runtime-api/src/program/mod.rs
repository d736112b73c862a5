//! What a process is made of: what its embedder may set, what it calls, and how it is laid out.
//!
//! Read `limits` first, the declaration of all limits, with `limit_table`, the same as a table. `config` makes a layout
//! of them and the module's section; `unit` has the sizes of the thread slots. `entry` finds what the main thread
//! calls, and `start_error` says why there is no process.
//!
//! Nothing about a running process belongs here.

mod config;
mod entry;
mod limit_table;
mod limits;
mod start_error;
pub(crate) mod unit;

pub use self::{
    config::{Config, ConfigError, MemoryPlan},
    entry::{Entry, Exports},
    limit_table::{LimitInfo, LimitKind},
    limits::{
        DEFAULT_MAX_INSTANCE_MEMORY, DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, Limits, MAX_THREADS, MAX_TLS_KEYS,
        MIN_STACK_SIZE, PAGE,
    },
    start_error::{Cause, Hints, ImportName, StartError, report},
};
