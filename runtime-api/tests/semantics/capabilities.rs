//! What a host does not claim answers `UNSUPPORTED` at once.

use crate::common::*;
use raddle_runtime_api::{Capabilities, Capability};

const MUTEX: u64 = 0x1000;
const COND: u64 = 0x1004;

#[test]
fn a_host_without_threads_refuses_to_spawn() {
    let mut program = Program::new();
    program.set_capabilities(Capabilities::all().without(Capability::Spawn));
    let nothing = program.function(|_, _| Ok(0));
    returns(program, move |thread| {
        thread.store(0x1000, 7);
        assert_eq!(thread.thread_spawn(nothing, 0, 0, 0x1000)?, Unsupported);
        assert_eq!(thread.load(0x1000), 7);
        Ok(())
    });
}

#[test]
fn a_host_without_timed_waits_refuses_time_outs_and_nothing_else() {
    let mut program = Program::new();
    program.set_capabilities(Capabilities::all().without(Capability::TimedWait));
    let nothing = program.function(|_, _| Ok(4));
    returns(program, move |thread| {
        let id = spawn(thread, nothing, 0)?;
        assert_eq!(thread.thread_join(id, 1, 0)?, Unsupported);
        assert_eq!(join(thread, id)?, 4);
        assert_eq!(thread.thread_sleep(1)?, Unsupported);
        assert_eq!(thread.thread_sleep(-1)?, Invalid);
        assert_eq!(thread.thread_sleep(0)?, OK);
        assert_eq!(thread.mutex_lock(MUTEX, 1)?, Unsupported);
        assert_eq!(thread.mutex_lock(MUTEX, 0)?, OK);
        assert_eq!(thread.cond_wait(COND, MUTEX, i64::MAX)?, Unsupported);
        assert_eq!(thread.load(MUTEX), 1, "still the caller's");
        Ok(())
    });
}

#[test]
fn a_module_without_a_table_has_no_function_to_start() {
    let mut program = Program::new();
    program.section.table = false;
    returns(program, |thread| {
        assert_eq!(thread.thread_spawn(1, 0, 0, 0)?, Invalid);
        Ok(())
    });
}

#[test]
fn a_set_of_capabilities_says_what_is_in_it() {
    assert_eq!(format!("{:?}", Capabilities::none()), "{}");
    let set = Capabilities::none().with(Capability::Kill).with(Capability::Spawn).with(Capability::Kill);
    assert_eq!(format!("{set:?}"), r#"{"spawn", "kill"}"#);
    for &capability in Capability::ALL {
        assert!(Capabilities::all().has(capability));
        assert!(!Capabilities::all().without(capability).has(capability));
        assert_eq!(set.has(capability), matches!(capability, Capability::Kill | Capability::Spawn));
    }
}
