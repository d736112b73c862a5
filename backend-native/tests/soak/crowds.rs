//! More processes than the application has room for.

use raddle_backend_native::{Outcome, Process, Value};

use crate::{
    alone::alone,
    common::{SPAWN_AND_JOIN, guest::guest, module, outcome, program_on, returned},
};

#[test]
fn processes_are_refused_before_the_system_is_full() {
    alone("crowds::processes_are_refused_before_the_system_is_full", |runtime| {
        let sleeper = program_on(runtime, &guest(&[], r#"(func (export "main") (call $hour))"#));
        let mut held: Vec<Process> = Vec::new();
        let error = loop {
            match sleeper.process().start() {
                Ok(process) => held.push(process),
                Err(error) => break error,
            }
            assert!(held.len() < 1_000_000, "there is a limit");
        };
        assert!(["ST0008", "ST0009"].contains(&error.code()), "{}", error.report());
        assert!(held.len() > 1_000, "{}", held.len());
        // Neither is anybody else refused for good, nor are those harmed that run.
        for process in held.split_off(held.len() / 2) {
            assert!(process.kill());
            assert_eq!(outcome(&process), Outcome::Killed);
        }
        let neighbour = program_on(runtime, &module(&["child"], SPAWN_AND_JOIN));
        assert_eq!(neighbour.process().run().expect("a process"), returned(&[Value::I32(42)]));
        for process in held {
            assert!(process.kill());
            assert_eq!(outcome(&process), Outcome::Killed);
        }
    });
}
