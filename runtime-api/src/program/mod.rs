//! What a process is made from: the limits that its embedder may set, and its layout.
//!
//! Read `limits` first, then `config`, which makes a layout from them and the module's section; `unit` has the sizes of
//! the thread slots.
//!
//! Nothing about a running process belongs here.

mod config;
mod limits;
pub(crate) mod unit;

pub use self::{
    config::{Config, ConfigError, MemoryPlan},
    limits::{DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, Limits, MAX_THREADS, MAX_TLS_KEYS, MIN_STACK_SIZE, PAGE},
};
