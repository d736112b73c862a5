//! The report that `--report` writes: `cli/schemas/report.schema.json` is its contract, against which the tests check
//! reports.

use std::{path::Path, time::Duration};

use raddle_runtime_api::Outcome;
use serde::Serialize;

/// The version of the schema. It changes when a field is removed or changes its meaning, but not when one is added.
const VERSION: u32 = 1;

/// One run.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    version: u32,
    module: String,
    entry: &'a str,
    #[serde(flatten)]
    outcome: &'a Outcome,
    exit_status: i32,
    #[serde(flatten)]
    measured: Measured,
}

/// What was measured of a process.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Measured {
    /// Threads that were started, without the main one.
    pub(crate) spawned: u64,
    /// Threads that live when the process has ended.
    pub(crate) live: u64,
    /// The most threads that lived at once, the main one included.
    pub(crate) peak_live: u64,
    /// Thread slots that were not given back when the process had ended.
    pub(crate) slots_in_use: u64,
    /// From the start of the process to its end.
    #[serde(rename = "elapsed_ms", serialize_with = "milliseconds")]
    pub(crate) elapsed: Duration,
}

impl<'a> Report<'a> {
    /// The report on a run.
    pub(crate) fn new(
        module: &Path,
        entry: &'a str,
        outcome: &'a Outcome,
        exit_status: i32,
        measured: Measured,
    ) -> Report<'a> {
        Report { version: VERSION, module: module.display().to_string(), entry, outcome, exit_status, measured }
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

        let thread = ThreadLabel::unnamed(1);
        let outcomes = [
            Outcome::Returned(Vec::new()),
            Outcome::Exited(0),
            Outcome::Aborted { message: String::new(), thread: thread.clone() },
            Outcome::Trapped { thread, trap: Trap::new(TrapKind::Other, "") },
            Outcome::Killed,
            Outcome::TimedOut,
            Outcome::Deadlocked { threads: Vec::new() },
        ];
        assert_eq!(names(&schema, "/$defs/outcome/properties/outcome/enum"), outcomes.each_ref().map(Outcome::name));
    }
}
