//! How a process ended, and what happened in it until then: the same for every backend.
//!
//! This file has [`Outcome`]. `value` has the numbers that entries take and return and their types, `trap` and
//! `deadlock` what two of the outcomes have to say, `failure` makes an error of those that are no success, `event` is
//! what an embedder is told while a process runs. `encoding` is an outcome as the control words hold it, `json` as
//! reports do.
//!
//! Processes, threads and hosts do not belong here: this is what they report.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

mod deadlock;
pub(crate) mod encoding;
mod event;
mod failure;
#[cfg(feature = "serde")]
mod json;
mod trap;
mod value;

pub use self::{
    deadlock::{BlockedThread, Waiting, cycles},
    event::{Event, Limit},
    failure::Failure,
    trap::{Frame, Trap, TrapKind},
    value::{FunctionType, Value, ValueType},
};
use crate::abi::text::{Lines, Shown};

/// A thread as named in reports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ThreadLabel {
    /// The id; 1 is the main thread. 0 is no thread: the host itself was the cause.
    pub id: u32,
    /// The name, empty if it has none.
    pub name: String,
}

impl ThreadLabel {
    /// A thread with a name.
    pub fn new(id: u32, name: impl Into<String>) -> ThreadLabel {
        ThreadLabel { id, name: name.into() }
    }

    /// A thread without a name.
    #[must_use]
    pub const fn unnamed(id: u32) -> ThreadLabel {
        ThreadLabel { id, name: String::new() }
    }
}

impl fmt::Display for ThreadLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "thread {}", self.id)?;
        if self.name.is_empty() { Ok(()) } else { write!(f, " '{}'", Shown(&self.name)) }
    }
}

/// How a process ended. There is exactly one outcome for each process: the first end wins.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The entry function returned; or every thread ended after the main one had called `thread_exit`, without values.
    Returned(Vec<Value>),
    /// A thread called `process_exit`.
    Exited(i32),
    /// A thread called `process_abort`.
    Aborted {
        /// The message.
        message: String,
        /// The thread.
        thread: ThreadLabel,
    },
    /// A thread trapped.
    Trapped {
        /// The thread.
        thread: ThreadLabel,
        /// What happened.
        trap: Trap,
    },
    /// The embedder ended it.
    Killed,
    /// Every thread waited for ever.
    Deadlocked {
        /// The threads and what they waited for, by id.
        threads: Vec<BlockedThread>,
    },
    /// The embedder's time limit passed.
    TimedOut,
}

impl Outcome {
    /// The name in reports and conformance cases: `returned`, `exited`, `aborted`, `trapped`, `killed`, `deadlocked` or
    /// `timed-out`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Outcome::Returned(_) => "returned",
            Outcome::Exited(_) => "exited",
            Outcome::Aborted { .. } => "aborted",
            Outcome::Trapped { .. } => "trapped",
            Outcome::Killed => "killed",
            Outcome::Deadlocked { .. } => "deadlocked",
            Outcome::TimedOut => "timed-out",
        }
    }
}

/// The outcome as text for people; a trap or a deadlock with backtraces on lines of their own.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Returned(values) => {
                f.write_str("returned")?;
                values.iter().try_for_each(|value| write!(f, " {value}"))
            }
            Outcome::Exited(code) => write!(f, "exited with {code}"),
            Outcome::Aborted { message, thread } => {
                write!(f, "{thread} aborted the program")?;
                if message.is_empty() { Ok(()) } else { write!(f, ": {}", Lines(message)) }
            }
            Outcome::Trapped { thread, trap } => write!(f, "{thread} trapped: {trap}"),
            Outcome::Killed => f.write_str("the program was killed"),
            Outcome::Deadlocked { threads } => {
                f.write_str("deadlock: every thread waits for ever")?;
                threads.iter().try_for_each(|blocked| write!(f, "\n    {blocked}"))?;
                cycles(threads).iter().try_for_each(|cycle| write_cycle(f, cycle))
            }
            Outcome::TimedOut => f.write_str("the program ran longer than its time limit allows and was ended"),
        }
    }
}

/// A cycle of threads, back to where it began.
fn write_cycle(f: &mut fmt::Formatter<'_>, cycle: &[u32]) -> fmt::Result {
    let ids: Vec<String> = cycle.iter().chain(cycle.first()).map(ToString::to_string).collect();
    write!(f, "\na cycle: thread {}", ids.join(" waits for thread "))
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::outcome::Waiting;

    fn label() -> ThreadLabel {
        ThreadLabel::new(7, "wörker")
    }

    fn frame() -> Frame {
        Frame {
            function: Some("f".into()),
            index: 3,
            offset: Some(0),
            file: Some("src/main.rs".into()),
            line: Some(12),
            column: None,
        }
    }

    #[test]
    fn an_outcome_says_what_happened() {
        let trap = |message: &str| Trap {
            kind: TrapKind::Host,
            message: message.into(),
            backtrace: vec![frame(), Frame { index: 5, offset: Some(16), ..Frame::default() }],
        };
        let thread = ThreadLabel::unnamed;
        let joins = |id, joined, backtrace| BlockedThread {
            thread: thread(id),
            waiting: Waiting::Join { thread: joined },
            backtrace,
        };
        let said = [
            (Outcome::Returned(vec![]), "returned"),
            (Outcome::Returned(vec![Value::I32(-1), Value::F64(0.5)]), "returned -1 0.5"),
            (Outcome::Exited(3), "exited with 3"),
            (Outcome::Aborted { message: "no".into(), thread: label() }, "thread 7 'wörker' aborted the program: no"),
            (Outcome::Aborted { message: String::new(), thread: thread(1) }, "thread 1 aborted the program"),
            (
                Outcome::Trapped { thread: thread(1), trap: trap("no file") },
                "thread 1 trapped: host: no file\n   0: f\n             at src/main.rs:12\n   1: function 5 (module offset 0x10)",
            ),
            (Outcome::Trapped { thread: thread(2), trap: Trap::new(TrapKind::Other, "") }, "thread 2 trapped: other"),
            (Outcome::Killed, "the program was killed"),
            (Outcome::TimedOut, "the program ran longer than its time limit allows and was ended"),
            (
                Outcome::Deadlocked { threads: vec![joins(1, 2, vec![frame()]), joins(2, 1, vec![])] },
                "deadlock: every thread waits for ever\n    thread 1 joins thread 2\n   0: f\n             at src/main.rs:12\n    \
                thread 2 joins thread 1\na cycle: thread 1 waits for thread 2 waits for thread 1",
            ),
        ];
        for (outcome, text) in said {
            assert_eq!(outcome.to_string(), text);
        }
    }

    #[test]
    fn a_frame_says_what_it_knows() {
        assert_eq!(frame().to_string(), "f at src/main.rs:12");
        assert_eq!(Frame { offset: Some(16), ..Frame::default() }.to_string(), "function 0 at module offset 0x10");
    }

    /// Names and messages are a guest's: what a terminal would obey is escaped, and no line is made up.
    #[test]
    fn what_a_guest_chose_is_shown_and_not_obeyed() {
        let thread = ThreadLabel { id: 2, name: "\x1b[2Jraddle: error".into() };
        let aborted = Outcome::Aborted { message: "one\nraddle: all is well\x07".into(), thread: thread.clone() };
        assert_eq!(
            aborted.to_string(),
            "thread 2 '\\u{1b}[2Jraddle: error' aborted the program: one\n    raddle: all is well\\u{7}"
        );
        let frame =
            Frame { function: Some("f\n".into()), file: Some("\u{202e}a".into()), line: Some(1), ..Frame::default() };
        let nameless = Frame { function: Some(String::new()), index: 7, ..Frame::default() };
        let trap = Trap::new(TrapKind::Host, "\x1b").with_backtrace(vec![frame.clone(), nameless]);
        assert_eq!(trap.to_string(), "host: \\u{1b}\n   0: f\\n\n             at \\u{202e}a:1\n   1: function 7");
        assert_eq!(frame.to_string(), "f\\n at \\u{202e}a:1");
    }
}
