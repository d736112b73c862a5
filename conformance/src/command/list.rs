//! `conform list`

use std::fmt::Write;

use super::{Failure, args::List, print, suite};
use crate::{Filter, status};

pub(super) fn list(args: &List) -> Result<i32, Failure> {
    let mut suite = suite(args.selection.cases.as_deref())?;
    suite.keep(&Filter::new(&args.selection.filter), args.selection.profile.into());
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
