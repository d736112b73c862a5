//! `conform run`

use std::{
    io::{self, Write},
    process,
};

use super::{Failure, Program, args::Run, backend, suite};
use crate::{Human, Runner, Stopper, status};

pub(super) fn run(args: &Run, program: &Program<'_>) -> Result<i32, Failure> {
    let suite = suite(&args.selection)?;
    let mut runner = Runner::new(backend::choose(args, program)?).timeout_scale(args.timeout_scale);
    if let Some(jobs) = args.jobs {
        runner = runner.jobs(jobs as usize);
    }
    stop_on_signals(runner.stopper())?;
    let report = runner.run(&suite, &|_| ())?;
    io::stdout().write_all(Human(&report).to_string().as_bytes())?;
    Ok(if report.interrupted { status::INTERRUPTED } else { report.status() })
}

/// The first signal ends what runs, and what is known is reported; the second ends this program.
fn stop_on_signals(stopper: Stopper) -> Result<(), Failure> {
    let mut signalled = false;
    ctrlc::set_handler(move || {
        stopper.stop();
        if signalled {
            process::exit(status::INTERRUPTED);
        }
        signalled = true;
    })?;
    Ok(())
}
