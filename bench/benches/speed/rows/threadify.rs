//! How fast modules are threadified.

use raddle_threadify::{Options, threadify};

use crate::{
    programs,
    row::{Figures, Round, Row, Target, Unit},
    timing::{self, time},
};

pub(crate) const ROWS: &[Row] = &[
    Row { name: "threadify a release build, 0.2 MB / walrus", target: TARGET, measure: || small(false) },
    Row {
        name: "threadify a debug build without debug information, 3 MB / walrus",
        target: TARGET,
        measure: || code(false),
    },
    Row {
        name: "threadify a release build with debug information, 4 MB / walrus",
        target: TARGET,
        measure: || release(false),
    },
    Row {
        name: "threadify a debug build with debug information, 18 MB / walrus",
        target: TARGET,
        measure: || against_walrus(&programs::linked(LARGE, false)?, false),
    },
    Row { name: "threadify with validation, 0.2 MB / walrus", target: Target::Any, measure: || small(true) },
    Row { name: "threadify with validation, 3 MB / walrus", target: Target::Any, measure: || code(true) },
    Row { name: "threadify with validation, 4 MB / walrus", target: Target::Any, measure: || release(true) },
];

const TARGET: Target = Target::AtLeast(20.0);

/// A program of the standard library's primitives, rayon and crossbeam.
const LARGE: &str = "std-primitives";

fn small(validate: bool) -> Result<Figures, String> {
    against_walrus(&programs::renderer()?, validate)
}

fn code(validate: bool) -> Result<Figures, String> {
    against_walrus(&programs::without_debug_information(&programs::linked(LARGE, false)?), validate)
}

fn release(validate: bool) -> Result<Figures, String> {
    against_walrus(&programs::linked(LARGE, true)?, validate)
}

/// Megabytes a second of the input, against those of walrus, which reads the module into a tree and writes it again,
/// and leaves out debug information.
fn against_walrus(wasm: &[u8], validate: bool) -> Result<Figures, String> {
    let options = Options::new().validate(validate);
    let ours = || time(|| drop(threadify(wasm, &options).expect("a threaded module")));
    let walrus = || time(|| drop(walrus::Module::from_buffer(wasm).expect("a module").emit_wasm()));
    let mut figures = timing::alternate(if wasm.len() < 1_000_000 { 15 } else { 5 }, ours, walrus);
    figures.unit = Unit::BytesPerSecond;
    let rate = |seconds: f64| wasm.len() as f64 / seconds;
    for Round { raddle, reference } in &mut figures.rounds {
        (*raddle, *reference) = (rate(*raddle), rate(*reference));
    }
    Ok(figures)
}
