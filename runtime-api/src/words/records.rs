//! The records that control words are divided into. A field's type says what is read and written there: most are one
//! [`Word`], a [`Wide`] is two; some are words of several bits that mean something.

use super::{
    cell::{Wide, Word},
    census::Census,
    life::Life,
    wake::Wake,
};
use crate::host::Words;

/// How many times the guest's memory can be grown for thread slots. Each growth doubles their number, so a few suffice.
pub(crate) const MAX_CHUNKS: u32 = 32;

/// How many words a thread's name takes: 63 bytes and one spare.
const NAME_WORDS: u32 = 16;

macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident: $stride:literal words {
            $($(#[$doc:meta])* $field:ident: $kind:ident @ $at:literal,)*
        }
    ) => {
        $(#[$meta])*
        pub(crate) struct $name<'a, W: ?Sized> {
            words: &'a W,
            base: u32,
        }

        impl<W: ?Sized> $name<'_, W> {
            /// How many words the record takes.
            pub(crate) const STRIDE: u32 = $stride;
        }

        impl<'a, W: Words + ?Sized> $name<'a, W> {
            pub(crate) fn new(words: &'a W, base: u32) -> Self {
                $name { words, base }
            }

            $(
                $(#[$doc])*
                pub(crate) fn $field(&self) -> $kind<'a, W> {
                    $kind::new(self.words, self.base + $at)
                }
            )*
        }
    };
}

record! {
    /// What exists once per process.
    Header: 64 words {
        /// [`MAGIC`](super::layout::MAGIC) once the process was created.
        magic: Word @ 0,
        /// How many thread records there are.
        max_threads: Word @ 1,
        /// How many buckets the parking lot has: a power of two.
        buckets: Word @ 2,
        /// How many TLS keys there can be.
        max_keys: Word @ 3,
        /// How many slot units there can be.
        max_units: Word @ 4,
        /// 4 or 8: the pointer width in bytes.
        pointer_bytes: Word @ 5,
        /// The bits of [`flags`](crate::protocols::kernel::flags).
        flags: Word @ 6,

        /// The process's end: see `end.md`.
        end: Word @ 8,
        /// 1 when every thread has stopped.
        done: Word @ 9,
        /// How many threads are alive, and how many of them blocked for ever.
        census: Census @ 10,

        /// Guards the free list of thread records.
        table_lock: Word @ 11,
        /// How many thread records were ever used.
        table_used: Word @ 12,
        /// The free list's first record, as index + 1.
        free_head: Word @ 13,
        /// Its last.
        free_tail: Word @ 14,
        /// Its length.
        free_len: Word @ 15,
        /// Guards the edges `joining` of thread records.
        join_lock: Word @ 16,
        /// Threads spawned, not counting the main one.
        spawned: Word @ 17,
        /// The most threads alive at once.
        peak_live: Word @ 18,

        /// Guards the slots.
        slot_lock: Word @ 20,
        /// How many chunks of units there are.
        chunks: Word @ 21,
        /// How many units the chunks have together.
        units: Word @ 22,
        /// Slots given out.
        slots_used: Word @ 23,
        /// Where the search for a free unit begins.
        slot_hint: Word @ 24,
        /// The size of a unit in bytes.
        unit_size: Wide @ 26,
        /// The default stack size in bytes.
        stack_size: Wide @ 28,
        /// The size of a TLS block in bytes.
        tls_size: Wide @ 30,
        /// The alignment of a TLS block in bytes.
        tls_align: Word @ 32,
        /// The main thread's own stack: its top, 0 if it gets a slot's.
        main_stack_top: Wide @ 34,
        /// And its limit.
        main_stack_limit: Wide @ 36,

        /// Guards creation and deletion of TLS keys.
        key_lock: Word @ 40,
        /// The length of the encoded outcome in bytes.
        outcome_len: Word @ 42,
        /// Guards the backtraces behind the outcome.
        notes_lock: Word @ 43,
        /// How many words they take.
        notes_len: Word @ 44,

        /// Guards `notifiers` against the verdict that all threads are deadlocked.
        notifier_lock: Word @ 45,
        /// How many notifiers the embedder has.
        notifiers: Word @ 46,
        /// The longest that one wait may take, in nanoseconds; `u64::MAX` when there is no limit.
        max_wait: Wide @ 48,
        /// The most bytes of output; `u64::MAX` when there is no limit.
        max_output: Wide @ 50,
        /// Bytes of output so far. Counted only where they are limited.
        output: Wide @ 52,
        /// Guards `output`.
        output_lock: Word @ 54,
        /// Whether a thread writes to standard output: see `streams.rs`.
        stdout: Word @ 56,
        /// Whether a thread writes to standard error.
        stderr: Word @ 57,
        /// What an instance takes in the host, in bytes.
        instance_size: Wide @ 58,
        /// The most that the instances of all live threads may take, in bytes.
        max_instance_memory: Wide @ 60,
    }
}

record! {
    /// A bucket of the parking lot: a list of blocked threads.
    Bucket: 16 words {
        /// Guards the list, and whatever protocol has its key in this bucket.
        lock: Word @ 0,
        /// How many threads are in the list, or about to be.
        len: Word @ 1,
        /// The first record, as index + 1.
        head: Word @ 2,
        /// The last record, as index + 1.
        tail: Word @ 3,
    }
}

record! {
    /// A thread, from its spawn until it is joined or, detached, has ended.
    ThreadRecord: 48 words {
        /// Its id while it is alive or can be joined, else 0.
        id: Word @ 0,
        /// What it is parked on.
        wake: Wake @ 1,
        /// The record behind it in its bucket, as index + 1.
        next: Word @ 2,
        /// The record before it in its bucket, as index + 1.
        previous: Word @ 3,
        /// What it waits for, as a `WaitKind`; 0 when it is in no bucket.
        wait_kind: Word @ 4,
        /// 1 while it counts as blocked for ever.
        wait_forever: Word @ 5,
        /// The address, or the thread's index, that it waits for.
        wait_address: Wide @ 6,
        /// The id of the thread that it joins without a time-out, else 0. Guarded by `join_lock`.
        joining: Word @ 8,
        /// How far its life has come.
        life: Life @ 9,
        /// How many of its mutexes have waiters.
        contended: Word @ 10,
        /// How many times the record has been used: the generation in the id.
        generation: Word @ 11,
        /// The next free record, as index + 1.
        next_free: Word @ 12,
        /// The first unit of its slot, as unit + 1; 0 when it has none.
        slot: Word @ 13,
        /// How many units its slot has.
        slot_units: Word @ 14,
        /// The name's length in bytes.
        name_len: Word @ 15,
        /// Its value once it has ended.
        value: Wide @ 16,
        /// Its start function.
        start: Wide @ 18,
        /// The start function's argument.
        arg: Wide @ 20,
        /// 1 if it has no start function, but begins in `wasi_thread_start`.
        is_wasi: Word @ 22,
        /// The name's first word.
        name: Word @ 24,
    }
}

record! {
    /// A run of slot units in the guest's memory.
    Chunk: 4 words {
        /// Its address.
        base: Wide @ 0,
        /// Its first unit.
        first: Word @ 2,
        /// How many units it has.
        count: Word @ 3,
    }
}

record! {
    /// A TLS key.
    TlsKey: 4 words {
        /// Odd while the key exists; it counts creations and deletions.
        generation: Word @ 0,
        /// The destructor, or 0.
        destructor: Wide @ 2,
    }
}

impl<'a, W: Words + ?Sized> ThreadRecord<'a, W> {
    /// Keeps a name of at most [`MAX_NAME_LEN`](crate::abi::MAX_NAME_LEN) bytes. Only the thread itself, or its spawner
    /// before it runs, writes it.
    pub(crate) fn set_name(&self, name: &str) {
        let mut bytes = [0; NAME_WORDS as usize * 4];
        let len = name.len().min(crate::abi::MAX_NAME_LEN);
        bytes[..len].copy_from_slice(&name.as_bytes()[..len]);
        let first = self.name().index();
        for (at, word) in (first..).zip(bytes.chunks_exact(4)) {
            self.words.store(at, u32::from_le_bytes([word[0], word[1], word[2], word[3]]));
        }
        self.name_len().store(len as u32);
    }

    /// The name. Another thread may read it while it changes, and then sees a mix of the old and the new.
    pub(crate) fn read_name(&self) -> alloc::string::String {
        let mut bytes = [0; NAME_WORDS as usize * 4];
        let first = self.name().index();
        for (at, word) in (first..).zip(bytes.chunks_exact_mut(4)) {
            word.copy_from_slice(&self.words.load(at).to_le_bytes());
        }
        let len = (self.name_len().load() as usize).min(crate::abi::MAX_NAME_LEN);
        alloc::string::String::from_utf8_lossy(&bytes[..len]).into_owned()
    }
}
