//! Clauses against backends: what each backend has shown.

use std::{collections::BTreeMap, fmt};

use super::{CaseResult, Report};
use crate::{suite::Suite, verdict::Verdict};

/// Clauses against backends, from the suite and the reports of runs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Matrix {
    /// The backends' names, in the order of their first reports.
    pub backends: Vec<String>,
    /// The clauses, in the suite's order.
    pub rows: Vec<Row>,
}

/// A clause on every backend.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The clause.
    pub clause: String,
    /// The cases that check it.
    pub cases: usize,
    /// What each backend has shown.
    pub cells: Vec<Cell>,
}

/// What a backend has shown about a clause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Cell {
    /// The cases that passed.
    pub passed: usize,
    /// The cases that did not pass: those that failed (even if they are known to), passed unexpectedly or could not be
    /// judged.
    pub bad: Vec<String>,
    /// The cases that were skipped.
    pub skipped: usize,
}

impl Matrix {
    /// Puts the results of reports beside the suite's clauses. Reports of the same backend, for instance for two
    /// profiles, are merged.
    #[must_use]
    pub fn new(suite: &Suite, reports: &[Report]) -> Matrix {
        let mut backends: Vec<&str> = Vec::new();
        for report in reports {
            if !backends.contains(&report.backend.name.as_str()) {
                backends.push(&report.backend.name);
            }
        }
        let by_clause: Vec<_> = backends
            .iter()
            .map(|&name| by_clause(reports.iter().filter(move |report| report.backend.name == name)))
            .collect();
        let row = |clause: &str| Row {
            clause: clause.to_owned(),
            cases: suite.cases.iter().filter(|case| case.clauses.iter().any(|id| id == clause)).count(),
            cells: by_clause
                .iter()
                .map(|report| report.get(clause).map_or_else(Cell::default, |all| cell(all)))
                .collect(),
        };
        Matrix {
            backends: backends.iter().map(ToString::to_string).collect(),
            rows: suite.clauses.iter().map(|clause| row(&clause.id)).collect(),
        }
    }

    /// The clauses that no case checks.
    pub fn unchecked(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|row| row.cases == 0).map(|row| row.clause.as_str())
    }
}

fn by_clause<'a>(reports: impl Iterator<Item = &'a Report>) -> BTreeMap<&'a str, Vec<&'a CaseResult>> {
    let mut map: BTreeMap<&str, Vec<&CaseResult>> = BTreeMap::new();
    for result in reports.flat_map(|report| &report.results) {
        for clause in &result.clauses {
            map.entry(clause).or_default().push(result);
        }
    }
    map
}

fn cell(results: &[&CaseResult]) -> Cell {
    let mut cell = Cell::default();
    for result in results {
        match result.verdict {
            Verdict::Pass => cell.passed += 1,
            Verdict::Skip { .. } => cell.skipped += 1,
            _ => cell.bad.push(result.id.clone()),
        }
    }
    cell
}

/// A table in Markdown, which is readable as plain text, too.
impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![vec!["clause".to_owned(), "cases".to_owned()]];
        rows[0].extend(self.backends.iter().cloned());
        for row in &self.rows {
            let cases = if row.cases == 0 { "NONE".into() } else { row.cases.to_string() };
            let cells = row.cells.iter().map(ToString::to_string);
            rows.push([row.clause.clone(), cases].into_iter().chain(cells).collect());
        }
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<_> = (0..rows[0].len()).map(width).collect();
        for (number, row) in rows.iter().enumerate() {
            for (cell, width) in row.iter().zip(&widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
            if number == 0 {
                widths.iter().try_for_each(|width| write!(f, "|{}", "-".repeat(width + 2)))?;
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell { bad, .. } if !bad.is_empty() => write!(f, "BAD {}", bad.join(" ")),
            Cell { passed: 0, skipped: 0, .. } => f.write_str("not run"),
            Cell { passed: 0, .. } => f.write_str("skipped"),
            Cell { passed, skipped: 0, .. } => write!(f, "{passed} pass"),
            Cell { passed, skipped, .. } => write!(f, "{passed} pass, {skipped} skip"),
        }
    }
}
