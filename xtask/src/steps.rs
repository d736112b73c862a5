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
pub(crate) struct Steps(Vec<Step>);

impl Steps {
    /// Does a step.
    pub(crate) fn time<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        let (begin, computed) = (Instant::now(), computed());
        let result = step();
        let computed = self::computed().zip(computed).map(|(after, before)| after.saturating_sub(before));
        self.0.push(Step { name: name.into(), elapsed: begin.elapsed(), computed });
        result
    }

    /// Takes those of somebody else as the next ones.
    pub(crate) fn append(&mut self, mut other: Steps) {
        self.0.append(&mut other.0);
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|step| step.name.chars().count()).max().unwrap_or_default();
        writeln!(f, "{:width$}  {:>7}  {:>10}", "step", "seconds", "of the CPU")?;
        for Step { name, elapsed, computed } in &self.0 {
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

/// The same, as `proc(5)` has it: behind the name, which may have any characters, `cutime` and `cstime` are the 14th and
/// the 15th field, in hundredths of a second.
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
        steps.append(Steps(vec![step]));
        let table = steps.to_string();
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines.len(), 3, "{table}");
        assert!(lines[1].starts_with("a           0.0"), "{table}");
        assert_eq!(lines[2], "longer     61.2");
    }
}
