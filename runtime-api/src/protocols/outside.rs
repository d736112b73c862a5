//! Waiting for the outside: for what no thread of the process does. `outside.md`, beside this file, explains the
//! protocol.

use super::kernel::{Index, Kernel};
use crate::{
    host::{Call, Host, Tried},
    words::Wake,
};

impl<H: Host> Kernel<H> {
    /// Tries until it is done, and waits between two attempts for what the first said, the process's end or the time
    /// when the call reaches the limit on waits.
    pub(crate) fn wait_outside<T>(
        &self,
        me: Index,
        limit: Option<u64>,
        mut attempt: impl FnMut() -> Tried<T, H::Interests>,
    ) -> Call<T> {
        let wake = self.record(me).wake();
        loop {
            // Each time anew, as whatever made the park return is unknown. Nobody but the process's end writes the word:
            // the thread is in no bucket.
            self.arm(me)?;
            let interests = match attempt() {
                Tried::Done(value) => return Ok(value),
                Tried::NotYet(interests) => interests,
            };
            if limit.is_some_and(|limit| self.host.now() >= limit) {
                return Err(self.overdue());
            }
            self.host.park_outside(wake.index(), Wake::<H::Words>::ASLEEP, limit, &interests);
        }
    }
}
