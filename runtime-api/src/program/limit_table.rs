//! [`LimitInfo`]: a limit as a row of a table, for whoever reads or writes all limits without naming any.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
};
use core::time::Duration;

use super::Limits;

/// A limit: its names, what it bounds, and how it is read and set.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct LimitInfo {
    /// The name in Rust, such as `max_threads`.
    pub name: &'static str,
    /// What it counts.
    pub kind: LimitKind,
    /// What holds when it is not set, in words.
    pub default: &'static str,
    /// Its documentation: Markdown, in lines.
    pub(super) doc: &'static str,
    pub(super) get: fn(&Limits) -> Option<u64>,
    pub(super) set: fn(&mut Limits, Option<u64>),
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// Things, up to `u32::MAX`.
    Count,
    /// Bytes.
    Bytes,
    /// Time: nanoseconds as a number here, milliseconds in JSON and in JavaScript.
    Time,
}

impl LimitInfo {
    /// The limit with that [name](LimitInfo::name).
    #[must_use]
    pub fn find(name: &str) -> Option<&'static LimitInfo> {
        Limits::TABLE.iter().find(|limit| limit.name == name)
    }

    /// Its value as a number: a count, bytes or nanoseconds. `None` when it is not set. A time that is too long for the
    /// number is the longest that there is.
    #[must_use]
    pub fn get(&self, limits: &Limits) -> Option<u64> {
        (self.get)(limits)
    }

    /// Sets it to a number: a count, bytes or nanoseconds; `None` for what holds unless it is set. A count that is too
    /// large is the largest that there is.
    pub fn set(&self, limits: &mut Limits, number: Option<u64>) {
        (self.set)(limits, number);
    }

    /// The name as an option of a command, such as `max-threads`.
    #[must_use]
    pub fn option(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The name in JavaScript, such as `maxThreads`.
    #[must_use]
    pub fn camel_case(&self) -> String {
        let mut words = self.name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| {
            let (initial, rest) = word.split_at(1);
            name + &initial.to_uppercase() + rest
        })
    }

    /// The name in JSON: with `_ms` for a time, such as `max_wait_ms`.
    #[must_use]
    pub fn json_name(&self) -> String {
        match self.kind {
            LimitKind::Time => self.name.to_owned() + "_ms",
            LimitKind::Count | LimitKind::Bytes => self.name.to_owned(),
        }
    }

    /// Its value in JSON: a count, bytes, or whole milliseconds. `None` when it is not set.
    #[must_use]
    pub fn get_json(&self, limits: &Limits) -> Option<u64> {
        self.get(limits).map(|number| number / self.kind.json_unit())
    }

    /// Sets it to a number of JSON's: a count, bytes, or milliseconds.
    pub fn set_json(&self, limits: &mut Limits, number: Option<u64>) {
        self.set(limits, number.map(|number| number.saturating_mul(self.kind.json_unit())));
    }

    /// What it bounds: one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let lines = self.doc.lines().map(str::trim).take_while(|line| !line.is_empty());
        lines.fold(String::new(), |text, line| if text.is_empty() { line.to_string() } else { text + " " + line })
    }
}

impl LimitKind {
    /// The unit in JSON and in JavaScript: empty for a count, `bytes` or `milliseconds`.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            LimitKind::Count => "",
            LimitKind::Bytes => "bytes",
            LimitKind::Time => "milliseconds",
        }
    }

    const fn json_unit(self) -> u64 {
        match self {
            LimitKind::Count | LimitKind::Bytes => 1,
            LimitKind::Time => 1_000_000,
        }
    }
}

/// The type of a limit's field.
pub(super) trait LimitType {
    fn to_number(self) -> u64;
    fn from_number(number: u64) -> Self;
}

impl LimitType for u32 {
    fn to_number(self) -> u64 {
        self.into()
    }

    fn from_number(number: u64) -> u32 {
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}

impl LimitType for u64 {
    fn to_number(self) -> u64 {
        self
    }

    fn from_number(number: u64) -> u64 {
        number
    }
}

impl LimitType for Duration {
    fn to_number(self) -> u64 {
        u64::try_from(self.as_nanos()).unwrap_or(u64::MAX)
    }

    fn from_number(number: u64) -> Duration {
        Duration::from_nanos(number)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, vec::Vec};

    use super::*;
    use crate::program::{
        DEFAULT_MAX_INSTANCE_MEMORY, DEFAULT_MAX_THREADS, DEFAULT_STACK_SIZE, MAX_THREADS, MIN_STACK_SIZE,
    };

    fn find(name: &str) -> &'static LimitInfo {
        LimitInfo::find(name).unwrap_or_else(|| panic!("no limit {name}"))
    }

    #[test]
    fn each_is_read_as_it_was_set_and_no_other() {
        for limit in Limits::TABLE {
            let mut limits = Limits::default();
            limit.set(&mut limits, Some(7_000_000));
            let set: Vec<_> =
                Limits::TABLE.iter().filter_map(|limit| Some((limit.name, limit.get(&limits)?))).collect();
            assert_eq!(set, [(limit.name, 7_000_000)]);
            let in_json = if limit.kind == LimitKind::Time { 7 } else { 7_000_000 };
            assert_eq!(limit.get_json(&limits), Some(in_json));
            let mut read = Limits::default();
            limit.set_json(&mut read, Some(in_json));
            assert_eq!(read, limits);
            limit.set(&mut limits, None);
            assert_eq!(limits, Limits::default());
        }
    }

    #[test]
    fn a_number_that_is_too_large_is_the_largest() {
        let mut limits = Limits { max_wait: Some(Duration::MAX), ..Limits::default() };
        assert_eq!(find("max_wait").get(&limits), Some(u64::MAX));
        find("max_threads").set(&mut limits, Some(u64::MAX));
        find("time_limit").set_json(&mut limits, Some(u64::MAX));
        assert_eq!((limits.max_threads, limits.time_limit), (Some(u32::MAX), Some(Duration::from_nanos(u64::MAX))));
    }

    #[test]
    fn names() {
        let wait = find("max_wait");
        assert_eq!(
            (wait.option(), wait.camel_case(), wait.json_name()),
            ("max-wait".into(), "maxWait".into(), "max_wait_ms".into())
        );
        assert_eq!(find("stack_size").json_name(), "stack_size");
        assert!(LimitInfo::find("max-wait").is_none());
    }

    #[test]
    fn what_is_said_has_the_numbers_of_the_code() {
        let threads = find("max_threads");
        assert_eq!(threads.default, DEFAULT_MAX_THREADS.to_string());
        assert!(threads.summary().ends_with(&format!(": 1 to {MAX_THREADS}.")), "{}", threads.summary());
        assert_eq!(find("max_instance_memory").default, DEFAULT_MAX_INSTANCE_MEMORY.to_string());
        let stack = find("stack_size");
        assert!(stack.default.starts_with(&format!("{DEFAULT_STACK_SIZE};")), "{}", stack.default);
        assert!(stack.summary().contains(&format!("less than {MIN_STACK_SIZE} ")), "{}", stack.summary());
    }
}
