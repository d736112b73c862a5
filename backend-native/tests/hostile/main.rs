//! Hostile guests: any integer in any argument of any call, in any order, from many threads at once, while the guest's
//! memory changes under the host's hands. The answer is a status or the documented end; the host neither panics nor
//! hangs, and nothing is left of the process.
//!
//! [`driver`] is the guest, which does what a [`script`] says; [`operations`] is what a script can say, [`answers`]
//! what may come of it, [`world`] where things lie in the guest's memory. [`machine`] hands the steps out and checks,
//! [`run`] runs a process and looks at what is left of it.
//!
//! [`exhaustive`] passes all [`values`] to every call. [`fuzz`] plays at [`random`], and counts what it has [`seen`].
//! The others are modules made to keep a host busy: [`names`], [`output`], [`start`], [`tables`], [`ticks`].

mod answers;
#[path = "../common/mod.rs"]
mod common;
mod debug;
mod driver;
mod exhaustive;
mod fuzz;
mod machine;
mod names;
mod operations;
mod output;
mod random;
mod run;
mod scenes;
mod script;
mod seen;
mod start;
mod tables;
mod ticks;
mod values;
mod world;
