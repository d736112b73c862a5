//! A program that is compiled once, kept as bytes, and loaded without compiling.
//!
//! `cargo run --release -p raddle-backend-native --example saved`

use std::error::Error;

use raddle_backend_native::{Outcome, Program, Runtime, Value};

const GUEST: &str = r#"(module (memory 1 4 shared)
  (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))"#;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Runtime::new()?;
    // ANCHOR: saved
    let bytes = Program::new(&runtime, &wat::parse_str(GUEST)?)?.save()?;

    // SAFETY: the bytes are those of `save`, and nobody could change them. Machine code from anywhere else must not be
    // loaded.
    let program = unsafe { Program::load(&runtime, &bytes) }?;
    let process = program.process().entry("twice").entry_args([Value::I32(21)]);
    assert_eq!(process.run()?, Outcome::Returned(vec![Value::I32(42)]));
    // ANCHOR_END: saved
    Ok(())
}

#[test]
fn it_runs_from_its_bytes() -> Result<(), Box<dyn Error>> {
    main()
}
