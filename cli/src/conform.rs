//! `raddle conform`: the conformance suite's own command, with the native backend built in.

use std::sync::Arc;

use raddle_conformance::{
    Adapter, AdapterError,
    command::{Args, Backend, Program, execute},
};
use raddle_conformance_native::NativeAdapter;

/// Does what was asked for and returns the exit status.
pub(crate) fn run(args: &Args) -> i32 {
    let backends = [Backend { name: "native", adapter: native }];
    execute(args, &Program { prefix: &["conform"], backends: &backends, name: "raddle conform" })
}

fn native() -> Result<Arc<dyn Adapter>, AdapterError> {
    Ok(Arc::new(NativeAdapter::new()?))
}
