//! What the page and the workers of raddle's web backend agree on. Both are wasm modules of their own, with memories of
//! their own; what they share are the control words of a process.
//!
//! # Reading order
//! * Words: [`region`] says where a process's words lie, [`pool`] hands jobs to workers through some of them, and
//!   [`clock`] tells one time to all agents.
//! * Messages: [`names`] says what they are called, [`output`] keeps those of a guest's writes in order, and [`event`]
//!   has what is told of its threads.
//! * What the script tells the host module: [`value`] reads the entry's results, [`trap`] what a browser says of a
//!   trap.
//!
//! # What does not belong here
//! JavaScript: so all of this is tested without a browser, and the build takes from here what the script must know.
#![forbid(unsafe_code)]

pub mod clock;
pub mod event;
pub mod names;
pub mod output;
pub mod pool;
pub mod region;
pub mod trap;
pub mod value;

use raddle_runtime_api::{Capabilities, Capability};

/// What the web backend can do.
#[must_use]
pub fn capabilities() -> Capabilities {
    // The page takes what is written into a buffer of its own, and no call waits for anything else outside.
    Capabilities::all().without(Capability::Outside)
}
