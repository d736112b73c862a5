//! What each operation may answer, as the contract says: see `raddle_runtime_api::Threads`.

use raddle_runtime_api::abi::{
    MAX_THREAD_ID,
    Status::{
        self, Again, Busy, Deadlock, Fault, Invalid, NoThread, NotOwner, Ok as Done, OwnerDied, TimedOut, Unsupported,
    },
    imports,
};

use crate::operations::Operation;

/// What may come of an operation.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answers {
    /// One of these statuses.
    Statuses(&'static [Status]),
    /// A number from the first to the second.
    Numbers(i64, i64),
    /// The caller's id.
    Me,
    /// A time that is no earlier than the last.
    Time,
    /// Any number, or none.
    Anything,
    /// It does not return.
    Nothing,
}

/// How many threads can wait for one thing at most.
const MOST_WAITERS: i64 = raddle_runtime_api::MAX_THREADS as i64;

impl Answers {
    pub(crate) fn of(operation: &Operation) -> Answers {
        use Answers::{Anything, Me, Nothing, Numbers, Statuses, Time};
        match operation.name {
            imports::THREAD_SPAWN => Statuses(&[Done, Again, Invalid, Fault]),
            imports::THREAD_JOIN => Statuses(&[Done, Invalid, NoThread, Deadlock, TimedOut, Fault]),
            imports::THREAD_DETACH => Statuses(&[Done, Invalid, NoThread]),
            imports::THREAD_SET_NAME => Statuses(&[Done, Invalid, Fault]),
            imports::THREAD_SLEEP => Statuses(&[Done, Invalid]),
            imports::WRITE => Statuses(&[Done, Invalid, Fault, Unsupported]),
            imports::MUTEX_LOCK => Statuses(&[Done, Deadlock, Busy, TimedOut, Fault, OwnerDied]),
            imports::MUTEX_UNLOCK => Statuses(&[Done, NotOwner, Fault]),
            imports::COND_WAIT => Statuses(&[Done, TimedOut, NotOwner, Fault, OwnerDied]),
            imports::TLS_CREATE => Statuses(&[Done, Again, Fault]),
            imports::TLS_DELETE | imports::TLS_SET => Statuses(&[Done, Invalid]),
            imports::THREAD_ID => Me,
            imports::THREAD_PARALLELISM => Numbers(1, i64::from(i32::MAX)),
            imports::CLOCK_NOW => Time,
            imports::WAIT32 | imports::WAIT64 | "memory.atomic.wait32" | "memory.atomic.wait64" => Numbers(0, 2),
            imports::NOTIFY | imports::COND_NOTIFY | "memory.atomic.notify" => Numbers(0, MOST_WAITERS),
            imports::THREAD_EXIT | imports::PROCESS_EXIT | imports::PROCESS_ABORT | "unreachable" => Nothing,
            imports::TLS_GET | imports::THREAD_YIELD => Anything,
            name => {
                assert!(!operation.is_import, "say here what {name} may answer");
                Anything
            }
        }
    }

    /// Whether this is an answer to a thread of that id that was told the time before. Says what it is for a count of
    /// answers.
    pub(crate) fn check(self, value: i64, me: u32, clock: &mut i64) -> Result<Answer, String> {
        let is_right = match self {
            Answers::Statuses(statuses) => {
                let status = i32::try_from(value).ok().and_then(Status::from_code);
                match status.filter(|status| statuses.contains(status)) {
                    Some(status) => return Ok(Answer::Status(status)),
                    None => false,
                }
            }
            Answers::Numbers(least, most) => (least..=most).contains(&value),
            Answers::Me => value == i64::from(me) && (1..=MAX_THREAD_ID).contains(&me),
            Answers::Time => std::mem::replace(clock, value) <= value,
            Answers::Anything => true,
            Answers::Nothing => false,
        };
        if is_right { Ok(Answer::Number) } else { Err(format!("{value} where it may answer {self:?}")) }
    }
}

/// An answer, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Answer {
    Status(Status),
    Number,
}

impl Answer {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Answer::Status(status) => status.name(),
            Answer::Number => "a number",
        }
    }
}
