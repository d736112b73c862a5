//! Control words as typed records: where each thing lives and which bits it has, and nothing about when it changes.
//!
//! [`cell`] has the handles on one word or two. [`census`], [`life`] and [`wake`] are words of several bits that
//! several protocols share. [`records`] names the words of each record, [`layout`] says which record starts where.
//! [`lock`] is a lock in a word, [`atomic`] the implementation over plain atomics.
//!
//! What anybody does with these words is in `protocols`.

mod atomic;
mod cell;
mod census;
mod layout;
mod life;
mod lock;
mod records;
mod wake;

pub use atomic::AtomicWords;
pub(crate) use cell::Word;
pub(crate) use census::{Counts, MAX_COUNT};
pub(crate) use layout::{BUCKET_STRIDE, MAGIC, OUTCOME_WORDS, Sizes, WordLayout};
pub(crate) use life::Stage;
pub(crate) use lock::Lock;
pub(crate) use records::{Bucket, Chunk, Header, MAX_CHUNKS, ThreadRecord, TlsKey};
pub(crate) use wake::{Wake, WakeState};
