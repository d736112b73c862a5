//! `cargo xtask miri`: some tests in Miri, which finds undefined behaviour, data races and leaks.
//!
//! Miri is a thousand times slower than the machine, so this is a choice: the guest's side of `raddle-guest`, whose
//! `unsafe` is what there is to find something in, and the tests of the protocols of `raddle-runtime-api`.

use std::process::Command;

use crate::{
    setup,
    shell::{self, Result},
    tally::Tally,
};

/// Tests of one crate.
struct Part {
    name: &'static str,
    /// What is handed to `cargo miri test` before `--`.
    cargo: &'static [&'static str],
    /// The names, or parts of them, of the tests; all if there is none.
    filters: &'static [&'static str],
    flags: &'static str,
}

const PARTS: [Part; 2] = [
    // The guest's addresses are numbers for its host, which makes pointers of them again.
    Part {
        name: "the guest's side in Miri",
        cargo: &["-p", "raddle-guest", "--lib"],
        filters: &[],
        flags: "-Zmiri-permissive-provenance",
    },
    // Without `unsafe` in the crate there is no rule of aliasing to break, and to look for that takes a hundred times
    // as long: every access to a control word would look at all of them. The clock is the machine's.
    Part {
        name: "the protocols in Miri",
        cargo: &["-p", "raddle-runtime-api", "--test", "semantics"],
        filters: &[
            "condvar::",
            "deadlock::the_",
            "detach_exit::after_main",
            "ends::any_thread",
            "ends::of_many",
            "ends::the_first",
            "mutex::an_unlock",
            "mutex::it_excludes",
            "mutex::when_its_owner",
            "notifier::it_wakes",
            "slots::a_larger_stack",
            "spawn_join::a_join_that_timed_out",
            "spawn_join::a_thread_has_one_joiner",
            "spawn_join::a_thread_runs",
            "spawn_join::one_join_of_a_ring",
            "tls::a_thread_that_ends",
            "tls::while_destructors",
            "waits::notify",
        ],
        flags: "-Zmiri-disable-isolation -Zmiri-disable-stacked-borrows",
    },
];

/// Runs the choice and ends on its count.
pub(crate) fn run() -> Result {
    let tally = all();
    tally.finish()
}

/// Runs the choice and counts. Where there is no Miri, it is skipped.
pub(crate) fn all() -> Tally {
    let mut tally = Tally::default();
    shell::heading("Miri");
    if let Err(why) = setup::miri() {
        shell::skip("tests in Miri", &format!("{why}; get it with `{}`", setup::INSTALL_MIRI.join(" ")));
        return tally;
    }
    for part in &PARTS {
        tally.cargo_test(part.name, part.command());
    }
    tally
}

impl Part {
    fn command(&self) -> Command {
        let cargo = ["rustup", "run", setup::NIGHTLY, "cargo", "miri", "test"];
        let mut command = shell::command(&[&cargo, self.cargo, &["--"], self.filters].concat());
        // Of cargo and of the compiler only nightly's will do, and not those that run us.
        command.env_remove("CARGO").env_remove("RUSTC").env("MIRIFLAGS", self.flags);
        command
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::PARTS;

    /// A filter that finds nothing would be no failure of `cargo test`.
    #[test]
    fn every_filter_finds_a_test() {
        for filter in PARTS.iter().flat_map(|part| part.filters) {
            let (module, test) = filter.split_once("::").expect("a module and a name");
            let path = format!("{}/../runtime-api/tests/semantics/{module}.rs", env!("CARGO_MANIFEST_DIR"));
            let source = fs::read_to_string(&path).expect(&path);
            let is_found = source.split("#[test]\n").skip(1).any(|source| source.starts_with(&format!("fn {test}")));
            assert!(is_found, "{filter}");
        }
    }
}
