//! Says which option raises a limit that the program has reached: a program that gets `AGAIN` may not say so, or why.

use std::sync::Mutex;

use raddle_runtime_api::{Event, Limit};

use super::PATIENCE;

/// A receiver of a process's events that writes a line to standard error for every kind of limit, once.
pub(crate) fn warn() -> impl Fn(&Event) + Send + Sync {
    let told: Mutex<Vec<Limit>> = Mutex::default();
    move |event| {
        let Event::LimitReached { limit, value } = *event else { return };
        // Nothing panics while it holds the lock, so a poisoned list is as good.
        let mut told = told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !told.contains(&limit) {
            told.push(limit);
            // This is a thread of the program's, which cannot be stopped meanwhile.
            raddle_command::say(format_args!("{}", line(limit, value)), Some(PATIENCE));
        }
    }
}

fn line(limit: Limit, value: u64) -> String {
    let (what, option) = match limit {
        Limit::Threads => ("threads that are live or not yet joined", " (--max-threads)"),
        Limit::Slots => ("stacks for threads", " (--max-threads, --max-memory, --stack-size)"),
        Limit::TlsKeys => ("TLS keys", ""),
        Limit::HostThreads => ("threads of the system", ""),
        Limit::InstanceMemory => ("bytes for the instances of its threads", " (--max-instance-memory)"),
        Limit::Output => ("bytes of output", " (--max-output)"),
        Limit::WaitTime => ("nanoseconds in one wait", " (--max-wait)"),
        _ => ("of a resource", ""),
    };
    format!("raddle: warning: the program has reached its limit of {value} {what}: {}{option}", limit.hint())
}
