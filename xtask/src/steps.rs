//! Times the steps of a long command, for a table at its end.

use std::{
    fmt,
    time::{Duration, Instant},
};

/// A step that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    name: String,
    elapsed: Duration,
    /// What the processors did for it meanwhile, all together; only Linux tells.
    computed: Option<Duration>,
}

/// The steps that are done, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Steps {
    done: Vec<Step>,
    /// One that lasts until the next begins.
    open: Option<(String, Instant)>,
}

impl Steps {
    /// Does a step.
    pub(crate) fn time<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        self.time_from(Instant::now(), name, step)
    }

    /// Does what is left of a step that was begun at that time.
    pub(crate) fn time_from<T>(&mut self, begin: Instant, name: &str, step: impl FnOnce() -> T) -> T {
        let computed = computed();
        let result = step();
        let computed = self::computed().zip(computed).map(|(after, before)| after.saturating_sub(before));
        self.done.push(Step { name: name.into(), elapsed: begin.elapsed(), computed });
        result
    }

    /// Begins a step, which lasts until the next begins or [`Steps::end`] is called.
    pub(crate) fn begin(&mut self, name: &str) {
        self.end();
        self.open = Some((name.into(), Instant::now()));
    }

    /// Ends the step that was begun.
    pub(crate) fn end(&mut self) {
        if let Some((name, begin)) = self.open.take() {
            self.done.push(Step { name, elapsed: begin.elapsed(), computed: None });
        }
    }

    /// Those that took so many seconds or more.
    pub(crate) fn of_seconds(mut self, seconds: u64) -> Steps {
        self.done.retain(|step| step.elapsed >= Duration::from_secs(seconds));
        self
    }

    /// Takes those of somebody else as the next ones.
    pub(crate) fn append(&mut self, mut other: Steps) {
        self.done.append(&mut other.done);
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.done.iter().map(|step| step.name.chars().count()).max().unwrap_or_default();
        writeln!(f, "{:width$}  {:>7}  {:>10}", "step", "seconds", "of the CPU")?;
        for Step { name, elapsed, computed } in &self.done {
            write!(f, "{name:width$}  {:>7.1}", elapsed.as_secs_f64())?;
            match computed {
                Some(computed) => writeln!(f, "  {:>10.1}", computed.as_secs_f64())?,
                None => writeln!(f)?,
            }
        }
        Ok(())
    }
}

/// The processors' time of all processes that this one started, and those in turn, and that have ended.
fn computed() -> Option<Duration> {
    in_stat(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// The same, as `proc(5)` has it: behind the name, which may have any characters, `cutime` and `cstime` are the 14th
/// and the 15th field, in hundredths of a second.
fn in_stat(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(13).map_while(|field| field.parse::<u64>().ok());
    Some(Duration::from_millis(10 * (times.next()? + times.next()?)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Step, Steps, in_stat};

    #[test]
    fn what_children_computed_is_found() {
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194560 1 2 3 4 11 12 250 50 20 0 1 0 5 6 7";
        assert_eq!(in_stat(stat), Some(Duration::from_secs(3)));
        assert_eq!(in_stat("7 (a"), None);
    }

    #[test]
    fn the_table_has_a_line_for_each() {
        let mut steps = Steps::default();
        assert_eq!(steps.time("a", || 1), 1);
        let step = Step { name: "longer".into(), elapsed: Duration::from_millis(61_240), computed: None };
        steps.append(Steps { done: vec![step], open: None });
        let table = steps.to_string();
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines.len(), 3, "{table}");
        assert!(lines[1].starts_with("a           0.0"), "{table}");
        assert_eq!(lines[2], "longer     61.2");

        steps.begin("short");
        steps.begin("open");
        assert_eq!(steps.to_string().lines().count(), 4);
        steps.end();
        assert_eq!(steps.to_string().lines().count(), 5);
        assert_eq!(steps.of_seconds(60).to_string().lines().count(), 2);
    }
}
