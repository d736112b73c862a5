//! `wait32`, `wait64` and `notify`: what the instructions do, over the parking lot.

use core::ops::ControlFlow;

use super::{
    kernel::{Index, Kernel},
    lot::{WaitKey, WaitKind, Woken},
};
use crate::{
    host::{Call, GuestMemory, Host, MemoryFault, Unwind},
    outcome::TrapKind,
};

/// What a wait returns, as the instruction does.
mod answer {
    pub(super) const WOKEN: i32 = 0;
    pub(super) const NOT_EQUAL: i32 = 1;
    pub(super) const TIMED_OUT: i32 = 2;
}

impl From<MemoryFault> for Unwind {
    /// The call traps where the instruction would.
    fn from(fault: MemoryFault) -> Unwind {
        Unwind::Trap(match fault {
            MemoryFault::OutOfBounds => TrapKind::MemoryOutOfBounds,
            MemoryFault::Unaligned => TrapKind::UnalignedAtomic,
        })
    }
}

fn key(addr: u64) -> WaitKey {
    WaitKey { kind: WaitKind::Memory, address: addr }
}

impl<H: Host> Kernel<H> {
    pub(crate) fn wait32(&self, me: Index, addr: u64, expected: u32, timeout: i64) -> Call<i32> {
        self.wait(me, addr, timeout, || Ok(self.memory().load32(addr)? == expected))
    }

    pub(crate) fn wait64(&self, me: Index, addr: u64, expected: u64, timeout: i64) -> Call<i32> {
        self.wait(me, addr, timeout, || Ok(self.memory().load64(addr)? == expected))
    }

    fn wait(&self, me: Index, addr: u64, timeout: i64, is_expected: impl Fn() -> Call<bool>) -> Call<i32> {
        if timeout == 0 {
            return Ok(if is_expected()? { answer::TIMED_OUT } else { answer::NOT_EQUAL });
        }
        let mut validate = || match is_expected() {
            Ok(true) => ControlFlow::Continue(()),
            Ok(false) => ControlFlow::Break(Ok(answer::NOT_EQUAL)),
            Err(unwind) => ControlFlow::Break(Err(unwind)),
        };
        match self.park_on(me, key(addr), self.until(timeout), &mut validate) {
            ControlFlow::Break(answer) => answer,
            ControlFlow::Continue(woken) => Ok(match woken? {
                Woken::Notified => answer::WOKEN,
                Woken::TimedOut => answer::TIMED_OUT,
            }),
        }
    }

    pub(crate) fn notify(&self, addr: u64, count: u32) -> Result<u32, MemoryFault> {
        self.memory().load32(addr)?;
        Ok(self.wake(key(addr), count))
    }
}
