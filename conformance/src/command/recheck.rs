//! `conform expectations recheck`

use super::{
    Failure, Program,
    args::Recheck,
    print,
    run::{runner, status_of},
    suite,
};
use crate::Verdict;

pub(super) fn recheck(args: &Recheck, program: &Program<'_>) -> Result<i32, Failure> {
    let mut suite = suite(args.cases.as_deref())?;
    let (runner, known) = runner(&args.on, program, &suite)?;
    suite.cases.retain(|case| known.get(&case.id).is_some());
    suite.broken.retain(|broken| known.get(&broken.id).is_some());
    let report = runner.known(known).run(&suite, &|_| ())?;
    let mut text = String::new();
    for result in &report.results {
        let id = &result.id;
        let line = match &result.verdict {
            Verdict::XFail { reason, .. } => format!("fails as it is known to  {id}: {reason}"),
            Verdict::XPass { .. } => format!("PASSES NOW               {id}: remove it from the list"),
            Verdict::Fail { difference } => format!("FAILS OTHERWISE          {id}: {difference}"),
            Verdict::Skip { reason } => format!("is skipped               {id}: {reason}"),
            Verdict::Error { message } => format!("ERROR                    {id}: {message}"),
            Verdict::Pass => continue,
        };
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&format!("{}: {}\n", report.backend.name, report.counts_in_words()));
    print(&text)?;
    Ok(status_of(&report))
}
