//! What is a browser's own: whether threads can work in this page, workers, locks, timers and clocks, events and
//! addresses of the page.

mod environment;
mod page;
mod script;
mod timers;
mod waits;

pub(crate) use environment::{check, parallelism};
pub(crate) use page::{Listener, absolute};
pub(crate) use script::ScriptUrl;
pub(crate) use timers::{now, sleep};
pub(crate) use waits::{wait_while, when_free};
