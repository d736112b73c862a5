//! `conform list`

use std::io::{self, Write};

use super::{Failure, args::List, suite};
use crate::status;

pub(super) fn list(args: &List) -> Result<i32, Failure> {
    let suite = suite(&args.selection)?;
    let mut out = String::new();
    for case in &suite.cases {
        out.push_str(&format!("{} [{}] {}: {}\n", case.id, case.profile.name(), case.clauses.join(", "), case.summary));
    }
    for broken in &suite.broken {
        out.push_str(&format!("{}: {}\n", broken.id, broken.error));
    }
    io::stdout().write_all(out.as_bytes())?;
    Ok(if suite.broken.is_empty() { status::GOOD } else { status::ERROR })
}
