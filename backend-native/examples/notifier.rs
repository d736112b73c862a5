//! A guest that waits for its embedder.
//!
//! `cargo run --release -p raddle-backend-native --example notifier`

use std::error::Error;

use raddle_backend_native::{GuestMemory, Outcome, Program, Runtime, Value};

/// `main` waits until the word at 256 is no longer 0, and returns it.
const GUEST: &str = r#"(module
  (memory 1 1 shared)
  (func (export "main") (result i32) (local $job i32)
    (loop $again
      (local.set $job (i32.atomic.load (i32.const 256)))
      (if (i32.eqz (local.get $job)) (then
        (drop (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1)))
        (br $again))))
    (local.get $job)))"#;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let program = Program::new(&runtime, &wat::parse_str(GUEST)?)?;

    // ANCHOR: notifier
    let (process, notifier) = program.process().start_with_notifier()?;
    notifier.memory().store32(256, 42)?;
    notifier.notify(256, 1)?; // the address, how many threads to wake
    assert_eq!(process.wait(), Outcome::Returned(vec![Value::I32(42)]));

    let (process, notifier) = program.process().start_with_notifier()?;
    drop(notifier); // nobody will ever wake it now
    assert_eq!(process.wait().name(), "deadlocked");
    // ANCHOR_END: notifier
    Ok(())
}

#[test]
fn the_guest_is_woken() -> Result<(), Box<dyn Error>> {
    main()
}
