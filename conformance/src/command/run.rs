//! `conform run`

use std::{path::Path, process};

use super::{
    Failure, Program,
    args::{Format, On, Run},
    backend, print,
    progress::Progress,
    selection,
    signals::on_signals,
    suite,
};
use crate::{
    GitHub, Human, JUnit, Json, KnownFailures, Ndjson, Report, Runner, Stopper, Suite, error::IoResultExt, status,
};

pub(super) fn run(args: &Run, program: &Program<'_>) -> Result<i32, Failure> {
    let mut suite = suite(args.selection.cases.as_deref())?;
    let (filter, profile) = selection::some(&args.selection, &suite, program)?;
    let (runner, known) = runner(&args.on, program, &suite)?;
    let runner = runner.known(known);
    suite.keep(&filter, profile);
    if args.format == Format::Ndjson {
        let cases = suite.cases.len() + suite.broken.len();
        print(&format!("{}\n", Ndjson::begin(&runner.describe()?, cases)))?;
    }
    let progress = Progress::new(&suite);
    let report = runner.run(&suite, &|result| {
        progress.tell(result);
        if args.format == Format::Ndjson {
            // A reader who has gone away is told so by the last line.
            let _ = print(&format!("{}\n", Ndjson::result(result)));
        }
    })?;
    progress.end();
    print(&told(&report, args.format, program))?;
    Ok(status_of(&report))
}

/// The report in its format; only its end, if the rest was written as it came.
fn told(report: &Report, format: Format, program: &Program<'_>) -> String {
    match format {
        Format::Human => Human { report, command: program.name }.to_string(),
        Format::Json => Json(report).to_string(),
        Format::Ndjson => format!("{}\n", Ndjson::end(report)),
        Format::Junit => JUnit(report).to_string(),
        Format::Github => GitHub(report).to_string(),
    }
}

/// A runner for the selected backend, which signals stop, and the cases that the backend is known to fail.
pub(super) fn runner(on: &On, program: &Program<'_>, suite: &Suite) -> Result<(Runner, KnownFailures), Failure> {
    let mut runner = Runner::new(backend::choose(on, program)?).timeout_scale(on.timeout_scale);
    if let Some(jobs) = on.jobs {
        runner = runner.jobs(jobs as usize);
    }
    stop_on_signals(runner.stopper())?;
    let known = match &on.expectations {
        Some(path) => read_known(path, suite)?,
        None => built_in(&runner, suite)?,
    };
    Ok((runner, known))
}

pub(super) fn read_known(path: &Path, suite: &Suite) -> Result<KnownFailures, Failure> {
    let known = KnownFailures::parse(path, &std::fs::read_to_string(path).during("read", path)?)?;
    known.check(suite)?;
    Ok(known)
}

/// The built-in list. It is about the built-in cases, so with other cases it may name some that do not exist.
fn built_in(runner: &Runner, suite: &Suite) -> Result<KnownFailures, Failure> {
    let known = KnownFailures::embedded(&runner.describe()?.name)?;
    Ok(if known.check(suite).is_ok() { known } else { KnownFailures::default() })
}

/// The exit status of a run.
pub(super) fn status_of(report: &Report) -> i32 {
    if report.interrupted { status::INTERRUPTED } else { report.status() }
}

/// The first signal stops the run, and the results so far are reported; the second ends this program.
fn stop_on_signals(stopper: Stopper) -> Result<(), Failure> {
    let mut signalled = false;
    on_signals(move || {
        stopper.stop();
        if signalled {
            process::exit(status::INTERRUPTED);
        }
        signalled = true;
    })
    .map_err(Failure::Signals)
}
