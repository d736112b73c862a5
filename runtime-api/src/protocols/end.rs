//! The end of a process. `end.md`, beside this file, explains the protocol.

use alloc::vec::Vec;

use super::{kernel::Kernel, lot::WaitKind};
use crate::{
    host::Host,
    outcome::{BlockedThread, Outcome, ThreadLabel, Trap, TrapKind, Waiting, encoding},
    words::OUTCOME_WORDS,
};

const RUNNING: u32 = 0;
pub(crate) const CLAIMED: u32 = 1;
pub(crate) const PUBLISHED: u32 = 2;

/// How many bytes an encoded outcome may have.
const OUTCOME_LEN: usize = OUTCOME_WORDS as usize * 4;

impl<H: Host> Kernel<H> {
    /// Whether the process has ended, so that its threads must stop.
    pub(crate) fn has_ended(&self) -> bool {
        self.header().end().load() == PUBLISHED
    }

    /// Ends the process, unless it has already ended, and returns whether this was the end.
    pub(crate) fn end(&self, outcome: &Outcome) -> bool {
        let header = self.header();
        if !header.end().exchange(RUNNING, CLAIMED) {
            return false;
        }
        let bytes = encoding::encode(outcome, OUTCOME_LEN);
        self.store_bytes(self.layout.outcome, &bytes);
        header.outcome_len().store(bytes.len() as u32);
        header.end().store(PUBLISHED);
        // Pairs with the park in `complete`.
        self.host.unpark_all(header.end().index());
        // Threads that were spawned meanwhile and are missing here look for the end before they wait.
        for index in 0..header.table_used().load() {
            let wake = self.record(index).wake();
            wake.set_stopped();
            self.host.unpark_all(wake.index());
        }
        self.host.interrupt(header.census().counts().live());
        true
    }

    /// Ends the process if every live thread is blocked for ever and nobody outside may notify one. What each waits for
    /// stays in its record.
    pub(crate) fn end_if_deadlocked(&self) {
        let header = self.header();
        // No notifier comes or goes meanwhile: see `lot.md`.
        let _lock = self.lock(header.notifier_lock());
        if header.notifiers().load() == 0 && header.census().counts().are_all_blocked() {
            self.end(&Outcome::Deadlocked { threads: Vec::new() });
        }
    }

    /// The last thread has stopped.
    pub(crate) fn complete(&self) {
        // If nobody ended the process, its main thread had left by `thread_exit`, and now the others are gone too.
        if !self.end(&Outcome::Returned(Vec::new())) {
            self.wait_published();
        }
        let done = self.header().done();
        done.store(1);
        self.host.unpark_all(done.index());
    }

    /// Blocks until the claimer of the end has published it. The claimer is host code between two writes, without a
    /// lock and on a thread that cannot be terminated, so it will go on. A page, which cannot block, never gets here
    /// meanwhile: see `end.md`.
    fn wait_published(&self) {
        let end = self.header().end();
        while !self.has_ended() {
            self.host.park(end.index(), CLAIMED, None);
        }
    }

    /// The threads that are left will never run again.
    pub(crate) fn abandon(&self) {
        let header = self.header();
        // One of them may have held it, and a notifier takes it when it is dropped.
        header.notifier_lock().store(0);
        header.slots_used().store(0);
        header.census().clear();
        self.complete();
    }

    /// Blocks until every thread has stopped, or the deadline has passed; then `false`.
    pub(crate) fn wait_done(&self, deadline: Option<u64>) -> bool {
        let done = self.header().done();
        loop {
            if done.load() != 0 {
                return true;
            }
            if deadline.is_some_and(|deadline| self.host.now() >= deadline) {
                return false;
            }
            self.host.park(done.index(), 0, deadline);
        }
    }

    /// The outcome, once the process has ended.
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        let header = self.header();
        if header.end().load() != PUBLISHED {
            return None;
        }
        let bytes = self.load_bytes(self.layout.outcome, header.outcome_len().load().min(OUTCOME_LEN as u32));
        Some(match encoding::decode(&bytes) {
            Ok(Outcome::Deadlocked { .. }) => Outcome::Deadlocked { threads: self.blocked_threads() },
            Ok(outcome) => outcome,
            Err(malformed) => {
                let message =
                    alloc::format!("the outcome in the control words is malformed at byte {}", malformed.offset);
                Outcome::Trapped { thread: ThreadLabel::unnamed(0), trap: Trap::new(TrapKind::Other, message) }
            }
        })
    }

    /// The threads that are in a bucket without a deadline.
    fn blocked_threads(&self) -> Vec<BlockedThread> {
        let mut backtraces = self.noted_backtraces();
        let blocked = |index| {
            let record = self.record(index);
            if record.wait_forever().load() == 0 {
                return None;
            }
            let address = record.wait_address().load();
            let waiting = match WaitKind::from_word(record.wait_kind().load())? {
                WaitKind::Memory => Waiting::Memory { address },
                WaitKind::Mutex => Waiting::Mutex { address, owner: self.mutex_owner(address) },
                WaitKind::Condvar => Waiting::Condvar { address },
                WaitKind::Join => Waiting::Join { thread: self.record(address as u32).id().load() },
                // Whoever writes to the stream is not blocked.
                WaitKind::Stream => return None,
            };
            let thread = self.label(index);
            let backtrace = backtraces.remove(&thread.id).unwrap_or_default();
            Some(BlockedThread { thread, waiting, backtrace })
        };
        let mut threads: Vec<_> = (0..self.header().table_used().load()).filter_map(blocked).collect();
        threads.sort_by_key(|blocked| blocked.thread.id);
        threads
    }
}
