//! What is left of processes: `proc_exit` is the host's, which stops the threads.

use raddle_runtime_api::{GuestMemory, Tried};

use super::Calls;
use crate::{abi::Errno, interests::Answer};

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    pub fn proc_raise(&self, signal: u32) -> Answer {
        let _ = signal;
        Tried::Done(Errno::NotSupported)
    }

    pub fn sched_yield(&self) -> Answer {
        std::thread::yield_now();
        Tried::Done(Errno::Success)
    }
}
