//! Calls that do not return to the guest.

use crate::outcome::TrapKind;

/// Why a call does not return: the backend unwinds the guest's frames, by an error or a trap that the guest cannot
/// catch, and passes this to [`StartJob::run`](crate::StartJob::run).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Unwind {
    /// The process has ended.
    Stopped,
    /// The thread called `thread_exit`.
    ThreadExit,
    /// The call traps, as the instruction that it stands for would.
    Trap(TrapKind),
}

/// The result of a call of the ABI: a value for the guest, or that it does not return.
pub type Call<T> = Result<T, Unwind>;
