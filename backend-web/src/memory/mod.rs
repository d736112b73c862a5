//! The memories that a page shares with its workers: `control` has the words and the host module's data of all
//! processes, `guest` is one guest's.

mod control;
mod guest;

pub(crate) use control::{Control, make};
pub use guest::Memory;
