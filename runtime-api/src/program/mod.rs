//! What a process is made of: what its embedder may set, and how it is laid out.
//!
//! Read `limits` first, then `config`, which makes a layout of them and the module's section; `unit` has the sizes of the
//! thread slots.
//!
//! Nothing of a running process comes in here.

mod config;
mod limits;
pub(crate) mod unit;

pub use self::{
    config::{Config, ConfigError, MemoryPlan},
    limits::{DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, Limits, MAX_THREADS, MAX_TLS_KEYS, MIN_STACK_SIZE, PAGE},
};
