//! `conform list`

use std::fmt::Write;

use super::{Failure, args::List, print, selection, suite};
use crate::status;

pub(super) fn list(args: &List) -> Result<i32, Failure> {
    let mut suite = suite(args.selection.cases.as_deref())?;
    let (filter, profile) = selection::any(&args.selection, &suite)?;
    suite.keep(&filter, profile);
    let mut out = String::new();
    for case in &suite.cases {
        // A string takes all.
        let _ = writeln!(out, "{} [{}] {}: {}", case.id, case.profile.name(), case.clauses.join(", "), case.summary);
    }
    for broken in &suite.broken {
        let _ = writeln!(out, "{}: {}", broken.id, broken.error);
    }
    print(&out)?;
    Ok(if suite.broken.is_empty() { status::GOOD } else { status::ERROR })
}
