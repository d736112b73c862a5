//! What workers load: it is part of this crate, so that nobody has to copy files.

/// The script of every worker.
pub(crate) const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/worker.js"));

/// Operations on control words.
pub(crate) const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.wasm"));

/// Operations on a guest's memory with 32-bit addresses.
pub(crate) const MEMORY32: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/memory32.wasm"));

/// Operations on a guest's memory with 64-bit addresses.
pub(crate) const MEMORY64: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/memory64.wasm"));

/// The host module.
#[cfg(target_arch = "wasm32")]
pub(crate) const HOST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/host.wasm"));

#[cfg(not(target_arch = "wasm32"))]
pub(crate) const HOST: &[u8] = &[];
