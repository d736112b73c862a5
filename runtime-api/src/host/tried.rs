//! A call that is tried, and tells when it cannot be done yet.

/// How one attempt at a call went that may have to wait for the outside: for a descriptor, a stream, a time, somebody's
/// answer.
///
/// An attempt never blocks. What a caller does with [`NotYet`](Tried::NotYet) is decided in one place, where a thread
/// can be stopped while it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Tried<T, I> {
    /// The call is done, with its result.
    Done(T),
    /// Nothing was done. The call is to be tried again when any of these came about.
    NotYet(I),
}

impl<T, I> Tried<T, I> {
    /// What it is done with, changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Tried<U, I> {
        match self {
            Tried::Done(value) => Tried::Done(change(value)),
            Tried::NotYet(interests) => Tried::NotYet(interests),
        }
    }
}
