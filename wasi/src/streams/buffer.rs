//! A bounded buffer between the guest, which never blocks, and a thread of the host's, which does.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use raddle_runtime_api::Tried;

use crate::{
    abi::{Errno, Result},
    interests::{Attempt, Direction, Interest, Signal, Source},
    system::Readiness,
    table::lock,
};

/// How many bytes lie between the two.
const CAPACITY: usize = 64 * 1024;

/// The buffer. One side puts bytes in, the other takes them out.
#[derive(Default)]
pub(super) struct Buffer {
    state: Mutex<State>,
    /// What the host's thread waits for.
    changed: Condvar,
    /// What the guest waits for.
    signal: Signal,
}

#[derive(Default)]
struct State {
    bytes: VecDeque<u8>,
    /// No more bytes come: it was the end, or there was an error.
    end: Option<Result<()>>,
    /// No more bytes are put in, and why not.
    broken: Option<Errno>,
}

impl Buffer {
    /// Changes the state, and tells both sides.
    fn change<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        let result = f(&mut lock(&self.state));
        self.changed.notify_all();
        self.signal.notify();
        result
    }

    /// No more bytes come.
    pub(super) fn end(&self, how: Result<()>) {
        self.change(|state| {
            state.end.get_or_insert(how);
        });
    }

    /// No more bytes are put in.
    pub(super) fn abandon(&self, why: Errno) {
        self.change(|state| {
            state.broken.get_or_insert(why);
        });
    }

    fn interest(&self, count: u64, direction: Direction) -> Interest {
        Interest { source: Source::Signal(self.signal.clone(), count), direction }
    }

    /// The guest takes bytes out.
    pub(super) fn take(&self, into: &mut [u8]) -> Attempt<usize> {
        let count = self.signal.count();
        let mut state = lock(&self.state);
        if state.bytes.is_empty() {
            return match state.end {
                Some(end) => Tried::Done(end.map(|()| 0)),
                None => Tried::NotYet(self.interest(count, Direction::Read)),
            };
        }
        let len = into.len().min(state.bytes.len());
        for (to, byte) in into.iter_mut().zip(state.bytes.drain(..len)) {
            *to = byte;
        }
        self.changed.notify_all();
        Tried::Done(Ok(len))
    }

    /// The guest puts bytes in.
    pub(super) fn put(&self, bytes: &[u8]) -> Attempt<usize> {
        let count = self.signal.count();
        let mut state = lock(&self.state);
        if let Some(why) = state.broken {
            return Tried::Done(Err(why));
        }
        let len = bytes.len().min(CAPACITY - state.bytes.len());
        if len == 0 {
            return Tried::NotYet(self.interest(count, Direction::Write));
        }
        state.bytes.extend(&bytes[..len]);
        self.changed.notify_all();
        Tried::Done(Ok(len))
    }

    /// Whether the guest could take or put something.
    pub(super) fn ready(&self, direction: Direction) -> Tried<Readiness, Interest> {
        let count = self.signal.count();
        let state = lock(&self.state);
        let (bytes, hangup) = match direction {
            Direction::Read => (state.bytes.len(), state.end.is_some()),
            Direction::Write => (CAPACITY - state.bytes.len(), state.broken.is_some()),
        };
        if bytes == 0 && !hangup {
            return Tried::NotYet(self.interest(count, direction));
        }
        Tried::Done(Readiness { bytes: bytes as u64, hangup })
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// The host's thread puts all bytes in. `false` if nobody takes them.
    ///
    /// # Blocking
    /// Until there was room for them.
    pub(super) fn put_all(&self, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            let mut state = lock(&self.state);
            while state.broken.is_none() && state.bytes.len() == CAPACITY {
                state = self.wait(state);
            }
            if state.broken.is_some() {
                return false;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CAPACITY - state.bytes.len()));
            state.bytes.extend(now);
            drop(state);
            self.signal.notify();
            bytes = later;
        }
        true
    }

    /// The host's thread takes what is there; `None` at the end.
    ///
    /// # Blocking
    /// Until there is something, or the end.
    pub(super) fn take_some(&self) -> Option<Vec<u8>> {
        let mut state = lock(&self.state);
        while state.bytes.is_empty() {
            if state.end.is_some() {
                return None;
            }
            state = self.wait(state);
        }
        let bytes = std::mem::take(&mut state.bytes);
        drop(state);
        self.signal.notify();
        Some(bytes.into())
    }

    /// Waits until it is abandoned, but no longer than that.
    pub(super) fn wait_abandoned(&self, at_most: Duration) {
        let state = lock(&self.state);
        let _ = self.changed.wait_timeout_while(state, at_most, |state| state.broken.is_none());
    }
}
