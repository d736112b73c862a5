//! What a call returns.

use super::named;

named! {
    /// The status that most calls return to the guest, as an `i32`.
    ///
    /// Names and meanings follow POSIX; the numbers are the ABI's own, because POSIX fixes none.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[repr(i32)]
    #[must_use]
    pub enum Status;

    /// Every status, in the order of its number.
    ALL;

    /// The name in the ABI's reference, such as `NO_THREAD`.
    name;

    /// Done.
    Ok = 0 => "OK",
    /// A limit is reached: threads, keys, memory or output (`EAGAIN`).
    Again = 1 => "AGAIN",
    /// An argument is invalid, or the thread cannot be joined: it is detached, or has a joiner (`EINVAL`).
    Invalid = 2 => "INVALID",
    /// No such thread, or it was joined (`ESRCH`).
    NoThread = 3 => "NO_THREAD",
    /// The call can never return: joining oneself, a cycle of joins, relocking an owned mutex (`EDEADLK`).
    Deadlock = 4 => "DEADLOCK",
    /// Another thread has it, and the caller did not want to wait (`EBUSY`).
    Busy = 5 => "BUSY",
    /// The time-out passed first (`ETIMEDOUT`).
    TimedOut = 6 => "TIMED_OUT",
    /// The caller does not own the mutex (`EPERM`).
    NotOwner = 7 => "NOT_OWNER",
    /// An address is outside memory or misaligned (`EFAULT`).
    Fault = 8 => "FAULT",
    /// This host lacks the capability (`ENOTSUP`).
    Unsupported = 9 => "UNSUPPORTED",
    /// The mutex's owner ended while holding it; the caller now owns it (`EOWNERDEAD`).
    OwnerDied = 10 => "OWNER_DIED",
}

impl Status {
    /// The number that the guest sees.
    #[must_use]
    pub const fn code(self) -> i32 {
        self as i32
    }

    /// The status of that number.
    #[must_use]
    pub fn from_code(code: i32) -> Option<Status> {
        usize::try_from(code).ok().and_then(|index| Status::ALL.get(index)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn codes_are_the_positions_in_the_list() {
        for &status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(status), "{}", status.name());
        }
        assert_eq!(Status::from_code(-1), None);
        assert_eq!(Status::from_code(Status::ALL.len() as i32), None);
    }
}
