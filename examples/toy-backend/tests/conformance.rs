//! What the toy claims, it does: the suite's full profile.

use std::sync::Arc;

use raddle_conformance::{Filter, Profile, Runner, Suite};
use raddle_toy_backend::adapter::ToyAdapter;

// ANCHOR: suite
#[test]
fn the_full_profile_passes() {
    let mut suite = Suite::embedded().unwrap();
    suite.keep(&Filter::default(), Profile::Full);
    let report = Runner::new(Arc::new(ToyAdapter)).run(&suite, &|_| {}).unwrap();
    let wrong: Vec<_> = report.results.iter().filter(|result| !result.verdict.is_good()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
// ANCHOR_END: suite
