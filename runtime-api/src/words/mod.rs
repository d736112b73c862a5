//! Control words as typed records: where each thing lives, and nothing about what it means.
//!
//! [`cell`] has the handles on one word or two, [`layout`] says which record starts where, [`records`] names the words
//! of each record, [`atomic`] is the implementation over plain atomics. The protocols over these words are in the
//! modules named after them, each with a page beside it.

mod atomic;
mod cell;
mod layout;
mod lock;
mod records;

pub use atomic::AtomicWords;
pub(crate) use cell::Word;
pub(crate) use layout::{BUCKET_STRIDE, MAGIC, OUTCOME_WORDS, Sizes, WordLayout};
pub(crate) use lock::Lock;
pub(crate) use records::{Bucket, Chunk, Header, MAX_CHUNKS, ThreadRecord, TlsKey};
