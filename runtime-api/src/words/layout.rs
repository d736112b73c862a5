//! Which record starts at which word.

use super::records::{Bucket, Chunk, Header, MAX_CHUNKS, ThreadRecord, TlsKey};
use crate::host::Words;

/// The first word of a created process: "rdl" and the layout's version.
pub(crate) const MAGIC: u32 = 0x7264_6c01;

/// How many words the encoded outcome may take: 32 KiB.
pub(crate) const OUTCOME_WORDS: u32 = 8192;

/// How far apart buckets are: a cache line, so that two do not contend.
pub(crate) const BUCKET_STRIDE: u32 = Bucket::<()>::STRIDE;

/// How many of each record there are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) max_threads: u32,
    pub(crate) buckets: u32,
    pub(crate) max_keys: u32,
    pub(crate) max_units: u32,
}

/// Where the records start. Derived from the sizes alone, so that anyone who attaches to a process finds them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordLayout {
    pub(crate) sizes: Sizes,
    pub(crate) buckets: u32,
    pub(crate) threads: u32,
    pub(crate) chunks: u32,
    pub(crate) units: u32,
    pub(crate) keys: u32,
    pub(crate) outcome: u32,
    /// The total number of words.
    pub(crate) len: u32,
}

impl WordLayout {
    pub(crate) fn new(sizes: Sizes) -> WordLayout {
        let mut at = Header::<()>::STRIDE;
        let mut take = |words: u32| {
            let start = at;
            at += words;
            start
        };
        let buckets = take(sizes.buckets * BUCKET_STRIDE);
        let threads = take(sizes.max_threads * ThreadRecord::<()>::STRIDE);
        let chunks = take(MAX_CHUNKS * Chunk::<()>::STRIDE);
        let units = take(sizes.max_units.div_ceil(32));
        let keys = take(sizes.max_keys * TlsKey::<()>::STRIDE);
        let outcome = take(OUTCOME_WORDS);
        WordLayout { sizes, buckets, threads, chunks, units, keys, outcome, len: at }
    }

    /// The layout of a process that was created over these words.
    pub(crate) fn of<W: Words + ?Sized>(words: &W) -> Option<WordLayout> {
        let header = Header::new(words, 0);
        (header.magic().load() == MAGIC).then(|| {
            WordLayout::new(Sizes {
                max_threads: header.max_threads().load(),
                buckets: header.buckets().load(),
                max_keys: header.max_keys().load(),
                max_units: header.max_units().load(),
            })
        })
    }
}
