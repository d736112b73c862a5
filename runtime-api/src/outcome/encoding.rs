//! Outcomes as bytes.
//!
//! An outcome is written to the control words before it is announced: on the web no message reaches a blocked thread,
//! and an error that crosses workers loses its content. [`encode`] writes those bytes, [`decode`] reads them.

use alloc::vec::Vec;

use super::{Frame, Outcome, ThreadLabel, Trap, TrapKind, Value};
use crate::abi::codec::{Malformed, Reader, write_number, write_text};

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

/// Writes an outcome. A message is cut at [`MAX_MESSAGE`] bytes, and a backtrace is cut when `limit` bytes are full.
/// The threads of a deadlock are not written: their records say what they wait for.
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

/// The longest prefix of a text that has at most `limit` bytes.
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

/// Reads what [`encode_frames`] wrote; gives nothing for anything else.
pub(crate) fn decode_frames(bytes: &[u8]) -> Vec<Frame> {
    read_frames(&mut Reader::new(bytes)).unwrap_or_default()
}

/// Writes frames as long as there is room.
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

/// The longest function or file name that is kept: demangled names can be absurdly long.
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
}
