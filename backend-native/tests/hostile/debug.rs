//! Debug information that is made to hurt whoever reads it, as the engine does when a thread traps.

use raddle_backend_native::{Outcome, TrapKind};

use crate::{common::program, run::PATIENCE};

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}

/// How a program ends that traps in a function in which so many functions were inlined, each in the one before.
fn end(depth: usize) -> Outcome {
    // A unit and a function, with where they begin and how long they are, and an inlined function. All have children.
    let kinds =
        [1, 0x11, 1, 0x11, 0x01, 0x12, 0x0b, 0, 0, 2, 0x2e, 1, 0x11, 0x01, 0x12, 0x0b, 0, 0, 3, 0x1d, 1, 0, 0, 0];
    let everywhere = [0, 0, 0, 0, 0xff];
    let entries = [&[1], &everywhere[..], &[2], &everywhere[..], &vec![3; depth], &vec![0; depth + 2]].concat();
    let length = (7 + entries.len() as u32).to_le_bytes();
    let unit = [&length[..], &[4, 0, 0, 0, 0, 0, 4], &entries].concat();
    let program = program(&format!(
        r#"(module (memory 1 1 shared) (func (export "main") unreachable)
          (@custom ".debug_abbrev" "{}") (@custom ".debug_info" "{}"))"#,
        escaped(&kinds),
        escaped(&unit)
    ));
    program.process().start().expect("a process").wait_timeout(PATIENCE).expect("an end")
}

#[test]
fn functions_that_were_inlined_without_end_do_not_use_up_the_hosts_stack() {
    for depth in [10, 1_000_000] {
        let Outcome::Trapped { trap, .. } = end(depth) else { panic!("a trap") };
        assert_eq!(trap.kind, TrapKind::Unreachable);
        assert_eq!(trap.backtrace.len(), 1);
    }
}
