//! How fast modules are threadified.

use raddle_threadify::{Options, threadify};

use crate::{
    programs,
    row::{Figures, Round, Row, Target, Unit},
    timing::{self, time},
};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "threadify, 0.2 MB without debug information / walrus",
        target: Target::AtLeast(20.0),
        measure: || against_walrus(&programs::renderer()?, false),
    },
    Row {
        name: "threadify, 4 MB, a release build / walrus",
        target: Target::AtLeast(20.0),
        measure: || against_walrus(&programs::linked("std-primitives", true)?, false),
    },
    Row {
        name: "threadify, 18 MB, a debug build / walrus",
        target: Target::AtLeast(20.0),
        measure: || against_walrus(&programs::linked("std-primitives", false)?, false),
    },
    Row {
        name: "threadify with validation, 0.2 MB without debug information / walrus",
        target: Target::Any,
        measure: || against_walrus(&programs::renderer()?, true),
    },
    Row {
        name: "threadify with validation, 4 MB, a release build / walrus",
        target: Target::Any,
        measure: || against_walrus(&programs::linked("std-primitives", true)?, true),
    },
];

/// Megabytes a second of the input, against those of walrus, which reads the module into a tree and writes it again.
fn against_walrus(wasm: &[u8], validate: bool) -> Result<Figures, String> {
    let options = Options::new().validate(validate);
    let ours = || time(|| drop(threadify(wasm, &options).expect("a threaded module")));
    let walrus = || time(|| drop(walrus::Module::from_buffer(wasm).expect("a module").emit_wasm()));
    let mut figures = timing::alternate(if wasm.len() < 10_000_000 { 9 } else { 3 }, ours, walrus);
    figures.unit = Unit::BytesPerSecond;
    let rate = |seconds: f64| wasm.len() as f64 / seconds;
    for Round { raddle, reference } in &mut figures.rounds {
        (*raddle, *reference) = (rate(*raddle), rate(*reference));
    }
    Ok(figures)
}
