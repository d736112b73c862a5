//! `conform-native`: raddle's native backend as a program that speaks the conformance suite's protocol.
#![forbid(unsafe_code)]

use std::{error::Error, sync::Arc};

use raddle_conformance_native::NativeAdapter;

fn main() -> Result<(), Box<dyn Error>> {
    raddle_conformance::serve(Arc::new(NativeAdapter::new()?))?;
    Ok(())
}
