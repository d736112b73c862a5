//! A process of its own for each test.

use std::{
    env,
    process::Command,
    sync::{Mutex, PoisonError},
};

use raddle_backend_native::Runtime;

use crate::{common::until, footprint::Footprint};

/// Set in the process that is a test's own.
const IS_CHILD: &str = "RADDLE_SOAK_CHILD";

/// Runs the body of the test of this name in a process of its own, and no other test meanwhile: so what it sees of the
/// process is its own doing, what earlier tests have left in the allocator does not hide anything, and if it is ended,
/// that is a failed test.
///
/// The body is given a host, whose OS threads must go with it.
pub(crate) fn alone(name: &str, body: impl FnOnce(&Runtime)) {
    if env::var_os(IS_CHILD).is_some() {
        return with_host(body);
    }
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut command = Command::new(env::current_exe().expect("a path"));
    let output = command.args(["--exact", name, "--nocapture"]).env(IS_CHILD, "1").output().expect("it starts");
    let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    // Indented, so that nobody counts its results as this harness's.
    text.lines().for_each(|line| println!("    {line}"));
    assert!(output.status.success() && text.contains("1 passed"), "{name}: {}\n{errors}", output.status);
}

fn with_host(body: impl FnOnce(&Runtime)) {
    let before = Footprint::now();
    let runtime = Runtime::new().expect("a runtime");
    body(&runtime);
    drop(runtime);
    until("the host's OS threads have gone", || Footprint::now().has_threads_of(before));
}
