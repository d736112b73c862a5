//! Both sides of a difference, described for people.

use raddle_runtime_api::{BlockedThread, Outcome, Waiting};

use crate::{
    adapter::{Ended, Observation, Refusal},
    case::{Blocked, BlockedOn, Expected, TrapPattern},
    value,
};

/// What a case expects, in words.
#[must_use]
pub fn describe_expected(expected: &Expected) -> String {
    match expected {
        Expected::Return(values) => format!("returned {}", value::format_all(values)),
        Expected::Exit(code) => format!("exited with {code}"),
        Expected::Abort { message, thread } => {
            format!("aborted{}{}", thread_part(*thread, None), quoted_part(": ", message.as_deref()))
        }
        Expected::Trap(pattern) => trap(pattern),
        Expected::Deadlock { threads, cycles } => deadlock(threads.as_deref(), cycles.as_deref()),
        Expected::Killed => "killed".into(),
        Expected::TimedOut => "timed-out".into(),
        Expected::Hang(time) => format!("still running after {} ms", time.as_millis()),
        Expected::Refused(capability) => format!("refused, as the backend lacks {}", capability.name()),
        Expected::LoadError { code: None } => "an error when it is loaded".into(),
        Expected::LoadError { code: Some(code) } => format!("the error {code} when it is loaded"),
        Expected::ThreadifyError { code: None } => "an error of threadify".into(),
        Expected::ThreadifyError { code: Some(code) } => format!("the error {code} of threadify"),
        Expected::Histogram { allowed, forbidden } => histogram(allowed, forbidden),
        Expected::OneOf(results) => results.iter().map(describe_expected).collect::<Vec<_>>().join("; or "),
    }
}

/// What was observed, in words.
#[must_use]
pub fn describe_observation(observation: &Observation) -> String {
    match observation {
        Observation::Ended(ended) => outcome(ended),
        Observation::Refused(Refusal { stage, code, message, capability }) => {
            let code = if code.is_empty() { "an error" } else { code };
            let lacking = capability.map_or(String::new(), |capability| format!(", lacking {}", capability.name()));
            format!("{code} in {stage}{lacking}: {message}")
        }
        Observation::Hung => "it did not end (a hang)".into(),
    }
}

fn outcome(ended: &Ended) -> String {
    match &ended.outcome {
        Outcome::Returned(values) => format!("returned {}", value::format_all(values)),
        Outcome::Exited(code) => format!("exited with {code}"),
        Outcome::Aborted { message, thread } => format!("aborted by {thread}: {message:?}"),
        Outcome::Trapped { thread, trap } => {
            let place = trap.backtrace.first().map_or(String::new(), |frame| format!(" in {frame}"));
            let message = if trap.message.is_empty() { String::new() } else { format!(": {}", trap.message) };
            format!("{thread} trapped: {}{place}{message}", trap.kind)
        }
        Outcome::Deadlocked { threads } => {
            let all: Vec<_> = threads.iter().map(blocked_thread).collect();
            let cycles = raddle_runtime_api::cycles(threads);
            let cycles = if cycles.is_empty() { String::new() } else { format!("; cycles {cycles:?}") };
            format!("deadlocked: {}{cycles}", all.join(", "))
        }
        other => other.name().into(),
    }
}

fn blocked_thread(blocked: &BlockedThread) -> String {
    let id = blocked.thread.id;
    match blocked.waiting {
        Waiting::Memory { address } => format!("{id} waits for memory at {address}"),
        Waiting::Mutex { address, owner } => format!("{id} waits for the mutex at {address} of {owner}"),
        Waiting::Condvar { address } => format!("{id} waits for the condvar at {address}"),
        Waiting::Join { thread } => format!("{id} joins {thread}"),
        other => format!("{id} {other}"),
    }
}

fn deadlock(threads: Option<&[Blocked]>, cycles: Option<&[Vec<u32>]>) -> String {
    let threads = threads
        .map_or(String::new(), |threads| format!(": {}", threads.iter().map(blocked).collect::<Vec<_>>().join(", ")));
    let cycles = cycles.map_or(String::new(), |cycles| format!("; cycles {cycles:?}"));
    format!("deadlocked{threads}{cycles}")
}

fn blocked(blocked: &Blocked) -> String {
    let id = blocked.id;
    let at = |address: Option<u64>| address.map_or(String::new(), |address| format!(" at {address}"));
    match blocked.on {
        BlockedOn::Memory { address } => format!("{id} waits for memory{}", at(address)),
        BlockedOn::Mutex { address, owner } => {
            let owner = owner.map_or(String::new(), |owner| format!(" of {owner}"));
            format!("{id} waits for the mutex{}{owner}", at(address))
        }
        BlockedOn::Condvar { address } => format!("{id} waits for the condvar{}", at(address)),
        BlockedOn::Join { thread: Some(thread) } => format!("{id} joins {thread}"),
        BlockedOn::Join { thread: None } => format!("{id} joins a thread"),
    }
}

fn trap(pattern: &TrapPattern) -> String {
    format!(
        "trapped{}: {}{}{}",
        thread_part(pattern.thread, pattern.thread_name.as_deref()),
        pattern.kind,
        pattern.function.as_ref().map_or(String::new(), |function| format!(" in {function}")),
        quoted_part(", with a message that has ", pattern.message_contains.as_deref()),
    )
}

fn thread_part(thread: Option<u32>, name: Option<&str>) -> String {
    match (thread, name) {
        (None, None) => String::new(),
        (Some(id), None) => format!(" by thread {id}"),
        (Some(id), Some(name)) => format!(" by thread {id} '{name}'"),
        (None, Some(name)) => format!(" by thread '{name}'"),
    }
}

fn quoted_part(before: &str, text: Option<&str>) -> String {
    text.map_or(String::new(), |text| format!("{before}{text:?}"))
}

fn histogram(allowed: &[String], forbidden: &[String]) -> String {
    let mut parts = Vec::new();
    if !allowed.is_empty() {
        parts.push(format!("only results from {allowed:?}"));
    }
    if !forbidden.is_empty() {
        parts.push(format!("no result from {forbidden:?}"));
    }
    parts.join(", and ")
}
