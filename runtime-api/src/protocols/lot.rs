//! The parking lot: the one way for a thread to block. `lot.md`, beside this file, explains the protocol.

use core::ops::ControlFlow;

use super::kernel::{Index, Kernel};
use crate::{
    host::{Call, Host, Unwind, Words},
    outcome::{Event, Limit, TrapKind},
    words::{Bucket, Lock, Wake, WakeState, Word},
};

/// What a thread waits for. Keys of different kinds never match, even if their addresses are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum WaitKind {
    Memory = 1,
    Mutex = 2,
    Condvar = 3,
    Join = 4,
    /// To write to a stream. Whoever writes is not blocked, so this is never part of a deadlock.
    Stream = 5,
}

impl WaitKind {
    pub(crate) fn from_word(word: u32) -> Option<WaitKind> {
        [WaitKind::Memory, WaitKind::Mutex, WaitKind::Condvar, WaitKind::Join, WaitKind::Stream]
            .into_iter()
            .find(|&kind| kind as u32 == word)
    }
}

/// What a thread is parked under: a guest address, or for a join the index of the other thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WaitKey {
    pub(crate) kind: WaitKind,
    pub(crate) address: u64,
}

/// How a wait ended, unless the process did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Woken {
    /// Another thread took this one out of its bucket.
    Notified,
    /// The deadline passed first.
    TimedOut,
}

/// For how long a call may block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Until {
    /// When its time-out passes; `None` for never.
    pub(crate) deadline: Option<u64>,
    /// When it reaches the limit on waits; `None` if there is no limit.
    pub(crate) limit: Option<u64>,
}

impl Until {
    /// The limit, if it comes before the time-out.
    fn first_limit(self) -> Option<u64> {
        self.limit.filter(|&limit| self.deadline.is_none_or(|deadline| limit < deadline))
    }
}

/// What happens on the way into a bucket and out of it; each is called under the bucket's lock unless it says
/// otherwise.
pub(crate) trait Wait {
    /// What the caller gets if there was no need to wait.
    type Skip;

    /// Whether to wait.
    fn validate(&mut self) -> ControlFlow<Self::Skip>;

    /// Called in the bucket but without its lock: what must happen after the thread can be woken and before it parks.
    fn before_park(&mut self) {}

    /// Whether `before_park` does anything: then the thread counts as blocked only after it.
    const ACTS_BEFORE_PARK: bool = false;

    /// Called when the deadline has passed and no one has woken the thread, unless that ends the process.
    fn timed_out(&mut self) {}
}

impl<S, F: FnMut() -> ControlFlow<S>> Wait for F {
    type Skip = S;

    fn validate(&mut self) -> ControlFlow<S> {
        self()
    }
}

impl<H: Host> Kernel<H> {
    /// The bucket of a key.
    pub(crate) fn bucket_of(&self, key: WaitKey) -> Bucket<'_, H::Words> {
        // Fibonacci hashing: addresses differ in their low bits, and the product's high bits depend on all of them.
        let mixed = (key.address ^ (key.kind as u64) << 40).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.bucket((mixed >> 40) as u32 & (self.layout.sizes.buckets - 1))
    }

    pub(crate) fn lock_bucket(&self, bucket: &Bucket<'_, H::Words>) -> Lock<'_, H> {
        self.lock(bucket.lock())
    }

    /// Blocks thread `me` under a key until it is notified, its time-out passes or the process ends, which may be
    /// because this wait takes too long.
    ///
    /// Breaks with what [`Wait::validate`] gave if there was no need to block.
    pub(crate) fn park_on<W: Wait>(
        &self,
        me: Index,
        key: WaitKey,
        until: Until,
        wait: &mut W,
    ) -> ControlFlow<W::Skip, Call<Woken>> {
        if let Err(stopped) = self.arm(me) {
            return ControlFlow::Continue(Err(stopped));
        }
        let bucket = self.bucket_of(key);
        let record = self.record(me);
        let lock = self.lock_bucket(&bucket);
        // Before the guest's word is compared: pairs with the fence and the load in `wake_all`, so that either the
        // notifier sees this thread, or this thread sees what the notifier wrote.
        bucket.len().add(1);
        if let ControlFlow::Break(skip) = wait.validate() {
            bucket.len().sub(1);
            return ControlFlow::Break(skip);
        }
        self.push(&bucket, me, key);
        let mut deadlocked = false;
        if until.deadline.is_none() && !W::ACTS_BEFORE_PARK {
            deadlocked = self.count_blocked(me);
        }
        drop(lock);
        if W::ACTS_BEFORE_PARK {
            wait.before_park();
            let _lock = self.lock_bucket(&bucket);
            if until.deadline.is_none() && record.wait_kind().load() != 0 {
                deadlocked = self.count_blocked(me);
            }
        }
        if deadlocked {
            self.end_if_deadlocked();
        }
        let limit = until.first_limit();
        match self.sleep_until(me, limit.or(until.deadline)) {
            Ok(Woken::TimedOut) => {}
            woken => return ControlFlow::Continue(woken),
        }
        let lock = self.lock_bucket(&bucket);
        if record.wait_kind().load() == 0 {
            drop(lock);
            // Somebody took this thread out in the last moment and is about to say so. Until then the record is theirs.
            return ControlFlow::Continue(self.sleep_until(me, None));
        }
        if limit.is_some() {
            let left = self.leave_overdue(&bucket, me);
            drop(lock);
            return ControlFlow::Continue(Err(if left { self.overdue() } else { Unwind::Stopped }));
        }
        self.remove(&bucket, me);
        wait.timed_out();
        drop(lock);
        ControlFlow::Continue(Ok(Woken::TimedOut))
    }

    /// Takes a thread that has reached the limit on waits out of its locked bucket, unless the process has ended: then
    /// what it waits for is part of the report.
    #[cold]
    #[inline(never)]
    fn leave_overdue(&self, bucket: &Bucket<'_, H::Words>, me: Index) -> bool {
        // It may count as blocked for ever: that all do is not found meanwhile. See `lot.md`.
        let _lock = self.lock(self.header().notifier_lock());
        let leaves = !self.has_ended();
        if leaves {
            self.remove(bucket, me);
        }
        leaves
    }

    /// Blocks thread `me` until the deadline or the process's end; it cannot be notified. The limit on waits is for the
    /// guest, not for the host's own sleeps.
    pub(crate) fn sleep(&self, me: Index, deadline: u64, is_limited: bool) -> Call<()> {
        self.arm(me)?;
        let limit = self.wait_limit().filter(|&limit| is_limited && limit < deadline);
        self.sleep_until(me, Some(limit.unwrap_or(deadline)))?;
        if limit.is_some() { Err(self.overdue()) } else { Ok(()) }
    }

    /// For how long a call that begins now may block, with a time-out of this many nanoseconds.
    pub(crate) fn until(&self, timeout: i64) -> Until {
        // In this order: a time-out as long as the limit is within it.
        let deadline = self.deadline(timeout);
        Until { deadline, limit: self.wait_limit() }
    }

    /// Whether a call's time-out has passed, for a call that checks by itself. Ends the process if the call has reached
    /// the limit on waits.
    pub(crate) fn is_timed_out(&self, until: Until) -> Call<bool> {
        let now = self.host.now();
        if until.first_limit().is_some_and(|limit| now >= limit) {
            return Err(self.overdue());
        }
        Ok(until.deadline.is_some_and(|deadline| now >= deadline))
    }

    /// When a wait that begins now reaches the limit on waits; `None` if there is no limit.
    pub(crate) fn wait_limit(&self) -> Option<u64> {
        let limit = self.header().max_wait().load();
        (limit != u64::MAX).then(|| self.host.now().saturating_add(limit))
    }

    /// How a process ends when one of its threads has reached the limit on waits.
    pub(super) fn overdue(&self) -> Unwind {
        let value = self.header().max_wait().load();
        self.host.event(&Event::LimitReached { limit: Limit::WaitTime, value });
        Unwind::Trap(TrapKind::WaitLimit)
    }

    /// Gets ready to be woken, unless the process has ended.
    pub(super) fn arm(&self, me: Index) -> Call<()> {
        // In this order: whoever ends the process makes that visible first and then in every wake word, so it is
        // seen here, or there after the store.
        self.record(me).wake().clear();
        if self.has_ended() { Err(Unwind::Stopped) } else { Ok(()) }
    }

    /// Parks on the thread's own word. It may return `TimedOut` although another thread is just about to notify.
    fn sleep_until(&self, me: Index, deadline: Option<u64>) -> Call<Woken> {
        let wake = self.record(me).wake();
        loop {
            match wake.state() {
                WakeState::Woken => return Ok(Woken::Notified),
                WakeState::Stopped => return Err(Unwind::Stopped),
                WakeState::Asleep => {}
            }
            if deadline.is_some_and(|deadline| self.host.now() >= deadline) {
                return Ok(Woken::TimedOut);
            }
            self.host.park(wake.index(), Wake::<H::Words>::ASLEEP, deadline);
        }
    }

    /// Wakes at most `count` threads that wait under the key, the longest waiting first, and returns how many: none if
    /// the process has ended.
    pub(crate) fn wake(&self, key: WaitKey, count: u32) -> u32 {
        let bucket = self.bucket_of(key);
        // Pairs with the addition in `park_on`. The guest may have written its word with a plain store, hence the
        // fence.
        self.words().fence();
        if count == 0 || bucket.len().load() == 0 {
            return 0;
        }
        // What each waits for may be a deadlock's report. None is found after this look: the caller is a thread that is
        // not blocked, or has a notifier.
        if self.has_ended() {
            return 0;
        }
        let lock = self.lock_bucket(&bucket);
        let mut taken = Taken::default();
        self.take(&bucket, key, count, &mut taken);
        drop(lock);
        self.release(&taken);
        taken.count
    }

    /// Takes at most `count` threads out of a locked bucket. They must be [released](Self::release) when it is
    /// unlocked.
    pub(crate) fn take(&self, bucket: &Bucket<'_, H::Words>, key: WaitKey, count: u32, taken: &mut Taken) {
        let mut link = bucket.head().load();
        while let Some(index) = link.checked_sub(1) {
            if taken.count >= count {
                return;
            }
            let record = self.record(index);
            link = record.next().load();
            if record.wait_kind().load() == key.kind as u32 && record.wait_address().load() == key.address {
                self.remove(bucket, index);
                self.chain(index, taken);
            }
        }
    }

    /// Notes a thread that was just removed from its bucket, to be released.
    pub(crate) fn chain(&self, index: Index, taken: &mut Taken) {
        // The record stays the taker's until it says so in `wake`, so its link is free to use.
        self.record(index).next().store(0);
        match taken.last {
            Some(last) => self.record(last).next().store(index + 1),
            None => taken.first = Some(index),
        }
        taken.last = Some(index);
        taken.count += 1;
    }

    /// Wakes the threads that were taken. Called without a lock: a woken thread should not run into it.
    pub(crate) fn release(&self, taken: &Taken) {
        let mut next = taken.first;
        while let Some(index) = next {
            let record = self.record(index);
            // Read first: from the next step on the record is the woken thread's.
            next = record.next().load().checked_sub(1);
            record.wake().set_woken();
            self.host.unpark_one(record.wake().index());
        }
    }

    /// Whether some thread waits under the key in a locked bucket.
    pub(crate) fn has_waiter(&self, bucket: &Bucket<'_, H::Words>, key: WaitKey) -> bool {
        let mut link = bucket.head().load();
        while let Some(index) = link.checked_sub(1) {
            let record = self.record(index);
            if record.wait_kind().load() == key.kind as u32 && record.wait_address().load() == key.address {
                return true;
            }
            link = record.next().load();
        }
        false
    }

    /// Puts a thread at the end of a locked bucket, where it is already counted.
    fn push(&self, bucket: &Bucket<'_, H::Words>, me: Index, key: WaitKey) {
        let record = self.record(me);
        record.wait_address().store(key.address);
        record.wait_kind().store(key.kind as u32);
        record.next().store(0);
        let last = bucket.tail().load();
        record.previous().store(last);
        self.link_after(bucket, last).store(me + 1);
        bucket.tail().store(me + 1);
    }

    /// Takes a thread out of its locked bucket.
    pub(crate) fn remove(&self, bucket: &Bucket<'_, H::Words>, index: Index) {
        let record = self.record(index);
        let (next, previous) = (record.next().load(), record.previous().load());
        self.link_after(bucket, previous).store(next);
        match next.checked_sub(1) {
            Some(next) => self.record(next).previous().store(previous),
            None => bucket.tail().store(previous),
        }
        record.wait_kind().store(0);
        bucket.len().sub(1);
        if record.wait_forever().swap(0) != 0 {
            self.header().census().sub_blocked();
        }
    }

    /// The link to whatever follows a record, or to the first record.
    fn link_after<'a>(&'a self, bucket: &Bucket<'a, H::Words>, link: u32) -> Word<'a, H::Words> {
        match link.checked_sub(1) {
            Some(index) => self.record(index).next(),
            None => bucket.head(),
        }
    }

    /// Counts a thread in a locked bucket as blocked for ever. `true` if now every live thread is.
    fn count_blocked(&self, me: Index) -> bool {
        self.record(me).wait_forever().store(1);
        self.header().census().add_blocked().are_all_blocked()
    }
}

/// Threads that were taken out of a bucket but not yet woken, linked through their records.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    first: Option<Index>,
    last: Option<Index>,
    pub(crate) count: u32,
}
