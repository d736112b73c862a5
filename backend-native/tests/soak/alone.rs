//! A process of its own for each test.

use std::sync::{Mutex, PoisonError};

use raddle_backend_native::Runtime;

use crate::{
    common::{child, until},
    footprint::Footprint,
};

/// Runs the body of the test of this name in a process of its own, and no other test meanwhile: so what it sees of the
/// process is its own doing, what earlier tests have left in the allocator does not hide anything, and if it is ended,
/// that is a failed test.
///
/// The body is given a host, whose OS threads must go with it.
pub(crate) fn alone(name: &str, body: impl FnOnce(&Runtime)) {
    if child::is_one() {
        return with_host(body);
    }
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    child::run(child::again(name));
}

fn with_host(body: impl FnOnce(&Runtime)) {
    let before = Footprint::now();
    let runtime = Runtime::new().expect("a runtime");
    body(&runtime);
    drop(runtime);
    until("the host's OS threads have gone", || Footprint::now().has_threads_of(before));
}
