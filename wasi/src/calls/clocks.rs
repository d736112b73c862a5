//! Clocks.

use raddle_runtime_api::GuestMemory;

use super::{Calls, done};
use crate::{
    abi::{
        Errno, Result,
        flags::{CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME, CLOCK_REALTIME, CLOCK_THREAD_CPUTIME},
    },
    interests::Answer,
};

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    pub fn clock_res_get(&self, clock: u32, out: u32) -> Answer {
        done(|| {
            self.time(clock)?;
            self.memory.set_u64(out, self.state.system.resolution())
        })
    }

    pub fn clock_time_get(&self, clock: u32, precision: u64, out: u32) -> Answer {
        // A host's clocks are as precise as they are.
        let _ = precision;
        done(|| self.memory.set_u64(out, self.time(clock)?))
    }

    /// The time of a clock.
    ///
    /// # Errors
    /// `NOTSUP` for those of processor time: no answer is better than another clock's. `INVAL` for any other number.
    pub(super) fn time(&self, clock: u32) -> Result<u64> {
        match clock {
            CLOCK_REALTIME => Ok(self.state.system.realtime()),
            CLOCK_MONOTONIC => Ok(self.state.system.monotonic()),
            CLOCK_PROCESS_CPUTIME | CLOCK_THREAD_CPUTIME => Err(Errno::NotSupported),
            _ => Err(Errno::Invalid),
        }
    }
}
