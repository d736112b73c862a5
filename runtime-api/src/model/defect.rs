//! Mistakes to plant in the control words.

use crate::{
    host::Words,
    words::{Bucket, Chunk, Header, MAX_CHUNKS, ThreadRecord, TlsKey, Word, WordLayout},
};

/// A mistake of the host or, as far as a word's timing goes, of the protocol that writes the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Defect {
    /// None: the code as it is.
    None,
    /// Changes of the word are not atomic: others may change it between the read and the write.
    Torn(Field),
    /// Writes of the word take effect only after the thread's next accesses to other words, as if the protocol took its
    /// steps in another order.
    Late(Field),
    /// Whoever looks takes an end that is claimed for one that is published.
    ClaimIsEnough,
    /// A compare-exchange on guest memory is not atomic.
    TornMemory,
    /// A thread that parks may miss a change that is made just before it sleeps.
    ParkMissesChanges,
    /// Unparks have no effect.
    UnparkLost,
}

/// What a word is for: those that the models plant defects in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Census,
    End,
    NotifierLock,
    Notifiers,
    OutcomeLen,
    NotesLock,
    JoinLock,
    KeyLock,
    KeyDestructor,
    SlotLock,
    ChunkFirst,
    TableLock,
    BucketLock,
    BucketLen,
    Wake,
    Life,
    Contended,
    Stdout,
}

impl Field {
    /// Whether a word is such a field.
    pub(super) fn is_at<W: Words>(self, words: &W, layout: &WordLayout, at: u32) -> bool {
        let header = Header::new(words, 0);
        let is = |word: Word<'_, W>| word.index() == at;
        // The word's place in its record, if it is in such a record.
        let place = |start: u32, count: u32, stride: u32| {
            (start..start + count * stride).contains(&at).then(|| (at - start) % stride)
        };
        let bucket = || place(layout.buckets, layout.sizes.buckets, Bucket::<()>::STRIDE);
        let thread = || place(layout.threads, layout.sizes.max_threads, ThreadRecord::<()>::STRIDE);
        let key = || place(layout.keys, layout.sizes.max_keys, TlsKey::<()>::STRIDE);
        let chunk = || place(layout.chunks, MAX_CHUNKS, Chunk::<()>::STRIDE);
        let (any_bucket, any_thread) = (Bucket::new(words, 0), ThreadRecord::new(words, 0));
        match self {
            Field::Census => header.census().index() == at,
            Field::End => is(header.end()),
            Field::NotifierLock => is(header.notifier_lock()),
            Field::Notifiers => is(header.notifiers()),
            Field::Stdout => is(header.stdout()),
            Field::OutcomeLen => is(header.outcome_len()),
            Field::NotesLock => is(header.notes_lock()),
            Field::JoinLock => is(header.join_lock()),
            Field::KeyLock => is(header.key_lock()),
            Field::KeyDestructor => key() == Some(TlsKey::new(words, 0).destructor().index()),
            Field::SlotLock => is(header.slot_lock()),
            Field::ChunkFirst => chunk() == Some(Chunk::new(words, 0).first().index()),
            Field::TableLock => is(header.table_lock()),
            Field::BucketLock => bucket() == Some(any_bucket.lock().index()),
            Field::BucketLen => bucket() == Some(any_bucket.len().index()),
            Field::Wake => thread() == Some(any_thread.wake().index()),
            Field::Contended => thread() == Some(any_thread.contended().index()),
            Field::Life => thread() == Some(any_thread.life().index()),
        }
    }
}
