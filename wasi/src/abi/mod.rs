//! WASI preview 1: what a guest may import, and the numbers and layouts that these calls use.
//!
//! This is the only place where they are written. Read in this order: `calls` (the calls, in one table), [`imports`]
//! (their names and types, and those of wasi-threads), [`Errno`] (what they return), [`flags`] and [`rights`] (what they
//! take), `layouts` (what they read and write in guest memory).
//!
//! Nothing here knows what is behind a descriptor.

mod calls;
mod errno;
pub mod flags;
pub mod imports;
pub(crate) mod layouts;
pub mod rights;

pub use errno::{Errno, Result};
pub use layouts::FileType;
