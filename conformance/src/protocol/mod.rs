//! The protocol between the suite and an adapter that is a program: one JSON object per line, on the program's standard
//! input and output.
//!
//! `request` and `answer` are the messages, `limits` a part of the first, `text` writes and reads them for others,
//! [`serve`] is the program's side for adapters in Rust. `conformance/schemas/protocol.schema.json` is the contract,
//! and the book's chapter on the suite explains it.

mod answer;
mod limits;
mod request;
mod serve;
mod text;

pub(crate) use answer::{DescribeAnswer, RunAnswer};
pub(crate) use request::{Request, RunRequest};
pub use serve::serve;
pub(crate) use text::parse;
pub use text::{read_answer, write_request};

/// The version of the protocol. It changes when a field is removed or changes its meaning, but not when one is added.
pub const VERSION: u32 = 1;
