//! Deadlocks: a process whose threads all wait for ever ends, and says who waits for what; and nothing else is called
//! so.
//!
//! `reports` has deadlocks, `near` programs that come near to one.

mod near;
mod reports;
