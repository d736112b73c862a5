//! From a header to a case.

use std::{path::PathBuf, time::Duration};

use raddle_runtime_api::{Capability, LimitKind, Limits, TrapKind, Value};

use super::{
    Blocked, BlockedOn, Case, Expectation, Expected, Language, Profile, Source, ThreadCounts, TrapPattern, header,
};
use crate::{
    adapter::Threadify,
    error::Error,
    toml_reader::{Document, Item, Reader},
    value,
};

/// How long a case may take by default.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The results that an `[expect]` may have; it has exactly one of them.
const RESULTS: [&str; 13] = [
    "return",
    "exit",
    "abort",
    "trap",
    "deadlock",
    "killed",
    "timed-out",
    "hang",
    "refused",
    "load-error",
    "threadify-error",
    "histogram",
    "one-of",
];

pub(super) fn read(id: String, path: PathBuf, text: String, module: Option<Vec<u8>>) -> Result<Case, Error> {
    let Some(language) = Language::of(&path) else {
        return Err(Error::NoHeader { path, marker: Language::Wat.marker() });
    };
    let toml = header::extract(&text, language);
    if toml.trim().is_empty() {
        return Err(Error::NoHeader { path, marker: language.marker() });
    }
    let document = Document { path: &path, text: &toml };
    let table = document.parse()?;
    let reader = document.reader(&table);

    let clauses = reader.required("clauses")?;
    let clauses_place = clauses.place();
    let limits = reader.get("limits", |item| limits(item.table()?))?.unwrap_or_default();
    let stack_check = reader.get("threadify", |item| {
        let reader = item.table()?;
        let stack_check = reader.get("stack-check", Item::boolean)?;
        reader.finish()?;
        Ok(stack_check.unwrap_or(false))
    })?;
    let embedder = reader.get("embedder", |item| {
        let reader = item.table()?;
        let kill_on_output = reader.get("kill-on-output", Item::string)?;
        let stderr_full = reader.get("stderr-full", Item::boolean)?.unwrap_or(false);
        reader.finish()?;
        Ok((kill_on_output, stderr_full))
    })?;
    let (kill_on_output, stderr_full) = embedder.unwrap_or_default();
    let case = Case {
        id,
        summary: reader.required("summary")?.string()?,
        clauses: not_empty(&clauses)?,
        requires: reader.get("requires", capabilities)?.unwrap_or_default(),
        lacks: reader.get("lacks", capabilities)?.unwrap_or_default(),
        profile: reader
            .get("profile", |item| item.one_of(&Profile::ALL.map(|profile| (profile.name(), profile))))?
            .unwrap_or(Profile::Core),
        timeout: reader.get("timeout-ms", milliseconds)?.unwrap_or(TIMEOUT),
        repeat: reader.get("repeat", at_least_one)?.unwrap_or(1),
        entry: reader.get("entry", Item::string)?,
        entry_args: reader.get("entry-args", values)?.unwrap_or_default(),
        limits,
        threadify: Threadify { stack_check: stack_check.unwrap_or(false) },
        kill_on_output,
        stderr_full,
        expect: expectation(reader.required("expect")?.table()?)?,
        source: Source { path: PathBuf::new(), language, text: String::new(), clauses: clauses_place, module },
    };
    reader.finish()?;
    let source = Source { path, text, ..case.source };
    Ok(Case { source, ..case })
}

fn limits(reader: Reader<'_>) -> Result<Limits, Error> {
    let mut limits = Limits::default();
    for limit in Limits::TABLE {
        let number = |item: &Item<'_>| match limit.kind {
            LimitKind::Bytes => item.integer::<u64>(),
            // As much of milliseconds as fits a duration everywhere.
            _ => item.integer::<u32>().map(u64::from),
        };
        limit.set_json(&mut limits, reader.get(&limit.json_name().replace('_', "-"), number)?);
    }
    reader.finish()?;
    Ok(limits)
}

/// The table `[expect]`.
fn expectation(reader: Reader<'_>) -> Result<Expectation, Error> {
    let result = one_result(&reader)?;
    let expectation = Expectation {
        result,
        stdout: reader.get("stdout", Item::string)?,
        stderr: reader.get("stderr", Item::string)?,
        stdout_contains: reader.get("stdout-contains", Item::string)?,
        threads: reader.get("threads", |item| threads(item.table()?))?.unwrap_or_default(),
    };
    reader.finish()?;
    Ok(expectation)
}

/// The one result of a table that has exactly one.
pub(crate) fn one_result(reader: &Reader<'_>) -> Result<Expected, Error> {
    let named: Vec<_> = RESULTS.into_iter().filter(|name| reader.keys().any(|key| key == *name)).collect();
    // All are asked for, so that an unknown key is compared with all of them.
    let items = RESULTS.map(|name| reader.item(name));
    let mut items = items.into_iter().zip(RESULTS).filter_map(|(item, name)| Some((name, item?)));
    match (items.next(), items.next()) {
        (Some((name, item)), None) => result(name, &item),
        (Some(_), Some((_, second))) => {
            Err(second.wrong(&format!("left out: a case ends in one way, and there are {}", named.join(" and "))))
        }
        _ => {
            let key = if reader.name().is_empty() { "result" } else { reader.name() };
            let unknown: Vec<_> = reader.keys().collect();
            let found = if unknown.is_empty() { "nothing".to_owned() } else { unknown.join(", ") };
            Err(Error::WrongValue {
                place: reader.place(),
                key: key.to_owned(),
                expected: format!("a table with one of {}", RESULTS.join(", ")),
                found,
            })
        }
    }
}

fn result(name: &str, item: &Item<'_>) -> Result<Expected, Error> {
    Ok(match name {
        "return" => Expected::Return(values(item)?),
        "exit" => Expected::Exit(item.integer()?),
        "abort" => {
            let reader = item.table()?;
            let message = reader.get("message", Item::string)?;
            let thread = reader.get("thread", Item::integer)?;
            reader.finish()?;
            Expected::Abort { message, thread }
        }
        "trap" => Expected::Trap(trap(item.table()?)?),
        "deadlock" => deadlock(item.table()?)?,
        "killed" => only_true(item, Expected::Killed)?,
        "timed-out" => only_true(item, Expected::TimedOut)?,
        "hang" => {
            let reader = item.table()?;
            let time = milliseconds(&reader.required("for-ms")?)?;
            reader.finish()?;
            Expected::Hang(time)
        }
        "refused" => {
            let reader = item.table()?;
            let lacking = capability(&reader.required("capability")?)?;
            reader.finish()?;
            Expected::Refused(lacking)
        }
        "load-error" => Expected::LoadError { code: code(item.table()?)? },
        "threadify-error" => Expected::ThreadifyError { code: code(item.table()?)? },
        "histogram" => {
            let reader = item.table()?;
            let allowed = reader.get("allowed", Item::strings)?.unwrap_or_default();
            let forbidden = reader.get("forbidden", Item::strings)?.unwrap_or_default();
            reader.finish()?;
            if allowed.is_empty() && forbidden.is_empty() {
                return Err(item.wrong("a table with `allowed`, `forbidden` or both"));
            }
            Expected::Histogram { allowed, forbidden }
        }
        _ => one_of(item)?,
    })
}

/// Several results, any of which will do. A result that has to be known before the run cannot be one of several.
fn one_of(item: &Item<'_>) -> Result<Expected, Error> {
    let mut results = Vec::new();
    for item in item.list()? {
        let reader = item.table()?;
        let result = one_result(&reader)?;
        reader.finish()?;
        if matches!(result, Expected::OneOf(_) | Expected::Hang(_) | Expected::Histogram { .. } | Expected::Refused(_))
        {
            return Err(item.wrong("a result other than one-of, hang, histogram and refused"));
        }
        results.push(result);
    }
    if results.len() < 2 {
        return Err(item.wrong("a list of at least two results"));
    }
    Ok(Expected::OneOf(results))
}

fn trap(reader: Reader<'_>) -> Result<TrapPattern, Error> {
    let kinds: Vec<_> = TrapKind::ALL.iter().map(|kind| (kind.name(), *kind)).collect();
    let pattern = TrapPattern {
        kind: reader.required("kind")?.one_of(&kinds)?,
        thread: reader.get("thread", Item::integer)?,
        thread_name: reader.get("thread-name", Item::string)?,
        message_contains: reader.get("message-contains", Item::string)?,
        function: reader.get("function", Item::string)?,
    };
    reader.finish()?;
    Ok(pattern)
}

fn deadlock(reader: Reader<'_>) -> Result<Expected, Error> {
    let threads = reader.get("threads", |item| item.list()?.iter().map(|item| blocked(item.table()?)).collect())?;
    let cycles = reader.get("cycles", |item| {
        item.list()?.iter().map(|cycle| cycle.list()?.iter().map(Item::integer).collect()).collect()
    })?;
    reader.finish()?;
    Ok(Expected::Deadlock { threads, cycles })
}

fn blocked(reader: Reader<'_>) -> Result<Blocked, Error> {
    let id = reader.required("id")?.integer()?;
    let on = match reader.required("for")?.one_of(&[("memory", 0), ("mutex", 1), ("condvar", 2), ("join", 3)])? {
        0 => BlockedOn::Memory { address: reader.get("address", Item::integer)? },
        1 => BlockedOn::Mutex {
            address: reader.get("address", Item::integer)?,
            owner: reader.get("owner", Item::integer)?,
        },
        2 => BlockedOn::Condvar { address: reader.get("address", Item::integer)? },
        _ => BlockedOn::Join { thread: reader.get("thread", Item::integer)? },
    };
    reader.finish()?;
    Ok(Blocked { id, on })
}

fn threads(reader: Reader<'_>) -> Result<ThreadCounts, Error> {
    let counts = ThreadCounts {
        spawned: reader.get("spawned", Item::integer)?,
        leaked: reader.get("leaked", Item::integer)?.unwrap_or(0),
    };
    reader.finish()?;
    Ok(counts)
}

fn code(reader: Reader<'_>) -> Result<Option<String>, Error> {
    let code = reader.get("code", Item::string)?;
    reader.finish()?;
    Ok(code)
}

fn only_true(item: &Item<'_>, expected: Expected) -> Result<Expected, Error> {
    if item.boolean()? { Ok(expected) } else { Err(item.wrong("true")) }
}

fn values(item: &Item<'_>) -> Result<Vec<Value>, Error> {
    let value = |item: &Item<'_>| {
        value::parse(&item.string()?).ok_or_else(|| item.wrong("a type and a number, as \"i32:5\" or \"f64:-0.5\""))
    };
    item.list()?.iter().map(value).collect()
}

fn capabilities(item: &Item<'_>) -> Result<Vec<Capability>, Error> {
    item.list()?.iter().map(capability).collect()
}

fn capability(item: &Item<'_>) -> Result<Capability, Error> {
    let names: Vec<_> = Capability::ALL.iter().map(|capability| (capability.name(), *capability)).collect();
    item.one_of(&names)
}

fn not_empty(item: &Item<'_>) -> Result<Vec<String>, Error> {
    let strings = item.strings()?;
    if strings.is_empty() { Err(item.wrong("a list with at least one clause")) } else { Ok(strings) }
}

fn at_least_one(item: &Item<'_>) -> Result<u32, Error> {
    let number = item.integer()?;
    if number == 0 { Err(item.wrong("at least 1")) } else { Ok(number) }
}

fn milliseconds(item: &Item<'_>) -> Result<Duration, Error> {
    item.integer::<u32>().map(|number| Duration::from_millis(number.into()))
}
