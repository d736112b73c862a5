//! What this crate has in common with `std`, held against the `std` that builds the tests.
//!
//! `traits` compares which traits the types have, `signatures` how functions are called. Neither says what they do:
//! `examples/guests/sdk-check` does, which is run in wasm and natively.

mod signatures;
mod traits;
