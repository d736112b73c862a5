//! An application that forks: threads do not come along.

use std::process;

use raddle_backend_native::{Error, Program, Runtime, Value};

use crate::common::{SPAWN_AND_JOIN, child, module, program_on, returned};

/// Runs something in a fork of this process, in which there is only the caller's thread; whether it was true there.
fn forked(check: impl FnOnce() -> bool) -> bool {
    // SAFETY: only what does not need this process's other threads is done there.
    match unsafe { libc::fork() } {
        0 => {
            let is_true = check();
            // SAFETY: it ends the fork, and nothing of the test's runs twice.
            unsafe { libc::_exit(if is_true { 0 } else { 1 }) }
        }
        id => {
            let mut status = -1;
            // SAFETY: it fills in the status.
            unsafe { libc::waitpid(id, &raw mut status, 0) };
            assert_ne!(id, -1, "{}", process::id());
            status == 0
        }
    }
}

fn is_told(result: Result<impl Sized, Error>) -> bool {
    matches!(result, Err(error @ Error::Forked) if error.code() == "BN0005" && error.hint().is_some())
}

#[test]
fn a_runtime_is_of_use_only_where_it_was_made() {
    const NAME: &str = "fork::a_runtime_is_of_use_only_where_it_was_made";
    if !child::is_one() {
        return child::run(child::again(NAME));
    }
    let text = module(&["child"], SPAWN_AND_JOIN);
    let wasm = wat::parse_str(&text).expect("valid text");
    let runtime = Runtime::new().expect("a runtime");
    let program = program_on(&runtime, &text);
    let is_fine = |runtime: &Runtime| {
        program_on(runtime, &text).process().run().expect("a process") == returned(&[Value::I32(42)])
    };
    // Before a thread has run, and after.
    for _ in 0..2 {
        assert!(forked(|| is_told(Program::new(&runtime, &wasm))));
        assert!(forked(|| is_told(program.process().start())));
        assert!(forked(|| is_told(program.process().run())));
        assert!(forked(|| is_fine(&Runtime::new().expect("one of its own"))));
        assert!(is_fine(&runtime), "and here all is as it was");
    }
}
