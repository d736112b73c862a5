//! [`State`]: what a process has, shared by all of its threads.

use std::{fmt, sync::Arc};

use raddle_runtime_api::GuestMemory;

use crate::{Calls, memory::Scratch, system::System, table::Table};

/// A process's arguments, variables, descriptors and clocks. All its threads use one; what it holds is closed when it is
/// dropped.
pub struct State {
    pub(crate) args: Strings,
    pub(crate) variables: Strings,
    pub(crate) table: Table,
    pub(crate) system: Arc<dyn System>,
    pub(crate) scratch: Scratch,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

impl State {
    pub(crate) fn new(args: Vec<Vec<u8>>, variables: Vec<Vec<u8>>, table: Table, system: Arc<dyn System>) -> State {
        State {
            args: Strings::new(args),
            variables: Strings::new(variables),
            table,
            system,
            scratch: Scratch::default(),
        }
    }

    /// One call of a thread, with its memory. See [`Calls`].
    pub fn calls<'a, M: GuestMemory + ?Sized>(&'a self, memory: &'a M) -> Calls<'a, M> {
        Calls::new(self, memory)
    }
}

/// Strings as the guest gets them: one after the other, each with a NUL.
pub(crate) struct Strings {
    pub(crate) bytes: Vec<u8>,
    /// Where each begins.
    pub(crate) starts: Vec<usize>,
}

impl Strings {
    fn new(strings: Vec<Vec<u8>>) -> Strings {
        let (mut bytes, mut starts) = (Vec::new(), Vec::new());
        for string in strings {
            starts.push(bytes.len());
            bytes.extend(string);
            bytes.push(0);
        }
        Strings { bytes, starts }
    }
}
