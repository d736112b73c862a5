//! `cargo xtask fuzz`: hostile guests at random, and modules that are compared with what becomes of them, for as long as
//! one likes.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::{
    shell::{self, Context, Result},
    workspace,
};

/// The tests of both kinds, and the variables that they look at.
const GUESTS: (&str, &str) = ("hostile", "fuzz::random_plays_end_and_leave_nothing");
const MODULES: (&str, &str) = ("differential", "a_threadified_module_does_what_it_did");
const SECONDS: &str = "RADDLE_FUZZ_SECONDS";
const SEED: &str = "RADDLE_FUZZ_SEED";
const REPEAT: &str = "RADDLE_FUZZ_REPEAT";

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// How long.
    seconds: u64,
    /// Which play is the first; any one unless it is given.
    seed: Option<u64>,
    /// Whether to run that one again and again.
    repeat: bool,
    /// Whether modules are compared, and no guests are run.
    modules: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { seconds: 60, seed: None, repeat: false, modules: false }
    }
}

impl Options {
    pub(crate) fn parse(options: &[&str]) -> Result<Options> {
        let mut parsed = Options::default();
        let mut rest = options.iter();
        while let Some(option) = rest.next() {
            let mut number = || -> Result<u64> {
                let text = rest.next().ok_or(format!("{option} takes a number"))?;
                text.parse().context(format!("{option} {text}"))
            };
            match *option {
                "--seconds" => parsed.seconds = number()?,
                "--seed" => parsed.seed = Some(number()?),
                "--repeat" => parsed.repeat = true,
                "--modules" => parsed.modules = true,
                other => {
                    return Err(format!(
                        "fuzz has no option {other}; it has --seconds, --seed, --repeat and --modules"
                    )
                    .into());
                }
            }
        }
        Ok(parsed)
    }
}

/// Runs guests until the time is over or one of them fails, and then compares modules for a third of that time; or only
/// one of both, where that was asked for.
pub(crate) fn run(options: &Options) -> Result {
    let seed = options.seed.unwrap_or_else(any_seed);
    if !options.modules {
        test("hostile guests", GUESTS, options.seconds, seed, options)?;
    }
    match (options.modules, options.repeat) {
        (true, _) => test("modules", MODULES, options.seconds, seed, options),
        (false, false) => test("modules", MODULES, options.seconds / 3, seed, options),
        (false, true) => Ok(()),
    }
}

fn test(what: &str, (binary, name): (&str, &str), seconds: u64, seed: u64, options: &Options) -> Result {
    shell::heading(&format!("{what} for {seconds} seconds from seed {seed}"));
    // Not optimised: what overflows is found, and the engine's code is the same.
    let mut cargo = workspace::test(binary, &["--exact", name, "--nocapture"]);
    cargo.env(SECONDS, seconds.to_string()).env(SEED, seed.to_string());
    if options.repeat {
        cargo.env(REPEAT, "1");
    }
    shell::run(cargo)
}

/// A seed that is another one each time, and short enough to type.
fn any_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since.subsec_micros()) << 32 | since.as_secs() & u64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn options_are_known_or_refused() {
        assert_eq!(Options::parse(&[]).unwrap(), Options::default());
        let all = Options { seconds: 5, seed: Some(7), repeat: true, modules: true };
        assert_eq!(Options::parse(&["--seed", "7", "--repeat", "--seconds", "5", "--modules"]).unwrap(), all);
        for wrong in [&["--seed"][..], &["--seed", "x"], &["--seconds", "-1"], &["--hours", "1"]] {
            assert!(Options::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
