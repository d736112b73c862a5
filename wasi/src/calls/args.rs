//! Arguments and environment variables.

use raddle_runtime_api::GuestMemory;

use super::{Calls, done};
use crate::{abi::Result, interests::Answer, state::Strings};

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    pub fn args_get(&self, argv: u32, buffer: u32) -> Answer {
        done(|| self.strings(&self.state.args, argv, buffer))
    }

    pub fn args_sizes_get(&self, count: u32, size: u32) -> Answer {
        done(|| self.sizes(&self.state.args, count, size))
    }

    pub fn environ_get(&self, environ: u32, buffer: u32) -> Answer {
        done(|| self.strings(&self.state.variables, environ, buffer))
    }

    pub fn environ_sizes_get(&self, count: u32, size: u32) -> Answer {
        done(|| self.sizes(&self.state.variables, count, size))
    }

    fn strings(&self, strings: &Strings, table: u32, buffer: u32) -> Result<()> {
        // The buffer's end is checked, so all addresses in it have 32 bits.
        self.memory.check(buffer, strings.bytes.len() as u64)?;
        let addresses = strings.starts.iter().flat_map(|&start| (buffer + start as u32).to_le_bytes());
        self.memory.check(table, 4 * strings.starts.len() as u64)?;
        self.memory.write(table, &addresses.collect::<Vec<_>>())?;
        self.memory.write(buffer, &strings.bytes)
    }

    fn sizes(&self, strings: &Strings, count: u32, size: u32) -> Result<()> {
        self.memory.check(size, 4)?;
        self.memory.set_u32(count, strings.starts.len() as u32)?;
        self.memory.set_u32(size, strings.bytes.len() as u32)
    }
}
