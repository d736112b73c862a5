//! [`Calls`]: the calls of preview 1, a file a family.
//!
//! Each is a method with the guest's numbers as its parameters. It checks these, and all addresses that it will write
//! to, before it does anything; what is behind a descriptor is another matter. `io` is what reading and writing have in
//! common, `dispatch` a call by its name.

mod args;
mod clocks;
mod descriptors;
mod directories;
mod dispatch;
mod files;
mod io;
mod paths;
mod poll;
mod process;
mod random;
mod sockets;

use std::{cell::Cell, sync::Arc};

use raddle_runtime_api::{GuestMemory, Tried};

use crate::{
    State,
    abi::{Errno, Result},
    interests::{Answer, Interests},
    memory::Guest,
    table::Descriptor,
};

/// One call of a thread. It is made for each call of the guest, and kept until that is done, for it knows when the call
/// began and how far it has got:
///
/// ```
/// # use raddle_runtime_api::{GuestMemory, Tried};
/// # use raddle_wasi::{abi::Errno, Interests, State};
/// # fn wait(_: &Interests) {}
/// fn fd_read(state: &State, memory: &impl GuestMemory, fd: u32, iovs: u32, count: u32, out: u32) -> Errno {
///     let call = state.calls(memory);
///     loop {
///         match call.fd_read(fd, iovs, count, out) {
///             Tried::Done(errno) => return errno,
///             Tried::NotYet(interests) => wait(&interests),
///         }
///     }
/// }
/// ```
///
/// The methods are those of [`for_each_wasi_call`](crate::for_each_wasi_call), where each is described, without
/// `proc_exit`. Each answers `Done` with an error number, or `NotYet` with what it waits for; only those that are marked
/// with `blocks` there ever do the latter.
pub struct Calls<'a, M: ?Sized> {
    state: &'a State,
    memory: Guest<'a, M>,
    /// When the call began, by the monotonic clock; known once it has asked.
    began: Cell<Option<u64>>,
    /// How many bytes were transferred in earlier attempts.
    progress: Cell<usize>,
    /// What the call works on, from its first attempt on: the number may name something else meanwhile.
    held: Cell<Option<Arc<Descriptor>>>,
}

impl<M: ?Sized> std::fmt::Debug for Calls<'_, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Calls").field("progress", &self.progress).finish_non_exhaustive()
    }
}

impl<'a, M: GuestMemory + ?Sized> Calls<'a, M> {
    pub(crate) fn new(state: &'a State, memory: &'a M) -> Calls<'a, M> {
        Calls { state, memory: Guest(memory), began: Cell::default(), progress: Cell::new(0), held: Cell::default() }
    }
}

impl<M: ?Sized> Calls<'_, M> {
    /// What a number named in the call's first attempt.
    fn held(&self, fd: u32) -> Result<Arc<Descriptor>> {
        let descriptor = self.held.take().map_or_else(|| self.state.table.get(fd), Ok)?;
        self.held.set(Some(descriptor.clone()));
        Ok(descriptor)
    }
}

/// A call that is done, whatever comes of it.
fn done(call: impl FnOnce() -> Result<()>) -> Answer {
    Tried::Done(Errno::from(call()))
}

/// A call that may have to wait.
fn tried(call: impl FnOnce() -> Result<Tried<(), Interests>>) -> Answer {
    match call() {
        Ok(tried) => tried.map(|()| Errno::Success),
        Err(errno) => Tried::Done(errno),
    }
}
