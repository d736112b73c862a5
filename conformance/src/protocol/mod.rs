//! The protocol between the suite and an adapter that is a program: JSON, a line each, on the program's standard input and output.
//!
//! `request` and `answer` are the messages, [`serve`] is the program's side for adapters in Rust. `conformance/schemas/protocol.schema.json` is
//! the contract, and the book's chapter on the suite explains it.

mod answer;
mod request;
mod serve;

pub(crate) use answer::{DescribeAnswer, RunAnswer};
pub(crate) use request::{Request, RunRequest};
pub use serve::serve;

/// The version of the protocol. It changes when a field goes or changes its meaning; fields may be added without that.
pub const VERSION: u32 = 1;
