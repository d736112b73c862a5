//! How a program ended: the exit status, and what is said of a bad end.

use std::fmt::{self, Write};

use raddle_runtime_api::{Frame, Outcome, Value, cycles};

use super::entry::Entry;
use crate::status;

/// The exit status of an outcome.
pub(crate) fn exit_status(outcome: &Outcome, entry: &Entry) -> i32 {
    match outcome {
        Outcome::Returned(values) => match values[..] {
            [Value::I32(code)] if entry.returns_status() => code,
            _ => 0,
        },
        Outcome::Exited(code) => *code,
        Outcome::Killed | Outcome::TimedOut => status::STOPPED,
        Outcome::Deadlocked { .. } => status::DEADLOCKED,
        // Aborts and traps, and whatever bad end a later version may know.
        _ => status::CRASHED,
    }
}

/// What standard error is told of an end: nothing of a good one without results.
pub(crate) fn describe(outcome: &Outcome, entry: &Entry) -> Option<String> {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(&mut text, outcome, entry);
    (!text.is_empty()).then_some(text)
}

fn write(out: &mut String, outcome: &Outcome, entry: &Entry) -> fmt::Result {
    match outcome {
        Outcome::Returned(values) if values.is_empty() || entry.returns_status() => Ok(()),
        Outcome::Returned(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            writeln!(out, "raddle: {} returned {}", entry.name, values.join(" "))
        }
        Outcome::Exited(_) => Ok(()),
        Outcome::Aborted { message, thread } if message.is_empty() => {
            writeln!(out, "raddle: {thread} aborted the program")
        }
        Outcome::Aborted { message, thread } => writeln!(out, "raddle: {thread} aborted the program: {message}"),
        Outcome::Trapped { thread, trap } => {
            write!(out, "raddle: {thread} trapped: {}", trap.kind)?;
            if !trap.message.is_empty() {
                write!(out, ": {}", trap.message)?;
            }
            writeln!(out)?;
            trap.backtrace.iter().enumerate().try_for_each(|(depth, frame)| write_frame(out, depth, frame))
        }
        Outcome::Killed => writeln!(out, "raddle: the program was killed"),
        Outcome::TimedOut => writeln!(out, "raddle: the program ran longer than --timeout allows and was ended"),
        Outcome::Deadlocked { threads } => {
            writeln!(out, "raddle: deadlock: every thread waits for ever")?;
            threads.iter().try_for_each(|blocked| {
                writeln!(out, "    {} {}", blocked.thread, blocked.waiting)?;
                blocked.backtrace.iter().enumerate().try_for_each(|(depth, frame)| write_frame(out, depth, frame))
            })?;
            cycles(threads).iter().try_for_each(|cycle| write_cycle(out, cycle))
        }
        other => writeln!(out, "raddle: the program ended: {}", other.name()),
    }
}

/// A cycle of threads, back to where it began.
fn write_cycle(out: &mut String, cycle: &[u32]) -> fmt::Result {
    let ids: Vec<String> = cycle.iter().chain(cycle.first()).map(ToString::to_string).collect();
    writeln!(out, "raddle: a cycle: thread {}", ids.join(" waits for thread "))
}

/// A frame in the shape of Rust's own backtraces: the function, and below it the source line.
fn write_frame(out: &mut String, depth: usize, frame: &Frame) -> fmt::Result {
    match &frame.function {
        Some(name) => write!(out, "{depth:4}: {name}")?,
        None => write!(out, "{depth:4}: function {}", frame.index)?,
    }
    match (&frame.file, frame.line, frame.column) {
        (Some(file), Some(line), Some(column)) => writeln!(out, "\n             at {file}:{line}:{column}"),
        (Some(file), Some(line), None) => writeln!(out, "\n             at {file}:{line}"),
        _ => match frame.offset {
            Some(offset) => writeln!(out, " (module offset {offset:#x})"),
            None => writeln!(out),
        },
    }
}
