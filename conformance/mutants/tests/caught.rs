//! Every mutant is caught, by a case of the clause that it breaks; and the same backend without a defect passes.

use std::{collections::BTreeSet, fmt::Write, sync::Arc};

use raddle_conformance::{Adapter, CaseResult, Filter, Profile, Runner, Suite, Verdict};
use raddle_conformance_mutants::MUTANTS;
use raddle_toy_backend::adapter::ToyAdapter;

/// The suite without what takes long.
fn suite() -> Suite {
    let mut suite = Suite::embedded().unwrap();
    suite.keep(&Filter::default(), Profile::Core);
    suite
}

/// The cases that do not pass, with the time-outs of a suite that is in a hurry: a mutant may hang in many of them.
fn failed(suite: &Suite, adapter: impl Adapter + 'static) -> Vec<CaseResult> {
    let runner = Runner::new(Arc::new(adapter)).timeout_scale(0.1);
    let report = runner.run(suite, &|_| {}).unwrap();
    let failed = |result: &CaseResult| matches!(result.verdict, Verdict::Fail(_) | Verdict::Error { .. });
    report.results.into_iter().filter(failed).collect()
}

#[test]
fn every_mutant_is_caught_by_the_clause_that_it_breaks() {
    let suite = suite();
    let mut table = String::new();
    let mut missed = Vec::new();
    for mutant in MUTANTS {
        let failed = failed(&suite, *mutant);
        let clauses: BTreeSet<&str> = failed.iter().flat_map(|result| &result.clauses).map(String::as_str).collect();
        let cases: Vec<&str> = failed.iter().map(|result| result.id.as_str()).collect();
        writeln!(table, "{:<28} {:<14} {:>3} cases: {}", mutant.name, mutant.clause, cases.len(), cases.join(" "))
            .unwrap();
        if !clauses.contains(mutant.clause) {
            missed.push(mutant.name);
        }
    }
    println!("{table}");
    assert!(missed.is_empty(), "not caught by their clauses: {missed:?}\n{table}");
}

#[test]
fn without_a_defect_nothing_fails() {
    let failed = failed(&suite(), ToyAdapter);
    assert!(failed.is_empty(), "{failed:#?}");
}
