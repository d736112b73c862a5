//! The package `raddle-web` in real browsers, as its users have it. `cargo xtask browsers` builds the package and runs
//! these; a plain `cargo test` leaves them out, as they take a minute or two.
//!
//! # Reading order
//! [`browser`] opens pages and takes what they show, [`site`] serves them. `npm` installs the package with npm and
//! builds pages with bundlers; `environment` has pages in which something does not work, `behaviour` what threads do
//! where all works, `workers` what becomes of a process whose workers the browser ends or does not start, and `api`
//! what becomes of the API's objects. The scenarios of the last four are in `pages/`, their guests in `guests/`.

mod api;
mod behaviour;
mod browser;
mod environment;
mod npm;
mod site;
mod workers;

use libtest_mimic::Arguments;

fn main() {
    let mut args = Arguments::from_args();
    // A browser has one page at a time, and others would change what is measured.
    args.test_threads = Some(1);
    let trials = [npm::trials(), environment::trials(), behaviour::trials(), workers::trials(), api::trials()];
    let conclusion = libtest_mimic::run(&args, trials.into_iter().flatten().collect());
    browser::close_all();
    conclusion.exit();
}
