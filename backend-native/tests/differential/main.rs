//! What `threadify` makes of a module does what the module does: both are run on one thread, with the same imports and
//! arguments, and everything that can be seen is compared.
//!
//! `run` calls a module's exports and writes down what is seen; `modules` has the modules: random ones, real programs
//! with some bytes changed, and one with every bulk operation, whose arguments are the interesting ones.
//!
//! `cargo xtask fuzz` runs it for longer, from a seed that is another one each time; with `--modules` nothing else.

mod modules;
mod run;

use std::{
    collections::BTreeMap,
    env,
    time::{Duration, Instant},
};

use fastrand::Rng;
use raddle_backend_native::threadify::{self, Options};

use crate::{modules::Source, run::Machine};

/// How long it runs; five seconds unless it is set.
const SECONDS: &str = "RADDLE_FUZZ_SECONDS";
/// The number of the first module. The next ones have the next numbers. 0 unless it is set.
const SEED: &str = "RADDLE_FUZZ_SEED";
/// Set: the first module is run again and again.
const REPEAT: &str = "RADDLE_FUZZ_REPEAT";

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is a number, not {text}")))
}

#[test]
fn a_threadified_module_does_what_it_did() {
    let until = Instant::now() + Duration::from_secs(number(SECONDS).unwrap_or(5));
    let first = number(SEED).unwrap_or(0);
    let step = u64::from(env::var_os(REPEAT).is_none());
    let machine = Machine::new();
    let sources = modules::sources();
    let mut seen = BTreeMap::<&str, u64>::new();
    let mut count = 0;
    while count < sources.len() as u64 || Instant::now() < until {
        let seed = first.wrapping_add(count * step);
        let source = &sources[(seed % sources.len() as u64) as usize];
        *seen.entry(check(&machine, source, seed)).or_default() += 1;
        count += 1;
    }
    println!("{seen:?}");
    assert!(seen.get("compared").is_some_and(|compared| compared * 4 > count), "{seen:?}");
}

/// Compares one module with what becomes of it. Says what it came to.
fn check(machine: &Machine, source: &Source, seed: u64) -> &'static str {
    let mut rng = Rng::with_seed(seed);
    let Some(wasm) = source.module(&mut rng) else { return "not valid" };
    let options = Options::new().stack_check(false);
    let Ok(done) = threadify::threadify(&wasm, &options) else { return "refused" };
    let Some(program) = machine.program(&wasm, &done.wasm, &done.section) else { return "not compiled" };
    let calls = program.calls(&mut rng, &source.arguments());
    let (before, after) = (program.before(&calls), program.after(&calls));
    // Where one of them ran out of fuel or of stack, the other may have come further.
    let comparable = before.seen.len().min(after.seen.len());
    if before.is_cut || after.is_cut {
        if before.seen[..comparable] == after.seen[..comparable] {
            return if comparable > 0 { "compared" } else { "cut short" };
        }
    } else if before.seen == after.seen {
        return "compared";
    }
    let differs = before.seen.iter().zip(&after.seen).position(|(before, after)| before != after).unwrap_or(comparable);
    let last = differs.checked_sub(1).map_or("nothing", |last| &before.seen[last]);
    let [before, after] = [&before, &after].map(|run| run.seen.get(differs).map_or("nothing", String::as_str));
    panic!(
        "{source:?}, after {last}: the module says {before}, and threadified it says {after}\n`cargo xtask fuzz --modules --repeat --seed {seed}` \
         runs this again and again"
    );
}
