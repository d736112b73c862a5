//! Nothing: what this crate is for is in its manifest.
#![no_std]
#![forbid(unsafe_code)]
