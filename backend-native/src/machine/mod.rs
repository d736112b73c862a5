//! What the backend asks of the operating system, and what it does itself where the system has no such thing.
//!
//! `room` knows whether there is address space for more, and `mapping` takes some. `threads` are made on stacks of ours
//! by a call that can fail, and `signals` is what they let through. `os_threads` keeps some of them to run guest threads, and `holders` knows who of them has a
//! process; `park` blocks one of them, and `stack` gives back what it does not use meanwhile. `watchdog` acts when a time
//! is over, `wakers` are tasks that await something, and `outside` is how a thread waits for what comes from outside its
//! process.
//!
//! Processes, guests and the engine do not come in here.

pub(crate) mod holders;
#[cfg(target_os = "linux")]
pub(crate) mod mapping;
pub(crate) mod os_threads;
pub(crate) mod outside;
pub(crate) mod park;
pub(crate) mod room;
pub(crate) mod signals;
pub(crate) mod stack;
pub(crate) mod threads;
pub(crate) mod wakers;
pub(crate) mod watchdog;
