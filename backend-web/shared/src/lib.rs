//! What the page and the workers of raddle's web backend agree on. Both are wasm modules of their own, with memories of
//! their own; what they share are the control words of a process.
//!
//! [`region`] says where a process's words lie, [`pool`] hands jobs to workers through some of them, [`output`] keeps
//! what a guest writes in order, [`clock`] tells one time to all agents, and [`trap`] reads what a browser says of a
//! trap. Nothing here knows JavaScript, and so all of it is tested without a browser.
#![forbid(unsafe_code)]

pub mod clock;
pub mod output;
pub mod pool;
pub mod region;
pub mod trap;

use raddle_runtime_api::Capabilities;

/// What the web backend can do.
#[must_use]
pub fn capabilities() -> Capabilities {
    Capabilities::all()
}
