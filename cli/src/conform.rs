//! `raddle conform`: the conformance suite's own command, with the native backend built in.

use std::sync::Arc;

use raddle_conformance::{
    Adapter,
    command::{Args, Backend, execute},
};
use raddle_conformance_native::NativeAdapter;

/// Does what was asked for and returns the exit status.
pub(crate) fn run(args: &Args) -> i32 {
    execute(args, &[Backend { name: "native", adapter: native }])
}

fn native() -> Result<Arc<dyn Adapter>, raddle_conformance::AdapterError> {
    Ok(Arc::new(NativeAdapter::new()?))
}
