//! How a program ended: the exit status, and the message about a failure.

use raddle_runtime_api::{Entry, Outcome, Value};

use super::entry::returns_status;
use crate::status;

/// The exit status of an outcome. Without an entry the program has not run.
pub(crate) fn exit_status(outcome: &Outcome, entry: Option<&Entry>) -> i32 {
    match outcome {
        Outcome::Returned(values) => match values[..] {
            [Value::I32(code)] if entry.is_some_and(returns_status) => code,
            _ => 0,
        },
        Outcome::Exited(code) => *code,
        Outcome::Killed | Outcome::TimedOut => status::STOPPED,
        Outcome::Deadlocked { .. } => status::DEADLOCKED,
        // Aborts and traps, and whatever bad end a later version may know.
        _ => status::CRASHED,
    }
}

/// What is written to standard error: nothing for success without results.
pub(crate) fn describe(outcome: &Outcome, entry: Option<&Entry>) -> Option<String> {
    match outcome {
        Outcome::Returned(values) if values.is_empty() || entry.is_none_or(returns_status) => None,
        Outcome::Exited(_) => None,
        Outcome::Returned(_) => entry.map(|entry| format!("raddle: {} {outcome}\n", entry.name)),
        Outcome::TimedOut => Some("raddle: the program ran longer than --time-limit allows and was ended\n".into()),
        Outcome::Deadlocked { .. } => Some(outcome.to_string().lines().map(line_of_deadlock).collect()),
        _ => Some(format!("raddle: {outcome}\n")),
    }
}

/// A line of a deadlock's report. Lines about a single thread are indented; the others stand alone.
fn line_of_deadlock(line: &str) -> String {
    let who = if line.starts_with(' ') { "" } else { "raddle: " };
    format!("{who}{line}\n")
}
