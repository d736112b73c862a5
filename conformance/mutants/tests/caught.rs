//! Every mutant is caught, by the cases of the clause that it breaks; and the same backend without a defect passes
//! these.

use std::{env, fmt::Write, sync::Arc};

use raddle_conformance::{Adapter, Case, CaseResult, Filter, Profile, Runner, Suite, Verdict};
use raddle_conformance_mutants::{MUTANTS, Mutant};
use raddle_toy_backend::adapter::ToyAdapter;

/// Set: each mutant runs the whole suite, for the whole table. That takes minutes.
const WHOLE_SUITE: &str = "RADDLE_MUTANTS_WHOLE_SUITE";

/// The suite without what takes long.
fn suite() -> Suite {
    let mut suite = Suite::embedded().unwrap();
    suite.keep(&Filter::default(), Profile::Core);
    suite
}

/// The suite without the cases that have nothing to do with the clause.
fn cases_of(clause: &str) -> Suite {
    let mut suite = suite();
    suite.cases.retain(|case: &Case| case.clauses.iter().any(|id| id == clause));
    assert!(!suite.cases.is_empty(), "no core case checks {clause}");
    suite
}

/// The cases that do not pass, with the time-outs of a suite that is in a hurry: a mutant may hang in many of them.
fn failed(suite: &Suite, adapter: impl Adapter + 'static) -> Vec<CaseResult> {
    let runner = Runner::new(Arc::new(adapter)).timeout_scale(0.2);
    let report = runner.run(suite, &|_| {}).unwrap();
    let failed = |result: &CaseResult| matches!(result.verdict, Verdict::Fail { .. } | Verdict::Error { .. });
    report.results.into_iter().filter(failed).collect()
}

/// A row of the table: which cases caught the mutant.
fn row(mutant: &Mutant, failed: &[CaseResult]) -> String {
    let cases: Vec<&str> = failed.iter().map(|result| result.id.as_str()).collect();
    format!("{:<28} {:<13} {}", mutant.name, mutant.clause, cases.join(" "))
}

#[test]
fn every_mutant_is_caught_by_the_clause_that_it_breaks() {
    let whole = env::var_os(WHOLE_SUITE).map(|_| suite());
    let mut table = String::new();
    let mut missed = Vec::new();
    for mutant in MUTANTS {
        let failed = match &whole {
            Some(suite) => failed(suite, *mutant),
            None => failed(&cases_of(mutant.clause), *mutant),
        };
        writeln!(table, "{}", row(mutant, &failed)).unwrap();
        if !failed.iter().flat_map(|result| &result.clauses).any(|clause| clause == mutant.clause) {
            missed.push(mutant.name);
        }
    }
    println!("{table}");
    assert!(missed.is_empty(), "not caught by their clauses: {missed:?}\n{table}");
}

#[test]
fn without_a_defect_they_pass() {
    for mutant in MUTANTS {
        let failed = failed(&cases_of(mutant.clause), ToyAdapter);
        assert!(failed.is_empty(), "{failed:#?}");
    }
}
