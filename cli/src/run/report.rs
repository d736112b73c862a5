//! The report that `--report` writes: `cli/schemas/report.schema.json` is its contract, and the tests hold reports against it.

use std::{path::Path, time::Duration};

use raddle_runtime_api::{self as api, BlockedThread, Outcome, ThreadLabel, Value};
use serde::Serialize;

/// The version of the schema. It changes when a field goes or changes its meaning; new fields may come without.
const VERSION: u32 = 1;

/// One run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    version: u32,
    module: String,
    entry: String,
    outcome: &'static str,
    #[serde(flatten)]
    fields: Fields,
    exit_status: i32,
    #[serde(flatten)]
    measured: Measured,
}

/// What was measured of a process.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Measured {
    /// Threads that were started, without the main one.
    pub(crate) threads_spawned: u64,
    /// The most threads that lived at once, the main one included.
    pub(crate) peak_live: u64,
    /// Thread slots that were not given back when the process had ended.
    pub(crate) slots_in_use: u64,
    /// From the start of the process to its end.
    #[serde(rename = "elapsed_ms", serialize_with = "milliseconds")]
    pub(crate) elapsed: Duration,
}

/// The fields of each outcome.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Fields {
    Returned { results: Vec<TypedValue> },
    Exited { code: i32 },
    Aborted { thread: Thread, message: String },
    Trapped { thread: Thread, kind: &'static str, message: String, backtrace: Vec<Frame> },
    Deadlocked { threads: Vec<Blocked>, cycles: Vec<Vec<u32>> },
    None {},
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "lowercase")]
enum TypedValue {
    I32(i32),
    I64(i64),
    F32(Float),
    F64(Float),
}

/// JSON has no number for what is not finite: such a float is a string, `NaN`, `inf` or `-inf`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Float {
    Single(f32),
    Double(f64),
    NotFinite(String),
}

#[derive(Debug, Serialize)]
struct Thread {
    id: u32,
    name: Option<String>,
}

#[derive(Debug, Serialize)]
struct Frame {
    function: Option<String>,
    index: u32,
    offset: Option<u64>,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Blocked {
    thread: Thread,
    waiting: Waiting,
    backtrace: Vec<Frame>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "for", rename_all = "kebab-case")]
enum Waiting {
    Memory { address: u64 },
    Mutex { address: u64, owner: Option<u32> },
    Condvar { address: u64 },
    Join { thread: u32 },
    Other { text: String },
}

impl Report {
    /// The report on a run.
    pub(crate) fn new(module: &Path, entry: &str, outcome: &Outcome, exit_status: i32, measured: Measured) -> Report {
        Report {
            version: VERSION,
            module: module.display().to_string(),
            entry: entry.into(),
            outcome: outcome.name(),
            fields: Fields::of(outcome),
            exit_status,
            measured,
        }
    }
}

impl Fields {
    fn of(outcome: &Outcome) -> Fields {
        match outcome {
            Outcome::Returned(values) => Fields::Returned { results: values.iter().map(Into::into).collect() },
            Outcome::Exited(code) => Fields::Exited { code: *code },
            Outcome::Aborted { message, thread } => Fields::Aborted { thread: thread.into(), message: message.clone() },
            Outcome::Trapped { thread, trap } => Fields::Trapped {
                thread: thread.into(),
                kind: trap.kind.name(),
                message: trap.message.clone(),
                backtrace: trap.backtrace.iter().map(Into::into).collect(),
            },
            Outcome::Deadlocked { threads } => {
                Fields::Deadlocked { threads: threads.iter().map(Into::into).collect(), cycles: api::cycles(threads) }
            }
            _ => Fields::None {},
        }
    }
}

impl From<&Value> for TypedValue {
    fn from(value: &Value) -> TypedValue {
        match *value {
            Value::I32(value) => TypedValue::I32(value),
            Value::I64(value) => TypedValue::I64(value),
            Value::F32(value) if value.is_finite() => TypedValue::F32(Float::Single(value)),
            Value::F64(value) if value.is_finite() => TypedValue::F64(Float::Double(value)),
            Value::F32(value) => TypedValue::F32(Float::NotFinite(value.to_string())),
            Value::F64(value) => TypedValue::F64(Float::NotFinite(value.to_string())),
        }
    }
}

impl From<&ThreadLabel> for Thread {
    fn from(label: &ThreadLabel) -> Thread {
        Thread { id: label.id, name: (!label.name.is_empty()).then(|| label.name.clone()) }
    }
}

impl From<&api::Frame> for Frame {
    fn from(frame: &api::Frame) -> Frame {
        Frame {
            function: frame.function.clone(),
            index: frame.index,
            offset: frame.offset,
            file: frame.file.clone(),
            line: frame.line,
            column: frame.column,
        }
    }
}

impl From<&BlockedThread> for Blocked {
    fn from(blocked: &BlockedThread) -> Blocked {
        let waiting = match blocked.waiting {
            api::Waiting::Memory { address } => Waiting::Memory { address },
            api::Waiting::Mutex { address, owner } => Waiting::Mutex { address, owner: (owner != 0).then_some(owner) },
            api::Waiting::Condvar { address } => Waiting::Condvar { address },
            api::Waiting::Join { thread } => Waiting::Join { thread },
            other => Waiting::Other { text: other.to_string() },
        };
        let backtrace = blocked.backtrace.iter().map(Into::into).collect();
        Blocked { thread: (&blocked.thread).into(), waiting, backtrace }
    }
}

fn milliseconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use raddle_runtime_api::{Outcome, ThreadLabel, Trap, TrapKind};

    fn names(schema: &serde_json::Value, pointer: &str) -> Vec<String> {
        let list = schema.pointer(pointer).unwrap().as_array().unwrap();
        list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_schema_has_every_name() {
        let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/report.schema.json")).unwrap();
        let kinds: Vec<&str> = TrapKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names(&schema, "/$defs/trap_kind/enum"), kinds);

        let thread = ThreadLabel { id: 1, name: String::new() };
        let outcomes = [
            Outcome::Returned(Vec::new()),
            Outcome::Exited(0),
            Outcome::Aborted { message: String::new(), thread: thread.clone() },
            Outcome::Trapped { thread, trap: Trap::new(TrapKind::Other, "") },
            Outcome::Killed,
            Outcome::TimedOut,
            Outcome::Deadlocked { threads: Vec::new() },
        ];
        assert_eq!(names(&schema, "/properties/outcome/enum"), outcomes.each_ref().map(Outcome::name));
    }
}
