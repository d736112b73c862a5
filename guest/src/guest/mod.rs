//! The guest's side: what `std` lacks on this target, built on the calls of the ABI.
//!
//! Read in this order: `host` (the calls, made safe to use), `sync`, `local`, `thread`, then the small ones. Only `host` may
//! name [`imports`](crate::imports).

mod host;
pub mod io;
mod local;
mod panic;
pub mod process;
pub mod sync;
pub mod thread;
pub mod time;

#[doc(hidden)]
pub use local::{Slot as __Slot, std_thread_local as __std_thread_local};
pub use panic::install_panic_hook;
