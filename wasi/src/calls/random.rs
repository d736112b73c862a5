//! Randomness.

use raddle_runtime_api::GuestMemory;

use super::{Calls, done};
use crate::{interests::Answer, memory::CHUNK};

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    pub fn random_get(&self, buffer: u32, len: u32) -> Answer {
        done(|| {
            self.memory.check(buffer, len.into())?;
            self.state.scratch.with(CHUNK.min(len as usize), |bytes| {
                let (mut at, mut left) = (buffer, len as usize);
                while left > 0 {
                    let now = left.min(CHUNK);
                    self.state.system.random(&mut bytes[..now])?;
                    self.memory.write(at, &bytes[..now])?;
                    (at, left) = (at + now as u32, left - now);
                }
                Ok(())
            })
        })
    }
}
