//! The contract of raddle: what threads of a WebAssembly program are, whatever host runs them.
//!
//! Read in this order: [`abi`], what guests and hosts say to each other.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(any(feature = "host", test))]
extern crate std;

pub mod abi;
