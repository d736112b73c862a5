//! The command as its users see it: exit statuses, what is written where, reports, files.
//!
//! [`support`] runs it; [`guests`] are the small programs in text, [`programs`] those of the examples.

mod bad_input;
mod build;
mod completions;
mod conform;
mod ends;
mod external;
mod files;
mod guests;
mod invoke;
mod limits;
mod programs;
mod report;
mod serve;
mod signals;
mod streams;
mod support;
mod surroundings;
