//! Compares what was observed with what a case expects.

use std::{collections::BTreeMap, fmt};

use raddle_runtime_api::{BlockedThread, Capability, Outcome, ThreadLabel, Trap, Waiting, cycles};

use serde::{Deserialize, Serialize};

use super::words::{describe_expected, describe_observation};
use crate::{
    adapter::{Description, Ended, Observation, Refusal, Stage},
    case::{Blocked, BlockedOn, Expectation, Expected, TrapPattern},
    value,
};

/// How often each result of a litmus test was seen.
pub type Histogram = BTreeMap<String, u64>;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Difference {
    /// What is wrong: `outcome`, `stdout`, `threads` and the like.
    pub what: String,
    /// What the case expects.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.what, self.expected, self.found)
    }
}

/// Compares an observation with an expectation. If all is as expected, the results of a litmus test are returned.
///
/// # Errors
/// [`Difference`]: the first thing that is not as expected.
pub fn judge(
    expect: &Expectation,
    backend: &Description,
    observation: &Observation,
) -> Result<Option<Histogram>, Difference> {
    let histogram = judge_result(&expect.result, backend, observation)?;
    let Observation::Ended(ended) = observation else { return Ok(histogram) };
    judge_output("stdout", expect.stdout.as_deref(), &ended.stdout)?;
    judge_output("stderr", expect.stderr.as_deref(), &ended.stderr)?;
    if let Some(part) = &expect.stdout_contains
        && !contains(&ended.stdout, part.as_bytes())
    {
        return Err(difference("stdout", format!("a part {part:?}"), shown(&ended.stdout)));
    }
    if let (Some(expected), Some(found)) = (expect.threads.spawned, ended.counts.spawned)
        && u64::from(expected) != found
    {
        return Err(difference("threads spawned", expected.to_string(), found.to_string()));
    }
    if let Some(leaked) = ended.counts.leaked()
        && leaked != u64::from(expect.threads.leaked)
    {
        let found = format!(
            "{} live threads and {} slots in use",
            ended.counts.live.map_or("unknown".into(), |count| count.to_string()),
            ended.counts.slots_in_use.map_or("unknown".into(), |count| count.to_string())
        );
        return Err(difference("left at the end", format!("{} threads or slots", expect.threads.leaked), found));
    }
    Ok(histogram)
}

/// Compares how a process ended, and nothing else.
///
/// # Errors
/// [`Difference`]
pub(crate) fn judge_result(
    expected: &Expected,
    backend: &Description,
    observation: &Observation,
) -> Result<Option<Histogram>, Difference> {
    let wrong = || difference("outcome", describe_expected(expected), describe_observation(observation));
    if let Expected::OneOf(results) = expected {
        let any = results.iter().any(|result| judge_result(result, backend, observation).is_ok());
        return if any { Ok(None) } else { Err(wrong()) };
    }
    if let Expected::Histogram { allowed, forbidden } = expected {
        let Observation::Ended(ended) = observation else { return Err(wrong()) };
        return match &ended.outcome {
            Outcome::Returned(_) | Outcome::Exited(0) => litmus(&ended.stdout, allowed, forbidden).map(Some),
            _ => Err(wrong()),
        };
    }
    let good = match observation {
        Observation::Ended(ended) => ended_well(expected, backend, ended),
        Observation::Refused(refusal) => refused_well(expected, refusal),
        Observation::Hung => matches!(expected, Expected::Hang(_)),
    };
    if good { Ok(None) } else { Err(wrong()) }
}

fn ended_well(expected: &Expected, backend: &Description, ended: &Ended) -> bool {
    match (expected, &ended.outcome) {
        (Expected::Return(expected), Outcome::Returned(found)) => {
            expected.len() == found.len() && expected.iter().zip(found).all(|(a, b)| value::same(a, b))
        }
        (Expected::Exit(expected), Outcome::Exited(found)) => expected == found,
        (Expected::Abort { message, thread }, Outcome::Aborted { message: said, thread: by }) => {
            agrees(message.as_ref(), said) && agrees(thread.as_ref(), &by.id)
        }
        (Expected::Trap(pattern), Outcome::Trapped { thread, trap }) => trapped_so(pattern, backend, thread, trap),
        (Expected::Deadlock { threads, cycles: expected }, Outcome::Deadlocked { threads: found }) => {
            threads.as_ref().is_none_or(|threads| blocked_so(threads, found))
                && expected.as_ref().is_none_or(|expected| *expected == cycles(found))
        }
        (Expected::Killed | Expected::Hang(_), Outcome::Killed) | (Expected::TimedOut, Outcome::TimedOut) => true,
        _ => false,
    }
}

fn refused_well(expected: &Expected, refusal: &Refusal) -> bool {
    match expected {
        Expected::ThreadifyError { code } => refusal.stage == Stage::Threadify && agrees(code.as_ref(), &refusal.code),
        Expected::LoadError { code } => {
            let code = code.as_ref().filter(|code| letters(code) == letters(&refusal.code));
            refusal.stage != Stage::Threadify && agrees(code, &refusal.code)
        }
        Expected::Refused(capability) => agrees(refusal.capability.as_ref(), capability),
        _ => false,
    }
}

/// The letters that a code begins with, which tell whose code it is.
fn letters(code: &str) -> &str {
    code.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Whether what was found is what was expected, if anything was.
fn agrees<T: PartialEq>(expected: Option<&T>, found: &T) -> bool {
    expected.is_none_or(|expected| expected == found)
}

fn trapped_so(pattern: &TrapPattern, backend: &Description, thread: &ThreadLabel, trap: &Trap) -> bool {
    let innermost = trap.backtrace.iter().find_map(|frame| frame.function.as_ref());
    let judge_function = backend.capabilities.has(Capability::Backtrace);
    pattern.kind == trap.kind
        && agrees(pattern.thread.as_ref(), &thread.id)
        && agrees(pattern.thread_name.as_ref(), &thread.name)
        && pattern.message_contains.as_ref().is_none_or(|part| trap.message.contains(part))
        && (!judge_function || pattern.function.as_ref().is_none_or(|function| innermost == Some(function)))
}

/// Whether these threads are blocked as expected, and no others.
fn blocked_so(expected: &[Blocked], found: &[BlockedThread]) -> bool {
    let is_so = |expected: &Blocked| {
        found.iter().any(|found| found.thread.id == expected.id && waits_so(&expected.on, &found.waiting))
    };
    expected.len() == found.len() && expected.iter().all(is_so)
}

fn waits_so(expected: &BlockedOn, found: &Waiting) -> bool {
    match (expected, found) {
        (BlockedOn::Memory { address }, Waiting::Memory { address: at })
        | (BlockedOn::Condvar { address }, Waiting::Condvar { address: at }) => agrees(address.as_ref(), at),
        (BlockedOn::Mutex { address, owner }, Waiting::Mutex { address: at, owner: of }) => {
            agrees(address.as_ref(), at) && agrees(owner.as_ref(), of)
        }
        (BlockedOn::Join { thread }, Waiting::Join { thread: of }) => agrees(thread.as_ref(), of),
        _ => false,
    }
}

/// Counts the results of a litmus test, each of which has to be allowed.
fn litmus(stdout: &[u8], allowed: &[String], forbidden: &[String]) -> Result<Histogram, Difference> {
    let text = String::from_utf8_lossy(stdout);
    let mut histogram = Histogram::new();
    for line in text.lines() {
        *histogram.entry(line.to_owned()).or_default() += 1;
    }
    let bad = |result: &&String| forbidden.contains(result) || !allowed.is_empty() && !allowed.contains(result);
    let what = Expected::Histogram { allowed: allowed.to_vec(), forbidden: forbidden.to_vec() };
    match histogram.iter().find(|(result, _)| bad(result)) {
        Some((result, times)) => {
            Err(difference("histogram", describe_expected(&what), format!("{result:?}, {times} times")))
        }
        None if histogram.is_empty() => Err(difference("histogram", describe_expected(&what), "no result".into())),
        None => Ok(histogram),
    }
}

fn judge_output(what: &str, expected: Option<&str>, found: &[u8]) -> Result<(), Difference> {
    match expected {
        Some(expected) if expected.as_bytes() != found => Err(difference(what, format!("{expected:?}"), shown(found))),
        _ => Ok(()),
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    part.is_empty() || text.windows(part.len()).any(|window| window == part)
}

/// Output as a quoted string; only the beginning if it is long.
fn shown(output: &[u8]) -> String {
    const MOST: usize = 400;
    let text = String::from_utf8_lossy(&output[..output.len().min(MOST)]);
    if output.len() > MOST { format!("{text:?}… ({} bytes)", output.len()) } else { format!("{text:?}") }
}

fn difference(what: &str, expected: String, found: String) -> Difference {
    Difference { what: what.into(), expected, found }
}
