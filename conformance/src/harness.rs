//! The suite as the tests of a crate: each case is a test.

use std::{
    path::Path,
    process::ExitCode,
    sync::{Arc, OnceLock},
};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::{Adapter, AdapterError, Broken, Case, Description, KnownFailures, Profile, Runner, Suite, Verdict};

/// Makes a test program of the suite: each case is a test of the backend that the adapter is of.
///
/// In `tests/conformance.rs`, which has `harness = false` in the manifest (without that no case is run, and the one
/// test that there is then fails and says so):
///
/// ```ignore
/// raddle_conformance::harness!(my_adapter());
/// ```
///
/// `my_adapter()` is an [`Adapter`]; it is made once, when the first case runs. The cases of the profiles `core` and
/// `full` are run, and those of `stress` with `--include-ignored`. What the backend lacks is shown as ignored, with the
/// reason. It works with `cargo test` and with nextest, which filter as ever: `cargo test --test conformance join/`.
///
/// A second argument is a list of known failures, as text:
///
/// ```ignore
/// raddle_conformance::harness!(my_adapter(), known_failures = include_str!("known-failures.toml"));
/// ```
///
/// An adapter that runs guest code in this process cannot end a case that hangs in it: such a test fails when its time
/// is over, and its threads stay until the program ends.
#[macro_export]
macro_rules! harness {
    ($adapter:expr $(,)?) => {
        $crate::harness!($adapter, known_failures = "");
    };
    ($adapter:expr, known_failures = $known:expr $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::harness_main(|| ::std::sync::Arc::new($adapter), $known)
        }

        // Rust's own harness runs this and not `main`. Without that harness there are no `#[test]`s.
        #[test]
        fn the_manifest_says_harness_false() {
            ::std::panic!("set `harness = false` for this [[test]] in Cargo.toml: no case was run");
        }
    };
}

/// What [`harness!`](crate::harness!) calls.
#[doc(hidden)]
pub fn harness_main(adapter: fn() -> Arc<dyn Adapter>, known_failures: &str) -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = Suite::embedded().and_then(|suite| {
        let known = KnownFailures::parse(Path::new("the list of known failures"), known_failures)?;
        known.check(&suite)?;
        Ok(trials(suite, Arc::new(Backend { adapter, known, made: OnceLock::new() })))
    });
    match trials {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(error) => {
            // This is the inside of a program's `main`.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The backend, made when it is first needed: a list of the tests does without.
struct Backend {
    adapter: fn() -> Arc<dyn Adapter>,
    known: KnownFailures,
    made: OnceLock<Result<(Runner, Description), AdapterError>>,
}

impl Backend {
    fn get(&self) -> Result<&(Runner, Description), Failed> {
        let made = self.made.get_or_init(|| {
            let runner = Runner::new((self.adapter)()).known(self.known.clone());
            let description = runner.describe()?;
            Ok((runner, description))
        });
        made.as_ref().map_err(|error| Failed::from(format!("the adapter does not answer: {error}")))
    }
}

fn trials(suite: Suite, backend: Arc<Backend>) -> Vec<Trial> {
    let broken = suite.broken.into_iter().map(|Broken { id, error }| Trial::test(id, move || Err(error.into())));
    let cases = suite.cases.into_iter().map(|case| {
        let is_stress = case.profile == Profile::Stress;
        let backend = Arc::clone(&backend);
        Trial::ignorable_test(case.id.clone(), move || run(&case, &backend)).with_ignored_flag(is_stress)
    });
    broken.chain(cases).collect()
}

fn run(case: &Case, backend: &Backend) -> Result<Completion, Failed> {
    let (runner, description) = backend.get()?;
    match runner.run_case(case, description).verdict {
        Verdict::Pass => Ok(Completion::Completed),
        Verdict::Skip { reason } => Ok(Completion::ignored_with(reason)),
        Verdict::XFail { reason, .. } => Ok(Completion::ignored_with(format!("known failure: {reason}"))),
        Verdict::XPass { reason } => Err(format!("it passes, but is listed as a known failure: {reason}").into()),
        Verdict::Error { message } => Err(message.into()),
        Verdict::Fail { difference } => {
            let clauses = case.clauses.join(", ");
            let (what, expected, found) = (difference.what, difference.expected, difference.found);
            Err(format!("{} ({clauses})\n{what}\n  expected  {expected}\n  found     {found}", case.summary).into())
        }
    }
}
