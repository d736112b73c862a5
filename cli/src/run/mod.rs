//! `raddle run`: one process of a module, and its end.
//!
//! [`entry`] decides what is called, [`stdio`] is what the program writes to, [`wasi`] what it is given, [`interrupt`] is
//! Ctrl-C, [`abandon`] leaves behind what takes too long before the program runs, [`end`] turns the outcome into an exit
//! status and messages, [`report`] into JSON; [`limits`] says which option raises a limit that the program has reached.

mod abandon;
mod end;
mod entry;
mod interrupt;
mod limits;
mod report;
mod stdio;
mod wasi;

use std::{
    io,
    path::Path,
    time::{Duration, Instant},
};

use interrupt::Interrupt;
use raddle_backend_native::{
    Entry, Limits, Outcome, Process, Program, ProgramOptions, Runtime, Standard, TryWrite, wasmtime::ImportType,
};
use raddle_runtime_api::abi::{MODULE, imports::THREAD_SPAWN};
use raddle_threadify::Warning;
use report::{Measured, Report};
use stdio::Observed;

use crate::{
    args::Run,
    error::{Error, IoResultExt},
    input,
    output::Destination,
    progress::Progress,
};

/// How long a message waits for a reader that takes nothing, where nobody wants to wait for that reader.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs a module and returns the exit status that its end gives.
pub(crate) fn run(args: &Run) -> Result<i32, Error> {
    let begin = Instant::now();
    let report = args.report.as_deref().map(Destination::open).transpose()?;
    if report.as_ref().is_some_and(|report| report.replaces(&args.program.module)) {
        return Err(Error::ReportOverModule { path: args.program.module.clone() });
    }
    // A time that the clock cannot tell is for ever.
    let deadline = args.limits.0.time_limit.and_then(|limit| begin.checked_add(limit));
    let runtime = Runtime::new().map_err(Error::Host)?;
    let interrupt = Interrupt::take().map_err(Error::Signals)?;
    let prepared = abandon::unless_stopped(&interrupt, deadline, {
        let args = args.clone();
        move || compile(&args, &runtime, &input::read(&args.program.module)?)
    });
    let program = match prepared {
        Ok(program) => program?,
        Err(outcome) => return stopped_early(args, &outcome, report),
    };
    let entry = entry::choose(&program, args)?;
    if !args.program.args.is_empty() && !wasi::is_used(&program) {
        return Err(Error::ProgramArgs);
    }

    let stdout = Observed::new(Standard::stdout());
    let line_start = stdout.line_start();
    let stderr = Observed::new(Standard::stderr());
    let failures = [("standard output", stdout.failure()), ("standard error", stderr.failure())];
    let begin = Instant::now();
    let mut limits = args.limits.0;
    limits.time_limit = deadline.map(|deadline| deadline.saturating_duration_since(begin));
    let process = start(&program, args, &limits, &entry, stdout, stderr)?;
    interrupt.calls({
        let process = process.clone();
        move || {
            // A program that has ended is not killed any more: what is left to be written has no reader.
            let is_over = process.outcome().is_some();
            process.kill();
            !is_over
        }
    });
    let outcome = process.wait();
    let elapsed = begin.elapsed();

    let status = end::exit_status(&outcome, Some(&entry));
    // Whoever ended the program by force does not want to wait for its reader.
    let patience = matches!(outcome, Outcome::Killed | Outcome::TimedOut).then_some(PATIENCE);
    if let Some(text) = end::describe(&outcome, Some(&entry)) {
        raddle_command::say(format_args!("{}", text.trim_end_matches('\n')), patience);
    }
    // What is said of the end does not say why: the program was only told that the stream takes no more.
    for (name, failure) in &failures {
        if let Some(source) = failure.get() {
            raddle_command::say(format_args!("raddle: error: RD0001: cannot write {name}: {source}"), patience);
        }
    }
    if let Some(destination) = report {
        let stats = process.stats();
        let measured = Measured {
            spawned: stats.spawned.into(),
            live: stats.live.into(),
            peak_live: stats.peak_live.into(),
            slots_in_use: stats.slots_in_use.into(),
            elapsed,
        };
        let report = Report::new(&args.program.module, &entry.name, &outcome, status, measured);
        write_report(destination, &report, line_start.get(), patience)?;
    }
    Ok(status)
}

/// The end of a run that was stopped before the program was ready.
fn stopped_early(args: &Run, outcome: &Outcome, report: Option<Destination>) -> Result<i32, Error> {
    let status = end::exit_status(outcome, None);
    let text = end::describe(outcome, None).unwrap_or_default();
    raddle_command::say(
        format_args!("{text}raddle: it was still being read or compiled, and has not run"),
        Some(PATIENCE),
    );
    if let Some(destination) = report {
        let entry = args.entry.as_deref().unwrap_or_default();
        let report = Report::new(&args.program.module, entry, outcome, status, Measured::default());
        write_report(destination, &report, true, Some(PATIENCE))?;
    }
    Ok(status)
}

fn compile(args: &Run, runtime: &Runtime, bytes: &[u8]) -> Result<Program, Error> {
    let _progress = Progress::start(format_args!("compile {}", args.program.module.display()));
    let mut options = ProgramOptions::default();
    options.threadify.stack_check = args.stack_check;
    let program =
        Program::with_options(runtime, bytes, &options).map_err(|error| Error::program(&args.program.module, error))?;
    if args.stack_check && !program.section().stack_checked {
        // A module that was threadified before is as it is; another has no stack in memory.
        if program.report().is_none() {
            return Err(Error::Unchecked { path: args.program.module.clone() });
        }
        raddle_command::say(format_args!("raddle: warning: {}", Warning::NoStackToCheck), None);
    }
    // Every spawn would be refused, and a program need not say so.
    let is_spawn = |import: ImportType<'_>| (import.module(), import.name()) == (MODULE, THREAD_SPAWN);
    if !program.section().table && program.module().imports().any(is_spawn) {
        raddle_command::say(format_args!("raddle: warning: {}", Warning::NoTable), None);
    }
    Ok(program)
}

fn start(
    program: &Program,
    args: &Run,
    limits: &Limits,
    entry: &Entry,
    stdout: impl TryWrite + 'static,
    stderr: impl TryWrite + 'static,
) -> Result<Process, Error> {
    let builder = program.process().entry(&entry.name).entry_args(entry.args.clone()).limits(limits);
    let mut builder = builder.try_stdout(stdout).try_stderr(stderr).on_event(limits::warn());
    if wasi::is_used(program) {
        builder = builder.wasi(wasi::of(program, args)?)?;
    }
    builder.start().map_err(|error| Error::program(&args.program.module, error))
}

/// A file gets indented JSON. On standard output the report is one line, the last, so that a reader can tell it from
/// what the program wrote; if the program did not end its last line, a line end is written first.
fn write_report(
    destination: Destination,
    report: &Report<'_>,
    is_line_start: bool,
    patience: Option<Duration>,
) -> Result<(), Error> {
    let json = match destination {
        Destination::Stdout => serde_json::to_string(report),
        _ => serde_json::to_string_pretty(report),
    };
    let mut text = json.map_err(io::Error::other).during("write", Path::new("the report"))?;
    text.push('\n');
    if matches!(destination, Destination::Stdout) && !is_line_start {
        text.insert(0, '\n');
    }
    destination.commit_within(text.as_bytes(), patience)
}
