//! Processes as futures: several at once, awaited on one thread, with tokio. Any other executor does as well.
//!
//! `cargo run --release -p raddle-backend-native --example awaited`

use std::{error::Error, time::Duration};

use raddle_backend_native::{Failure, Outcome, Process, Program, Runtime, Value};

/// `answer` returns, `spin` computes for ever.
const GUEST: &str = r#"(module
  (memory 1 1 shared)
  (func (export "answer") (result i32) (i32.const 42))
  (func (export "spin") (loop $for_ever (br $for_ever))))"#;

// ANCHOR: awaited
/// What the entry returned, if the process ends in time.
async fn finish(process: Process, limit: Duration) -> Result<Vec<Value>, Failure> {
    if tokio::time::timeout(limit, &process).await.is_err() {
        process.kill();
    }
    process.await.into_result()
}
// ANCHOR_END: awaited

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let program = Program::new(&Runtime::new()?, &wat::parse_str(GUEST)?)?;
    let start = |entry| program.process().entry(entry).start();
    let (answer, spin) = (start("answer")?, start("spin")?);
    let (answer, spin) = tokio::join!(finish(answer, Duration::from_secs(60)), finish(spin, Duration::from_millis(20)));
    assert_eq!(answer?, [Value::I32(42)]);
    assert_eq!(spin.map_err(Failure::into_outcome), Err(Outcome::Killed));
    Ok(())
}

#[test]
fn both_end() -> Result<(), Box<dyn Error>> {
    main()
}
