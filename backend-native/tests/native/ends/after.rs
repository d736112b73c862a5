//! What is left of a process when its end has been waited for: nothing.

use std::{io, sync::Arc, time::Duration};

use raddle_backend_native::Runtime;

use crate::common::{guest::guest_importing, held::Held, program, program_on, returned, rounds};

/// A stream that holds something of the embedder's.
struct Holding(#[expect(dead_code, reason = "it is only held")] Arc<()>);

impl io::Write for Holding {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_the_embedder_gave_is_its_own_again() {
    let program = program(&guest_importing(
        r#"(import "embedder" "import" (func $import))"#,
        &["child"],
        r#"
        (func $child (param i32) (result i32) (call $import) (i32.const 0))
        (func (export "main") (call $join (call $spawn (global.get $child) (i32.const 0))))"#,
    ));
    let mine = Arc::new(());
    for round in 0..500 * rounds() {
        let [import, data, event] = [(); 3].map(|()| mine.clone());
        let mut linker = program.linker();
        linker.func_wrap("embedder", "import", move || drop(import.clone())).expect("a new name");
        let mut process = program
            .process_with(linker, move |_| data.clone())
            .stdout(Holding(mine.clone()))
            .on_event(move |_| drop(event.clone()));
        if round % 2 == 1 {
            // The watchdog comes while it ends.
            process = process.time_limit(Duration::from_micros(100 + 10 * u64::from(round % 100)));
        }
        process.run().expect("a process");
        assert_eq!(Arc::strong_count(&mine), 1, "round {round}");
    }
}

#[test]
fn its_os_threads_are_free() {
    let runtime = Runtime::new().expect("a runtime");
    let program = program_on(&runtime, r#"(module (memory 1 1 shared) (func (export "main")))"#);
    let held = Held::default();
    for _ in 0..500 * rounds() {
        let held = held.clone();
        let process = program.process_with(program.linker(), move |_| held.hold());
        assert_eq!(process.run().expect("a process"), returned(&[]));
    }
    assert_eq!(held.os_threads(), 1);
}
