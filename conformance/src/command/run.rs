//! `conform run`

use std::{
    io::{self, Write},
    sync::Arc,
};

use super::{Backend, Failure, args::Run, suite};
use crate::{Adapter, Human, Runner};

pub(super) fn run(args: &Run, backends: &[Backend]) -> Result<i32, Failure> {
    let suite = suite(&args.selection)?;
    let adapter = adapter(args, backends)?;
    let mut runner = Runner::new(adapter).timeout_scale(args.timeout_scale);
    if let Some(jobs) = args.jobs {
        runner = runner.jobs(jobs as usize);
    }
    let report = runner.run(&suite, &|_| ())?;
    io::stdout().write_all(Human(&report).to_string().as_bytes())?;
    Ok(report.status())
}

fn adapter(args: &Run, backends: &[Backend]) -> Result<Arc<dyn Adapter>, Failure> {
    let found = backends.iter().find(|backend| backend.name == args.backend);
    let found = found.ok_or_else(|| Failure::Backend {
        name: args.backend.clone(),
        known: backends.iter().map(|backend| backend.name).collect(),
    })?;
    Ok((found.adapter)()?)
}
