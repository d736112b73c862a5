//! Programs as bytes: compiled once, loaded quickly.
#![expect(unsafe_code, reason = "loading machine code trusts it")]

use raddle_runtime_api::abi::section::ThreadsSection;
use wasmtime::Module;

use super::{Program, compile};
use crate::{error::Error, runtime::Runtime};

/// How saved programs begin: a name and the format's version.
const MAGIC: &[u8; 8] = b"raddle\0\x01";

impl Program {
    /// The program as bytes, for [`load`](Program::load): the machine code, and what the host must know about the
    /// module.
    ///
    /// # Errors
    /// [`Error::Compile`] if the engine cannot write it.
    pub fn save(&self) -> Result<Vec<u8>, Error> {
        let section = self.section().encode();
        let module = self.module().serialize().map_err(Error::Compile)?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(section.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&section);
        bytes.extend_from_slice(&module);
        Ok(bytes)
    }

    /// Loads a saved program. It must have been saved by the same version of raddle, with the same settings, for the
    /// same kind of machine.
    ///
    /// # Errors
    /// [`Error::Saved`] if the bytes are something else, as far as that can be recognized; [`Error::Engine`] if the system
    /// refuses what the code needs; [`Error::Forked`].
    ///
    /// # Safety
    /// The bytes must come from [`save`](Program::save), unchanged: they hold machine code, which is run without any
    /// checks.
    pub unsafe fn load(runtime: &Runtime, bytes: &[u8]) -> Result<Program, Error> {
        runtime.check_here()?;
        let saved = |reason: &str| Error::Saved { reason: reason.into() };
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| saved("the bytes begin otherwise"))?;
        let (len, rest) = rest.split_first_chunk().ok_or_else(|| saved("the bytes end too early"))?;
        let len = usize::try_from(u64::from_le_bytes(*len)).map_err(|_| saved("the section is too long"))?;
        let (section, module) = rest.split_at_checked(len).ok_or_else(|| saved("the bytes end too early"))?;
        let section = ThreadsSection::decode(section).map_err(|error| saved(&error.to_string()))?;
        let room = compile::reserve(module.len())?;
        // SAFETY: the caller vouches for the bytes.
        let module = unsafe { Module::deserialize(runtime.engine(), module) };
        let module = module.map_err(|error| match compile::is_the_systems(&error) {
            true => Error::Engine(error),
            false => saved(&format!("{error:#}")),
        })?;
        Program::from_parts(runtime, (module, room), section, None)
    }
}
