//! How a process ended: the same for every backend.
//!
//! An outcome is written to the control words, as bytes, before anybody is told that there is one: on the web no
//! message reaches a thread that is blocked, and an error that crosses workers loses what it said. [`encode`] writes
//! those bytes, [`decode`] reads them.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use crate::{
    codec::{Malformed, Reader, write_number, write_text},
    deadlock::{BlockedThread, cycles},
    trap::{Frame, Trap, TrapKind},
};

/// A number that an entry function takes or returns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A 32-bit integer.
    I32(i32),
    /// A 64-bit integer.
    I64(i64),
    /// A 32-bit float.
    F32(f32),
    /// A 64-bit float.
    F64(f64),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::I32(value) => value.fmt(f),
            Value::I64(value) => value.fmt(f),
            Value::F32(value) => value.fmt(f),
            Value::F64(value) => value.fmt(f),
        }
    }
}

/// A thread as a report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadLabel {
    /// The id; 1 is the main thread.
    pub id: u32,
    /// The name, empty when it has none.
    pub name: String,
}

impl fmt::Display for ThreadLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "thread {}", self.id)?;
        if self.name.is_empty() { Ok(()) } else { write!(f, " '{}'", self.name) }
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
        /// What it said.
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
    /// The time that the embedder gave it was over.
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

/// What there is to say to people, of a trap or a deadlock with backtraces on lines of their own.
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
                if message.is_empty() { Ok(()) } else { write!(f, ": {message}") }
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

/// How many bytes of a message are kept.
pub(crate) const MAX_MESSAGE: usize = 4096;

mod tag {
    pub(super) const RETURNED: u8 = 1;
    pub(super) const EXITED: u8 = 2;
    pub(super) const ABORTED: u8 = 3;
    pub(super) const TRAPPED: u8 = 4;
    pub(super) const KILLED: u8 = 5;
    pub(super) const DEADLOCKED: u8 = 6;
    pub(super) const TIMED_OUT: u8 = 7;
}

/// Writes an outcome. A message is cut at [`MAX_MESSAGE`] bytes, and a backtrace ends where `limit` bytes are full. The
/// threads of a deadlock are not written: their records say what they wait for.
pub(crate) fn encode(outcome: &Outcome, limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    match outcome {
        Outcome::Returned(values) => {
            out.push(tag::RETURNED);
            // A value takes up to eleven bytes, and engines allow a thousand of them.
            let values = &values[..values.len().min(limit / 11 - 1)];
            write_number(&mut out, values.len() as u64);
            for value in values {
                let (kind, bits) = match *value {
                    Value::I32(value) => (0, u64::from(value as u32)),
                    Value::I64(value) => (1, value as u64),
                    Value::F32(value) => (2, u64::from(value.to_bits())),
                    Value::F64(value) => (3, value.to_bits()),
                };
                write_number(&mut out, kind);
                write_number(&mut out, bits);
            }
        }
        Outcome::Exited(code) => {
            out.push(tag::EXITED);
            write_number(&mut out, u64::from(*code as u32));
        }
        Outcome::Aborted { message, thread } => {
            out.push(tag::ABORTED);
            write_label(&mut out, thread);
            write_text(&mut out, cut(message, MAX_MESSAGE));
        }
        Outcome::Trapped { thread, trap } => {
            out.push(tag::TRAPPED);
            write_label(&mut out, thread);
            let kind = TrapKind::ALL.iter().position(|&kind| kind == trap.kind);
            write_number(&mut out, kind.unwrap_or(TrapKind::ALL.len() - 1) as u64);
            write_text(&mut out, cut(&trap.message, MAX_MESSAGE));
            write_frames(&mut out, &trap.backtrace, limit);
        }
        Outcome::Killed => out.push(tag::KILLED),
        Outcome::Deadlocked { .. } => out.push(tag::DEADLOCKED),
        Outcome::TimedOut => out.push(tag::TIMED_OUT),
    }
    out
}

/// Reads what [`encode`] wrote; a deadlock without its threads.
pub(crate) fn decode(bytes: &[u8]) -> Result<Outcome, Malformed> {
    let (&tag, rest) = bytes.split_first().ok_or(Malformed { offset: 0 })?;
    let mut reader = Reader::new(rest);
    Ok(match tag {
        tag::RETURNED => {
            let count = reader.u64()?;
            let mut values = Vec::new();
            for _ in 0..count {
                values.push(match (reader.u32()?, reader.u64()?) {
                    (0, bits) => Value::I32(bits as i32),
                    (1, bits) => Value::I64(bits as i64),
                    (2, bits) => Value::F32(f32::from_bits(bits as u32)),
                    (3, bits) => Value::F64(f64::from_bits(bits)),
                    _ => return Err(reader.malformed()),
                });
            }
            Outcome::Returned(values)
        }
        tag::EXITED => Outcome::Exited(reader.u32()? as i32),
        tag::ABORTED => Outcome::Aborted { thread: read_label(&mut reader)?, message: reader.text()? },
        tag::TRAPPED => {
            let thread = read_label(&mut reader)?;
            let kind = reader.u32()? as usize;
            let kind = *TrapKind::ALL.get(kind).ok_or(reader.malformed())?;
            let message = reader.text()?;
            let backtrace = read_frames(&mut reader)?;
            Outcome::Trapped { thread, trap: Trap { kind, message, backtrace } }
        }
        tag::KILLED => Outcome::Killed,
        tag::DEADLOCKED => Outcome::Deadlocked { threads: Vec::new() },
        tag::TIMED_OUT => Outcome::TimedOut,
        _ => return Err(Malformed { offset: 0 }),
    })
}

/// The longest beginning of a text that has at most `limit` bytes.
pub(crate) fn cut(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

fn write_label(out: &mut Vec<u8>, label: &ThreadLabel) {
    write_number(out, u64::from(label.id));
    write_text(out, cut(&label.name, MAX_NAME));
}

fn read_label(reader: &mut Reader<'_>) -> Result<ThreadLabel, Malformed> {
    Ok(ThreadLabel { id: reader.u32()?, name: reader.text()? })
}

/// Whether an encoded outcome that begins with this word is a deadlock.
pub(crate) fn is_deadlock(first_word: u32) -> bool {
    first_word.to_le_bytes()[0] == tag::DEADLOCKED
}

/// Writes a backtrace by itself, as far as it fits.
pub(crate) fn encode_frames(frames: &[Frame], limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    write_frames(&mut out, frames, limit);
    out
}

/// Reads what [`encode_frames`] wrote; nothing of what it did not.
pub(crate) fn decode_frames(bytes: &[u8]) -> Vec<Frame> {
    read_frames(&mut Reader::new(bytes)).unwrap_or_default()
}

/// Writes frames up to the end of what has room.
fn write_frames(out: &mut Vec<u8>, frames: &[Frame], limit: usize) {
    for frame in frames {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, frame);
        // A length takes up to three bytes here.
        if out.len() + bytes.len() + 3 > limit {
            break;
        }
        write_number(out, bytes.len() as u64);
        out.extend_from_slice(&bytes);
    }
}

/// Reads frames up to the end.
fn read_frames(reader: &mut Reader<'_>) -> Result<Vec<Frame>, Malformed> {
    let mut frames = Vec::new();
    while !reader.at_end() {
        frames.push(read_frame(&mut reader.field()?)?);
    }
    Ok(frames)
}

/// The longest function or file name that is kept: demangled names can be absurd.
const MAX_NAME: usize = 512;

fn write_frame(out: &mut Vec<u8>, frame: &Frame) {
    let numbers = [Some(u64::from(frame.index)), frame.offset, frame.line.map(u64::from), frame.column.map(u64::from)];
    for number in numbers {
        // 0 stands for none.
        write_number(out, number.map_or(0, |number| number.saturating_add(1)));
    }
    for text in [&frame.function, &frame.file] {
        write_number(out, u64::from(text.is_some()));
        write_text(out, cut(text.as_deref().unwrap_or_default(), MAX_NAME));
    }
}

fn read_frame(reader: &mut Reader<'_>) -> Result<Frame, Malformed> {
    let mut numbers = [None; 4];
    for number in &mut numbers {
        *number = reader.u64()?.checked_sub(1);
    }
    let mut texts = [None, None];
    for text in &mut texts {
        let is_some = reader.u64()? != 0;
        *text = Some(reader.text()?).filter(|_| is_some);
    }
    let [index, offset, line, column] = numbers;
    let [function, file] = texts;
    let small = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
    Ok(Frame { function, index: small(index).unwrap_or(0), offset, file, line: small(line), column: small(column) })
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::deadlock::Waiting;

    fn label() -> ThreadLabel {
        ThreadLabel { id: 7, name: "wörker".into() }
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
    fn decodes_what_it_encodes() {
        let trap =
            Trap { kind: TrapKind::StackOverflow, message: "m".into(), backtrace: vec![frame(), Frame::default()] };
        let outcomes = [
            Outcome::Returned(vec![Value::I32(-1), Value::I64(i64::MIN), Value::F32(0.5), Value::F64(-2.5)]),
            Outcome::Exited(-3),
            Outcome::Aborted { message: "no".into(), thread: label() },
            Outcome::Trapped { thread: label(), trap },
            Outcome::Killed,
            Outcome::Deadlocked { threads: vec![] },
            Outcome::TimedOut,
        ];
        for outcome in outcomes {
            assert_eq!(decode(&encode(&outcome, 1000)), Ok(outcome));
        }
    }

    #[test]
    fn a_long_end_fits() {
        let trap = Trap { kind: TrapKind::Other, message: "ü".repeat(MAX_MESSAGE), backtrace: vec![frame(); 10_000] };
        let bytes = encode(&Outcome::Trapped { thread: label(), trap }, 8000);
        assert!(bytes.len() <= 8000);
        let Ok(Outcome::Trapped { trap, .. }) = decode(&bytes) else { panic!("{bytes:?}") };
        assert_eq!(trap.message.len(), MAX_MESSAGE);
        assert!(trap.backtrace.len() > 10);
    }

    #[test]
    fn an_end_that_no_engine_makes_fits_too() {
        let bytes = encode(&Outcome::Returned(vec![Value::F64(-1.0); 10_000]), 8000);
        assert!(bytes.len() <= 8000);
        let Ok(Outcome::Returned(values)) = decode(&bytes) else { panic!("{bytes:?}") };
        assert!(values.len() > 700);
        let thread = ThreadLabel { id: u32::MAX, name: "n".repeat(100_000) };
        assert!(encode(&Outcome::Aborted { message: "m".repeat(100_000), thread }, 8000).len() <= 8000);
    }

    #[test]
    fn an_outcome_says_what_happened() {
        let trap = |message: &str| Trap {
            kind: TrapKind::Host,
            message: message.into(),
            backtrace: vec![frame(), Frame { index: 5, offset: Some(16), ..Frame::default() }],
        };
        let thread = |id| ThreadLabel { id, name: String::new() };
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
}
