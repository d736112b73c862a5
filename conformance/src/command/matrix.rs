//! `conform matrix`

use super::{Failure, args::Matrix as Args, print, suite};
use crate::{Error, Matrix, Report, status};

pub(super) fn matrix(args: &Args) -> Result<i32, Failure> {
    let suite = suite(args.cases.as_deref())?;
    let reports: Vec<_> = args.reports.iter().map(|path| Report::read(path)).collect::<Result<_, Error>>()?;
    let matrix = Matrix::new(&suite, &reports);
    let unchecked: Vec<_> = matrix.unchecked().collect();
    let without = unchecked.len();
    let mut text = matrix.to_string();
    text.push_str(&format!("\n{} clauses, {} cases", matrix.rows.len(), suite.cases.len()));
    if without > 0 {
        text.push_str(&format!("; {without} without a case: {}", unchecked.join(", ")));
    }
    text.push('\n');
    let mut shown = Vec::new();
    for Report { backend, .. } in &reports {
        let engine = if backend.engine.is_empty() { String::new() } else { format!(" ({})", backend.engine) };
        let line = format!("- {} {}{engine}\n", backend.name, backend.version);
        // Reports of one backend are put together.
        if !shown.contains(&line) {
            text.push_str(&line);
            shown.push(line);
        }
    }
    for broken in &suite.broken {
        text.push_str(&format!("{}: {}\n", broken.id, broken.error));
    }
    print(&text)?;
    Ok(match (suite.broken.is_empty(), without) {
        (false, _) => status::ERROR,
        (true, 0) => status::GOOD,
        (true, _) => status::FAILURE,
    })
}
