//! Outcomes as JSON, written and read: the same in the command's report, in the conformance suite, and between a
//! backend and whatever drives it from outside.
//!
//! The field `outcome` has the outcome's name, and each outcome has further fields; `cli/schemas/report.schema.json` is
//! the contract. Unknown fields are ignored when reading.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::outcome::{BlockedThread, Frame, Outcome, ThreadLabel, Trap, TrapKind, Value, Waiting, cycles};

#[derive(Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
enum OutcomeJson {
    Returned {
        results: Vec<Value>,
    },
    Exited {
        code: i32,
    },
    Aborted {
        thread: ThreadJson,
        message: String,
    },
    Trapped {
        thread: ThreadJson,
        kind: TrapKind,
        message: String,
        #[serde(default)]
        backtrace: Vec<FrameJson>,
    },
    Killed,
    Deadlocked {
        threads: Vec<BlockedJson>,
        // Written for readers that do not search themselves; it follows from the threads.
        #[serde(default, skip_deserializing)]
        cycles: Vec<Vec<u32>>,
    },
    TimedOut,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "lowercase")]
enum ValueJson {
    I32(i32),
    I64(i64),
    F32(FloatJson<f32>),
    F64(FloatJson<f64>),
}

/// JSON has no numbers that are not finite: such a float is a string, `NaN`, `inf` or `-inf`.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum FloatJson<F> {
    Number(F),
    Text(String),
}

#[derive(Serialize, Deserialize)]
struct ThreadJson {
    id: u32,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct FrameJson {
    function: Option<String>,
    index: u32,
    offset: Option<u64>,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct BlockedJson {
    thread: ThreadJson,
    waiting: WaitingJson,
    #[serde(default)]
    backtrace: Vec<FrameJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "kebab-case")]
enum WaitingJson {
    Memory {
        address: u64,
    },
    Mutex {
        address: u64,
        #[serde(default)]
        owner: Option<u32>,
    },
    Condvar {
        address: u64,
    },
    Join {
        thread: u32,
    },
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = match self {
            Outcome::Returned(values) => OutcomeJson::Returned { results: values.clone() },
            Outcome::Exited(code) => OutcomeJson::Exited { code: *code },
            Outcome::Aborted { message, thread } => {
                OutcomeJson::Aborted { thread: thread.into(), message: message.clone() }
            }
            Outcome::Trapped { thread, trap } => OutcomeJson::Trapped {
                thread: thread.into(),
                kind: trap.kind,
                message: trap.message.clone(),
                backtrace: trap.backtrace.iter().map(Into::into).collect(),
            },
            Outcome::Killed => OutcomeJson::Killed,
            Outcome::Deadlocked { threads } => {
                OutcomeJson::Deadlocked { threads: threads.iter().map(Into::into).collect(), cycles: cycles(threads) }
            }
            Outcome::TimedOut => OutcomeJson::TimedOut,
        };
        json.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Outcome, D::Error> {
        Ok(match OutcomeJson::deserialize(deserializer)? {
            OutcomeJson::Returned { results } => Outcome::Returned(results),
            OutcomeJson::Exited { code } => Outcome::Exited(code),
            OutcomeJson::Aborted { thread, message } => Outcome::Aborted { message, thread: thread.into() },
            OutcomeJson::Trapped { thread, kind, message, backtrace } => {
                let backtrace = backtrace.into_iter().map(Into::into).collect();
                Outcome::Trapped { thread: thread.into(), trap: Trap { kind, message, backtrace } }
            }
            OutcomeJson::Killed => Outcome::Killed,
            OutcomeJson::Deadlocked { threads, .. } => {
                Outcome::Deadlocked { threads: threads.into_iter().map(Into::into).collect() }
            }
            OutcomeJson::TimedOut => Outcome::TimedOut,
        })
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = match *self {
            Value::I32(value) => ValueJson::I32(value),
            Value::I64(value) => ValueJson::I64(value),
            Value::F32(value) if value.is_finite() => ValueJson::F32(FloatJson::Number(value)),
            Value::F32(value) => ValueJson::F32(FloatJson::Text(value.to_string())),
            Value::F64(value) if value.is_finite() => ValueJson::F64(FloatJson::Number(value)),
            Value::F64(value) => ValueJson::F64(FloatJson::Text(value.to_string())),
        };
        json.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        Ok(match ValueJson::deserialize(deserializer)? {
            ValueJson::I32(value) => Value::I32(value),
            ValueJson::I64(value) => Value::I64(value),
            ValueJson::F32(FloatJson::Number(value)) => Value::F32(value),
            ValueJson::F32(FloatJson::Text(text)) => Value::F32(not_finite::<f64, _>(&text)? as f32),
            ValueJson::F64(FloatJson::Number(value)) => Value::F64(value),
            ValueJson::F64(FloatJson::Text(text)) => Value::F64(not_finite(&text)?),
        })
    }
}

/// A float that is written as a string.
fn not_finite<F: From<f32>, E: Error>(text: &str) -> Result<F, E> {
    match text {
        "NaN" => Ok(f32::NAN.into()),
        "inf" => Ok(f32::INFINITY.into()),
        "-inf" => Ok(f32::NEG_INFINITY.into()),
        _ => Err(E::custom(format!("`{text}` is no float: a number, or one of \"NaN\", \"inf\" and \"-inf\""))),
    }
}

impl Serialize for TrapKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for TrapKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TrapKind, D::Error> {
        let name = String::deserialize(deserializer)?;
        let kind = TrapKind::ALL.iter().find(|kind| kind.name() == name);
        kind.copied().ok_or_else(|| D::Error::custom(format!("`{name}` is no trap kind")))
    }
}

impl From<&ThreadLabel> for ThreadJson {
    fn from(label: &ThreadLabel) -> ThreadJson {
        ThreadJson { id: label.id, name: (!label.name.is_empty()).then(|| label.name.clone()) }
    }
}

impl From<ThreadJson> for ThreadLabel {
    fn from(json: ThreadJson) -> ThreadLabel {
        ThreadLabel { id: json.id, name: json.name.unwrap_or_default() }
    }
}

impl From<&Frame> for FrameJson {
    fn from(frame: &Frame) -> FrameJson {
        let Frame { function, index, offset, file, line, column } = frame.clone();
        FrameJson { function, index, offset, file, line, column }
    }
}

impl From<FrameJson> for Frame {
    fn from(json: FrameJson) -> Frame {
        let FrameJson { function, index, offset, file, line, column } = json;
        Frame { function, index, offset, file, line, column }
    }
}

impl From<&BlockedThread> for BlockedJson {
    fn from(blocked: &BlockedThread) -> BlockedJson {
        let waiting = match blocked.waiting {
            Waiting::Memory { address } => WaitingJson::Memory { address },
            Waiting::Mutex { address, owner } => {
                WaitingJson::Mutex { address, owner: Some(owner).filter(|&owner| owner != 0) }
            }
            Waiting::Condvar { address } => WaitingJson::Condvar { address },
            Waiting::Join { thread } => WaitingJson::Join { thread },
        };
        let backtrace = blocked.backtrace.iter().map(Into::into).collect();
        BlockedJson { thread: (&blocked.thread).into(), waiting, backtrace }
    }
}

impl From<BlockedJson> for BlockedThread {
    fn from(json: BlockedJson) -> BlockedThread {
        let waiting = match json.waiting {
            WaitingJson::Memory { address } => Waiting::Memory { address },
            WaitingJson::Mutex { address, owner } => Waiting::Mutex { address, owner: owner.unwrap_or(0) },
            WaitingJson::Condvar { address } => Waiting::Condvar { address },
            WaitingJson::Join { thread } => Waiting::Join { thread },
        };
        let backtrace = json.backtrace.into_iter().map(Into::into).collect();
        BlockedThread { thread: json.thread.into(), waiting, backtrace }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn frame() -> Frame {
        Frame {
            function: Some("f".into()),
            index: 3,
            offset: Some(17),
            file: Some("a.c".into()),
            line: Some(2),
            column: None,
        }
    }

    fn outcomes() -> Vec<Outcome> {
        let label = |id, name: &str| ThreadLabel { id, name: name.into() };
        let blocked = |id, waiting| BlockedThread { thread: label(id, ""), waiting, backtrace: vec![frame()] };
        vec![
            Outcome::Returned(vec![
                Value::I32(-1),
                Value::I64(i64::MIN),
                Value::F32(0.1),
                Value::F64(f64::NEG_INFINITY),
            ]),
            Outcome::Exited(-3),
            Outcome::Aborted { message: "no\u{0}more".into(), thread: label(2, "weaver") },
            Outcome::Trapped {
                thread: label(1, ""),
                trap: Trap { kind: TrapKind::BadSignature, message: String::new(), backtrace: vec![frame()] },
            },
            Outcome::Killed,
            Outcome::Deadlocked {
                threads: vec![
                    blocked(1, Waiting::Mutex { address: 8, owner: 2 }),
                    blocked(2, Waiting::Join { thread: 1 }),
                    blocked(3, Waiting::Memory { address: 16 }),
                    blocked(4, Waiting::Condvar { address: 4 }),
                    blocked(5, Waiting::Mutex { address: 8, owner: 0 }),
                ],
            },
            Outcome::TimedOut,
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        for outcome in outcomes() {
            let text = serde_json::to_string(&outcome).unwrap();
            assert!(text.starts_with(&format!("{{\"outcome\":\"{}\"", outcome.name())), "{text}");
            assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), outcome, "{text}");
        }
        let nan = serde_json::to_string(&Value::F32(f32::NAN)).unwrap();
        assert!(matches!(serde_json::from_str(&nan), Ok(Value::F32(value)) if value.is_nan()), "{nan}");
    }

    #[test]
    fn cycles_are_written() {
        let json = serde_json::to_value(&outcomes()[5]).unwrap();
        assert_eq!(json["cycles"], serde_json::json!([[1, 2]]));
    }

    #[test]
    fn unknown_names_are_refused_by_name_and_unknown_fields_are_not() {
        let read = |text: &str| serde_json::from_str::<Outcome>(text);
        let kind = r#"{"outcome":"trapped","thread":{"id":1},"kind":"tired","message":""}"#;
        assert!(read(kind).unwrap_err().to_string().contains("`tired` is no trap kind"));
        assert!(read(r#"{"outcome":"vanished"}"#).unwrap_err().to_string().contains("vanished"));
        let float = r#"{"outcome":"returned","results":[{"type":"f32","value":"big"}]}"#;
        assert!(read(float).unwrap_err().to_string().contains("`big` is no float"));
        assert_eq!(read(r#"{"outcome":"exited","code":1,"mood":"good"}"#).unwrap(), Outcome::Exited(1));
    }
}
