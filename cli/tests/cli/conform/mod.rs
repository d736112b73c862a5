//! `raddle conform`: the suite on the native backend, each case in a process of its own.

mod harness;
mod processes;
mod progress;
mod python;
mod reports;
mod verdicts;

use crate::support::Scratch;

/// A case of the folder `cases`.
fn case(scratch: &Scratch, id: &str, header: &str, module: &str) {
    let header: String = header.lines().map(|line| format!(";;! {}\n", line.trim())).collect();
    let text = format!(";;! summary = \"a case\"\n;;! clauses = [\"join-1\"]\n{header}{module}\n");
    scratch.file(&format!("cases/{id}.wat"), text);
}

/// A module that returns nothing.
const RETURNS: &str = "(module (memory 1 1 shared) (func (export \"main\")))";

/// A module that computes for ever.
const SPINS: &str = "(module (memory 1 1 shared) (func (export \"main\") (loop $for_ever (br $for_ever))))";
